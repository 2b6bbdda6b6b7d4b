"""Deleting what is stored of a person."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel

from frontdesk.cases.store import delete_cases
from frontdesk.database.database import Database
from frontdesk.web.text import Sender


class Deleted(BaseModel):
    """What was deleted."""

    deleted_cases: int


def people_routes(database: Database) -> APIRouter:
    """Builds the route behind "delete my data"."""
    router = APIRouter()

    # `:path`, because a sender may hold a slash.
    @router.delete("/internal/people/{sender:path}")
    def delete_person(sender: Annotated[Sender, Path()]) -> Deleted:
        with database.writing() as session:
            deleted_cases = delete_cases(session, sender)
        database.scrub()
        return Deleted(deleted_cases=deleted_cases)

    return router
