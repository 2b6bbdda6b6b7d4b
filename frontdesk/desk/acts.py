"""What staff do: reply, take, hand back, close, note."""

import hashlib
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response, status
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from frontdesk.cases.case import CLOSED, Case
from frontdesk.conversations.conversation import Conversation
from frontdesk.desk.addresses import conversation_path
from frontdesk.desk.conversation import NO_SUCH_CASE, ConversationPage, Outcome
from frontdesk.desk.reply_limits import LONGEST, longest_reply
from frontdesk.errors import CannotBeTexted, OwnedByAnother
from frontdesk.services import Services
from frontdesk.staff.guard import SignedInMember, signed_in

Actor = Annotated[SignedInMember, Depends(signed_in)]
Written = Annotated[str, Form()]

_CLOSED = "The case is closed."
_NOT_CLOSED = "The person has written again, so the case waits. Read it first."
_EMPTY = "There is nothing to {}. Write something first."
_TOO_LONG = "This is too long: {} characters, and {} are possible. Shorten it, please."
_NO_TEXTS = (
    "Your message was not sent: the person has ended texts, so they cannot be texted. "
    "Call them instead."
)
_OWNED = "{} has this conversation. {} Take over if you want to answer instead."


def act_routes(services: Services, page: ConversationPage) -> APIRouter:
    """Builds the routes; each shows the conversation again, with what came of it."""
    router = APIRouter()
    acts = services.acts

    async def act(
        request: Request,
        member: SignedInMember,
        sender: str,
        do: Callable[[], str],
        kept: str = "",
    ) -> Response:
        problem = ""
        try:
            done = await run_in_threadpool(do)
        except CannotBeTexted:
            problem = _NO_TEXTS
        except OwnedByAnother as error:
            what = "Your message was not sent." if kept else "Nothing was changed."
            problem = _OWNED.format(error.name, what)
        if problem:
            refused = Outcome(status.HTTP_409_CONFLICT, problem=problem, draft=kept)
            return await page.show(request, member, sender, refused)
        if "HX-Request" in request.headers:
            return await page.show(request, member, sender, Outcome(done=done))
        return RedirectResponse(conversation_path(sender), status.HTTP_303_SEE_OTHER)

    @router.post("/conversations/{sender:path}/reply")
    async def reply(
        request: Request,
        member: Actor,
        sender: str,
        text: Written = "",
        key: Written = "",
    ) -> Response:
        text = _tidy(text)
        longest = longest_reply(await run_in_threadpool(_channel, services, sender))
        problem = _fault(text, "send", longest)
        if problem:
            return await page.show(request, member, sender, _invalid(problem, text))

        def do() -> str:
            acts.reply(member, sender, text, _key(sender, key, text))
            return "Sent."

        return await act(request, member, sender, do, kept=text)

    @router.post("/conversations/{sender:path}/take")
    async def take(
        request: Request,
        member: Actor,
        sender: str,
        force: Annotated[bool, Form()] = False,
    ) -> Response:
        def do() -> str:
            acts.take(member, sender, force=force)
            return "You have this conversation now. The person is told."

        return await act(request, member, sender, do)

    @router.post("/conversations/{sender:path}/hand-back")
    async def hand_back(request: Request, member: Actor, sender: str) -> Response:
        def do() -> str:
            acts.hand_back(member, sender)
            return "The assistant answers again. The person is told."

        return await act(request, member, sender, do)

    @router.post("/conversations/{sender:path}/notes")
    async def note(
        request: Request, member: Actor, sender: str, text: Written = ""
    ) -> Response:
        text = _tidy(text)
        problem = _fault(text, "keep", LONGEST)
        if problem:
            return await page.show(request, member, sender, _invalid(problem))

        def do() -> str:
            acts.note(member, sender, text)
            return "The note is kept. Only staff see it."

        return await act(request, member, sender, do)

    @router.post("/cases/{case_id}/close")
    async def close(request: Request, member: Actor, case_id: str) -> Response:
        case = await run_in_threadpool(_case, services, case_id)

        def do() -> str:
            acts.close(member, case_id)
            return _CLOSED if _case(services, case_id).status == CLOSED else _NOT_CLOSED

        return await act(request, member, case.sender, do)

    return router


def _tidy(text: str) -> str:
    # Forms send line ends as two characters.
    return text.replace("\r\n", "\n").strip()


def _fault(text: str, purpose: str, longest: int) -> str | None:
    if not text:
        return _EMPTY.format(purpose)
    if len(text) > longest:
        return _TOO_LONG.format(len(text), longest)
    return None


def _invalid(problem: str, draft: str = "") -> Outcome:
    return Outcome(status.HTTP_422_UNPROCESSABLE_CONTENT, problem=problem, draft=draft)


def _key(sender: str, form_key: str, text: str) -> str:
    """Makes the same text of the same form one message, however often it is sent.

    The text is part of it: a browser may bring an old form back, to write on.
    """
    return hashlib.sha256(f"{sender}|{form_key}|{text}".encode()).hexdigest()


def _channel(services: Services, sender: str) -> str:
    with services.database.reading() as session:
        conversation = session.get(Conversation, sender)
        return conversation.channel if conversation else ""


def _case(services: Services, case_id: str) -> Case:
    with services.database.reading() as session:
        case: Case | None = session.get(Case, case_id)
    if case is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, NO_SUCH_CASE)
    return case
