"""The rooms of the front desk that visitors and our own processes come into."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from frontdesk.cases.routes import case_routes
from frontdesk.health import health_routes
from frontdesk.people.forgetting import Forgetting
from frontdesk.people.routes import people_routes
from frontdesk.services import Services
from frontdesk.sms.room import build_sms_routes
from frontdesk.visitors.routes import visitor_routes
from frontdesk.visitors.stream import VisitorStream
from frontdesk.web.application import new_application
from frontdesk.web.failures import database_failed, request_failed, request_invalid
from frontdesk.web.internal_token import InternalToken


def build_app(services: Services, token: str) -> FastAPI:
    """Builds the application; whoever knows `token` may use what is under /internal."""
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
        )
    )
    if services.line is not None:
        app.include_router(build_sms_routes(services, services.line))
    return app
