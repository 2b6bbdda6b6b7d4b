"""Whether the front desk can do its work."""

from fastapi import APIRouter, Response, status
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.clock import Clock
from frontdesk.database.database import Database
from frontdesk.database.faults import fault_code
from frontdesk.database.heartbeat import beat


class Health(BaseModel):
    """What a monitor reads."""

    status: str
    reason: str | None = None


def health_routes(database: Database, now: Clock) -> APIRouter:
    """Builds `GET /health`, which is well only if the database can be written."""
    router = APIRouter()

    @router.get("/health", response_model_exclude_none=True)
    def health(response: Response) -> Health:
        try:
            with database.writing() as session:
                beat(session, now())
        except SQLAlchemyError as error:
            response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
            reason = f"the database cannot be written ({fault_code(error)})"
            return Health(status="failing", reason=reason)
        return Health(status="ok")

    return router
