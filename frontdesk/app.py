"""The rooms of the front desk, put together into one web application."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from frontdesk.cases.case_id import new_case_id
from frontdesk.cases.routes import case_routes
from frontdesk.cases.store import CaseStore
from frontdesk.clock import Clock, utc_now
from frontdesk.database.database import Database
from frontdesk.health import health_routes
from frontdesk.people.routes import people_routes
from frontdesk.web.failures import database_failed, request_failed, request_invalid
from frontdesk.web.internal_token import InternalToken

BODY_LIMIT_BYTES = 64 * 1024
"""Larger requests are answered 413; a message has at most 10,000 characters."""


def build_app(database: Database, token: str, now: Clock = utc_now) -> FastAPI:
    """Builds the application; whoever knows `token` may use what is under /internal."""
    app = FastAPI(
        # The API is for our own processes: no public description of it.
        openapi_url=None,
        max_body_size=BODY_LIMIT_BYTES,
        # FastAPI's telemetry takes along query strings and exception messages.
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "auto_configure": False,
        },
        exception_handlers={
            RequestValidationError: request_invalid,
            DBAPIError: database_failed,
            PoolTimeoutError: database_failed,
            Exception: request_failed,
        },
    )
    app.add_middleware(InternalToken, token=token)
    app.include_router(health_routes(database, now))
    app.include_router(case_routes(CaseStore(database, new_case_id, now)))
    app.include_router(people_routes(database))
    return app
