"""The rooms of the front desk that visitors and our own processes come into."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.routing import Route

from frontdesk.cases.routes import case_routes
from frontdesk.health import health_routes
from frontdesk.people.forgetting import Forgetting
from frontdesk.people.routes import people_routes
from frontdesk.services import DATA, Services
from frontdesk.visitors.config import config_routes, load_config
from frontdesk.visitors.origins import AllowedOrigins, allowed_origins
from frontdesk.visitors.routes import visitor_routes
from frontdesk.visitors.stream import VisitorStream
from frontdesk.web.application import new_application
from frontdesk.web.failures import database_failed, request_failed, request_invalid
from frontdesk.web.internal_token import InternalToken
from frontdesk.web.joined_script import joined_script
from frontdesk.web.public_files import public_files, public_script
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
    app.include_router(config_routes(load_config(DATA)))
    script = joined_script(_WIDGET / "widget.js")
    app.router.routes.append(Route("/widget.js", public_script(script)))
    app.mount("/widget", public_files(_WIDGET))
    return app
