"""One conversation as a text file, for the clinic's record."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, status
from fastapi.responses import PlainTextResponse
from starlette.concurrency import run_in_threadpool

from frontdesk.conversations.brain import BrainUnavailable
from frontdesk.desk.dossier import Dossier, read_dossier
from frontdesk.privacy.export import export_text
from frontdesk.services import Services
from frontdesk.staff.audit import write_down
from frontdesk.staff.guard import SignedInMember, signed_in

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


def export_routes(services: Services) -> APIRouter:
    """Builds `GET /exports/...`; each export is written down."""
    router = APIRouter()

    def begin(sender: str, member: SignedInMember) -> Dossier | None:
        with services.database.reading() as session:
            dossier = read_dossier(session, sender)
        if dossier:
            with services.database.writing() as session:
                write_down(session, services.now(), member.email, "export", sender)
        return dossier

    # `:path`, because a sender may hold a slash.
    @router.get("/exports/{sender:path}")
    async def export(
        sender: str, member: Annotated[SignedInMember, Depends(signed_in)]
    ) -> PlainTextResponse:
        try:
            said = await services.brain.read(sender)
        except BrainUnavailable as error:
            raise HTTPException(
                status.HTTP_503_SERVICE_UNAVAILABLE,
                "The record of this conversation cannot be read just now, so nothing "
                "was exported. Try again in a few minutes.",
            ) from error
        dossier = await run_in_threadpool(begin, sender, member)
        if dossier is None:
            raise HTTPException(
                status.HTTP_404_NOT_FOUND, "There is no such conversation."
            )
        text = export_text(said, dossier.cases, services.hours, dossier.notes)
        name = _UNSAFE.sub("-", sender).strip("-")[:60] or "conversation"
        return PlainTextResponse(
            text, headers={"Content-Disposition": f'attachment; filename="{name}.txt"'}
        )

    return router
