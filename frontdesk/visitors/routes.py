"""The public routes: a visitor's session, messages and event stream."""

import logging
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Request, status
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from frontdesk.conversations.brain import BrainUnavailable
from frontdesk.conversations.inbox import Inbox
from frontdesk.conversations.notices import WEB, Notices
from frontdesk.database.faults import fault_code
from frontdesk.errors import ConversationBusy, NotOffered, TooFast, TooManyWaiting
from frontdesk.people.forgetting import Deleted, Forgetting
from frontdesk.visitors.chat_message import ChatMessage
from frontdesk.visitors.limits import Limits
from frontdesk.visitors.stream import VisitorStream
from frontdesk.visitors.tokens import VisitorTokens
from frontdesk.visitors.visitor import token_in, visitor_of
from frontdesk.web.network import address_of

RETRY_AFTER_SECONDS = 5

logger = logging.getLogger(__name__)


class SessionView(BaseModel):
    """What a visitor has to keep and send along."""

    token: str
    expires_at: datetime


class Accepted(BaseModel):
    """The message is stored; its answer comes on the event stream."""

    accepted: bool = True


class Left(BaseModel):
    """Whether there was anything to leave."""

    left: bool


def visitor_routes(
    tokens: VisitorTokens,
    inbox: Inbox,
    stream: VisitorStream,
    forgetting: Forgetting,
    notices: Notices,
    limits: Limits,
) -> APIRouter:
    """Builds everything under /chat."""
    router = APIRouter(prefix="/chat")
    Visitor = Annotated[str, Depends(visitor_of(tokens))]

    def too_fast(seconds: int) -> HTTPException:
        # Danger in a message that is refused goes unseen: so this names who helps.
        return HTTPException(
            status.HTTP_429_TOO_MANY_REQUESTS,
            notices.render("too_fast", WEB),
            {"Retry-After": str(seconds)},
        )

    @router.post("/sessions", status_code=status.HTTP_201_CREATED)
    def begin(
        request: Request, authorization: Annotated[str | None, Header()] = None
    ) -> SessionView:
        sender = tokens.sender_of(token_in(authorization))
        if sender is None:
            try:
                limits.begin_session(address_of(request))
            except TooFast as error:
                raise too_fast(error.seconds) from error
        session = tokens.issue(sender)
        return SessionView(token=session.token, expires_at=session.expires_at)

    @router.post("/messages", status_code=status.HTTP_202_ACCEPTED)
    def receive(request: Request, message: ChatMessage, sender: Visitor) -> Accepted:
        try:
            inbox.accept(
                sender,
                WEB,
                message.id,
                message.text,
                message.choice,
                limits.of_message(sender, address_of(request)),
            )
        except NotOffered as error:
            raise HTTPException(status.HTTP_409_CONFLICT, str(error)) from error
        except TooFast as error:
            raise too_fast(error.seconds) from error
        except TooManyWaiting as error:
            raise too_fast(RETRY_AFTER_SECONDS) from error
        except (DBAPIError, PoolTimeoutError) as error:
            logger.error("database fault %s", fault_code(error))
            # A person reads this: it names other ways, also for somebody in danger.
            raise HTTPException(
                status.HTTP_503_SERVICE_UNAVAILABLE,
                notices.render("not_stored", WEB),
                {"Retry-After": str(RETRY_AFTER_SECONDS)},
            ) from error
        return Accepted()

    @router.get("/events", response_class=EventSourceResponse)
    async def follow(
        sender: Visitor, last_event_id: Annotated[int, Header(ge=0)] = 0
    ) -> AsyncIterator[ServerSentEvent]:
        async for event in stream.follow(sender, last_event_id):
            yield event

    @router.post("/leave")
    def leave(sender: Visitor) -> Left:
        return Left(left=inbox.leave(sender, WEB))

    @router.delete("")
    async def forget(sender: Visitor) -> Deleted:
        try:
            return await forgetting.everything(sender)
        except (BrainUnavailable, ConversationBusy) as error:
            logger.warning("a person's data is not yet deleted: %s", error)
            raise HTTPException(
                status.HTTP_503_SERVICE_UNAVAILABLE,
                "not everything could be deleted yet -> send the same request again",
                {"Retry-After": str(RETRY_AFTER_SECONDS)},
            ) from error

    return router
