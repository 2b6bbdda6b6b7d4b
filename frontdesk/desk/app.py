"""The desk: the pages on which staff see cases and answer people."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from content.canned_replies import load_canned_replies
from frontdesk.desk.acts import act_routes
from frontdesk.desk.addresses import conversation_path
from frontdesk.desk.conversation import ConversationPage, conversation_routes
from frontdesk.desk.export import export_routes
from frontdesk.desk.live import live_routes
from frontdesk.desk.moments import Moments
from frontdesk.desk.queue import queue_routes
from frontdesk.desk.words import CHANNELS, DETAILS, ENTITIES, KINDS, name_of
from frontdesk.services import DATA, Services
from frontdesk.staff.guarded_app import guarded_app
from frontdesk.web.templates import page_templates

_STATIC = Path(__file__).parent / "static"


def build_desk(services: Services) -> FastAPI:
    """Builds the staff's application; all but signing in needs a session."""
    templates = page_templates("desk", "staff")
    moments = Moments(services.hours, services.now)
    templates.env.filters |= {
        "when": moments.when,
        "stamp": services.hours.stamp,
        "age": moments.age,
        "kind": lambda key: name_of(KINDS, key),
        "channel": lambda key: name_of(CHANNELS, key),
        "detail": lambda key: name_of(DETAILS, key),
        "entity": lambda key: name_of(ENTITIES, key),
        "words": lambda key: name_of({}, key),
        "page": conversation_path,
    }
    canned_replies = load_canned_replies(DATA / "canned_replies.yml", services.clinic)
    page = ConversationPage(services, templates, canned_replies)
    app = guarded_app(services.database, services.settings, templates, services.now)
    app.mount("/static", StaticFiles(directory=_STATIC))
    app.include_router(queue_routes(services, templates))
    app.include_router(live_routes(services))
    app.include_router(act_routes(services, page))
    app.include_router(conversation_routes(services, page))
    app.include_router(export_routes(services))
    return app
