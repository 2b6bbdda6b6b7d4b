"""The queue page."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response, status
from fastapi.templating import Jinja2Templates

from frontdesk.desk.news import news_of
from frontdesk.desk.queue_entry import QueueEntry, read_queue
from frontdesk.desk.shortcuts import QUEUE_SHORTCUTS
from frontdesk.desk.version import version_of
from frontdesk.services import Services
from frontdesk.staff.guard import SignedInMember, signed_in


def queue_routes(services: Services, templates: Jinja2Templates) -> APIRouter:
    """Builds `GET /`; asked by a page that is open, it sends the changed part only."""
    router = APIRouter()

    @router.get("/")
    def queue(
        request: Request,
        member: Annotated[SignedInMember, Depends(signed_in)],
        known: str | None = None,
    ) -> Response:
        with services.database.reading() as session:
            entries = read_queue(session)
        version = version_of(entries)
        if known == version:
            return Response(status_code=status.HTTP_204_NO_CONTENT)
        is_part = "HX-Request" in request.headers
        return templates.TemplateResponse(
            request,
            "desk/queue_part.html" if is_part else "desk/queue.html",
            {
                "member": member,
                "version": version,
                "news": news_of(entries, member.id),
                "sections": _sections(entries, member.id),
                "shortcuts": QUEUE_SHORTCUTS,
            },
        )

    return router


def _sections(
    entries: list[QueueEntry], member_id: int
) -> list[tuple[str, str, list[QueueEntry]]]:
    """Splits the entries; what waits is shown to all, whoever has the conversation."""
    taken = [entry for entry in entries if not entry.waits]
    return [
        ("waiting", "Waiting", [entry for entry in entries if entry.waits]),
        ("mine", "With me", [one for one in taken if one.owner_id == member_id]),
        ("others", "With others", [one for one in taken if one.owner_id != member_id]),
    ]
