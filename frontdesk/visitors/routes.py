"""The public routes: a visitor's session, messages and event stream."""

import logging
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, status
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from frontdesk.conversations.brain import BrainUnavailable
from frontdesk.conversations.inbox import Inbox
from frontdesk.conversations.notices import Notices
from frontdesk.database.faults import fault_code
from frontdesk.errors import ConversationBusy, NotOffered, TooManyWaiting
from frontdesk.people.forgetting import Deleted, Forgetting
from frontdesk.visitors.chat_message import ChatMessage
from frontdesk.visitors.stream import VisitorStream
from frontdesk.visitors.tokens import VisitorTokens
from frontdesk.visitors.visitor import token_in, visitor_of

CHANNEL = "web"
RETRY_AFTER_SECONDS = "5"

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
) -> APIRouter:
    """Builds everything under /chat."""
    router = APIRouter(prefix="/chat")
    Visitor = Annotated[str, Depends(visitor_of(tokens))]

    @router.post("/sessions", status_code=status.HTTP_201_CREATED)
    def begin(authorization: Annotated[str | None, Header()] = None) -> SessionView:
        session = tokens.issue(tokens.sender_of(token_in(authorization)))
        return SessionView(token=session.token, expires_at=session.expires_at)

    @router.post("/messages", status_code=status.HTTP_202_ACCEPTED)
    def receive(message: ChatMessage, sender: Visitor) -> Accepted:
        try:
            inbox.accept(sender, CHANNEL, message.id, message.text, message.choice)
        except NotOffered as error:
            raise HTTPException(status.HTTP_409_CONFLICT, str(error)) from error
        except TooManyWaiting as error:
            raise HTTPException(
                status.HTTP_429_TOO_MANY_REQUESTS,
                str(error),
                {"Retry-After": RETRY_AFTER_SECONDS},
            ) from error
        except (DBAPIError, PoolTimeoutError) as error:
            logger.error("database fault %s", fault_code(error))
            # A person reads this: it names other ways, also for somebody in danger.
            raise HTTPException(
                status.HTTP_503_SERVICE_UNAVAILABLE,
                notices.render("not_stored", CHANNEL),
                {"Retry-After": RETRY_AFTER_SECONDS},
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
        return Left(left=inbox.leave(sender, CHANNEL))

    @router.delete("")
    async def forget(sender: Visitor) -> Deleted:
        try:
            return await forgetting.everything(sender)
        except (BrainUnavailable, ConversationBusy) as error:
            logger.warning("a person's data is not yet deleted: %s", error)
            raise HTTPException(
                status.HTTP_503_SERVICE_UNAVAILABLE,
                "not everything could be deleted yet -> send the same request again",
                {"Retry-After": RETRY_AFTER_SECONDS},
            ) from error

    return router
