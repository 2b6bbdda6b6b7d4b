"""The page of one conversation."""

import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Request, Response, status
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates
from starlette.concurrency import run_in_threadpool

from content.canned_replies import CannedReply
from content.gsm7 import BASIC, EXTENDED
from frontdesk.cases.case import Case
from frontdesk.desk.addresses import conversation_path
from frontdesk.desk.dossier import Dossier, read_dossier, read_lines
from frontdesk.desk.named import named_in
from frontdesk.desk.news import news_of
from frontdesk.desk.reply_limits import longest_reply
from frontdesk.desk.shortcuts import CONVERSATION_SHORTCUTS
from frontdesk.desk.texts import Contact, read_contact
from frontdesk.desk.words import SAME_NUMBER
from frontdesk.services import Services
from frontdesk.staff.guard import SignedInMember, signed_in

NO_SUCH_CASE = "There is no such case. It may have been deleted."
_NO_SUCH_CONVERSATION = "There is no such conversation. It may have been deleted."


@dataclass(frozen=True)
class Outcome:
    """What became of an act, as the page tells it."""

    status: int = status.HTTP_200_OK
    done: str = ""
    problem: str = ""
    draft: str = ""
    """A reply that was not sent, to be shown again."""


class ConversationPage:
    """Shows a conversation, whole or only the part that changes."""

    def __init__(
        self,
        services: Services,
        templates: Jinja2Templates,
        canned_replies: list[CannedReply],
    ) -> None:
        self._services = services
        self._templates = templates
        self._canned_replies = canned_replies

    async def show(
        self,
        request: Request,
        member: SignedInMember,
        sender: str,
        outcome: Outcome = Outcome(),
    ) -> Response:
        """Shows it to a member who looks at it, which is written down."""
        await self._known(sender)
        # Before it is read: what comes in between is then still unread.
        await run_in_threadpool(self._services.acts.saw, member, sender)
        return await self._render(request, member, await self._known(sender), outcome)

    async def refresh(
        self,
        request: Request,
        member: SignedInMember,
        sender: str,
        known: str,
        looking: bool,
    ) -> Response:
        """Sends what has changed to a page that is open, perhaps unwatched."""
        dossier = await self._known(sender)
        if looking and dossier.unread:
            await run_in_threadpool(self._services.acts.saw, member, sender)
        if known and known == dossier.version:
            return Response(status_code=status.HTTP_204_NO_CONTENT)
        return await self._render(request, member, dossier, Outcome())

    async def _known(self, sender: str) -> Dossier:
        dossier = await run_in_threadpool(self._read, sender)
        if dossier is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND, _NO_SUCH_CONVERSATION)
        return dossier

    def _read(self, sender: str) -> Dossier | None:
        with self._services.database.reading() as session:
            return read_dossier(session, sender)

    def _read_contact(self, sender: str) -> Contact | None:
        with self._services.database.reading() as session:
            return read_contact(session, self._services.line, sender)

    async def _render(
        self,
        request: Request,
        member: SignedInMember,
        dossier: Dossier,
        outcome: Outcome,
    ) -> Response:
        lines, is_whole = await read_lines(self._services, dossier)
        contact = await run_in_threadpool(self._read_contact, dossier.sender)
        is_part = "HX-Request" in request.headers
        return self._templates.TemplateResponse(
            request,
            "desk/conversation_part.html" if is_part else "desk/conversation.html",
            {
                "member": member,
                "dossier": dossier,
                "contact": contact,
                "same_number": SAME_NUMBER,
                "lines": lines,
                "named": named_in(dossier.cases, lines),
                "is_whole": is_whole,
                # A page without the record is made anew until the record is back.
                "version": dossier.version if is_whole else "",
                "news": news_of(dossier.queue, member.id),
                "outcome": outcome,
                "canned_replies": self._canned_replies,
                "key": secrets.token_urlsafe(16),
                "longest": longest_reply(dossier.channel),
                "gsm7": {
                    "basic": "".join(sorted(BASIC)),
                    "extended": "".join(sorted(EXTENDED)),
                },
                "shortcuts": CONVERSATION_SHORTCUTS,
            },
            status_code=outcome.status,
        )


def conversation_routes(services: Services, page: ConversationPage) -> APIRouter:
    """Builds the pages of conversations, and the way there from a case."""
    router = APIRouter()

    @router.get("/cases/{case_id}")
    def case(
        case_id: str, _: Annotated[SignedInMember, Depends(signed_in)]
    ) -> Response:
        with services.database.reading() as session:
            found = session.get(Case, case_id)
        if found is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND, NO_SUCH_CASE)
        return RedirectResponse(
            conversation_path(found.sender), status.HTTP_303_SEE_OTHER
        )

    # `:path`, because a sender may hold a slash.
    @router.get("/conversations/{sender:path}")
    async def conversation(
        request: Request,
        sender: str,
        member: Annotated[SignedInMember, Depends(signed_in)],
        x_background: Annotated[str | None, Header()] = None,
        known: str = "",
        looking: bool = False,
    ) -> Response:
        if x_background:
            return await page.refresh(request, member, sender, known, looking)
        return await page.show(request, member, sender)

    return router
