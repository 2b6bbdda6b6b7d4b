"""The rooms of the front desk that visitors and our own processes come into."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from frontdesk.cases.routes import case_routes
from frontdesk.demo.routes import demo_routes
from frontdesk.facts_pages.fact_page import load_pages
from frontdesk.facts_pages.routes import MissingPage, facts_routes
from frontdesk.health import health_routes
from frontdesk.people.forgetting import Forgetting
from frontdesk.people.routes import people_routes
from frontdesk.services import DATA, Services
from frontdesk.sms.room import build_sms_routes
from frontdesk.visitors.config import WidgetConfig, config_routes, load_config
from frontdesk.visitors.origins import AllowedOrigins, allowed_origins
from frontdesk.visitors.routes import visitor_routes
from frontdesk.visitors.stream import VisitorStream
from frontdesk.web.application import new_application
from frontdesk.web.failures import database_failed, request_failed, request_invalid
from frontdesk.web.internal_token import InternalToken
from frontdesk.web.joined_script import joined_script
from frontdesk.web.public_files import public_files, public_script
from frontdesk.web.public_pages import PAGE_FILES, PublicPages
from settings import ROOT

_WIDGET = ROOT / "widget"


def build_app(services: Services, token: str) -> FastAPI:
    """Builds the application; whoever knows `token` may use what is under /internal.

    Raises:
        ContentError: if a file of `data/` cannot be used.
        SettingsError: if a setting of visitors is wrong.
    """
    database, now = services.database, services.now
    app = new_application(
        exception_handlers={
            RequestValidationError: request_invalid,
            DBAPIError: database_failed,
            PoolTimeoutError: database_failed,
            Exception: request_failed,
        },
    )
    # Pages, the chat's files, answers; streams of events are left as they are.
    app.add_middleware(GZipMiddleware)
    app.add_middleware(InternalToken, token=token)
    app.add_middleware(AllowedOrigins, origins=allowed_origins(services.settings))
    forgetting = Forgetting(database, services.brain, services.feed, now)
    app.include_router(health_routes(database, now))
    app.include_router(case_routes(services.cases))
    app.include_router(people_routes(forgetting))
    app.include_router(
        visitor_routes(
            services.tokens,
            services.inbox,
            VisitorStream(database, services.feed),
            forgetting,
            services.notices,
            services.limits,
        )
    )
    if services.line is not None:
        app.include_router(build_sms_routes(services, services.line))
    config = load_config(DATA, services.clinic)
    app.include_router(config_routes(config))
    _add_pages(app, config, services)
    script = joined_script(_WIDGET / "widget.js")
    app.router.routes.append(Route("/widget.js", public_script(script)))
    app.mount("/widget", public_files(_WIDGET))
    return app


def _add_pages(app: FastAPI, config: WidgetConfig, services: Services) -> None:
    """Adds what people read without the chat."""
    pages = PublicPages(config)
    app.mount("/pages", public_files(PAGE_FILES), "pages")
    clinic = services.clinic
    app.include_router(facts_routes(load_pages(DATA, clinic), pages))
    app.include_router(demo_routes(clinic, pages, services.settings.in_production))
    app.add_exception_handler(HTTPException, MissingPage(pages))
