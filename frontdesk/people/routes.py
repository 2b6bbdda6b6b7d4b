"""Deleting what is stored of a person."""

from typing import Annotated

from fastapi import APIRouter, Path

from frontdesk.people.forgetting import Deleted, Forgetting
from frontdesk.web.text import Sender


def people_routes(forgetting: Forgetting) -> APIRouter:
    """Builds the route behind "delete my data"."""
    router = APIRouter()

    # `:path`, because a sender may hold a slash.
    @router.delete("/internal/people/{sender:path}")
    def delete_person(sender: Annotated[Sender, Path()]) -> Deleted:
        return forgetting.rows(sender, answer_follows=True)

    return router
