"""A conversation as a visitor sees it: what is said to them, and who they talk to."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from fastapi.sse import ServerSentEvent
from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.conversations.brain import DANGER_REPLIES
from frontdesk.conversations.conversation import BOT, Conversation
from frontdesk.conversations.feed import Feed
from frontdesk.conversations.message_in import IS_WAITING, MessageIn
from frontdesk.conversations.message_out import READY, MessageOut
from frontdesk.conversations.open_cases import is_waiting
from frontdesk.conversations.ownership import owner_name
from frontdesk.database.database import Database

LONGEST_WAIT_SECONDS = 15.0
MOST_STREAMS = 8
"""Of one person at this front desk: tabs, and connections that broke unnoticed."""

AT_A_TIME = 200
"""How many messages are read from the database at once."""

DANGER_NOTICES = ("check_in", "untaken_danger")

State = dict[str, Any]


@dataclass
class _Place:
    """One stream of a person."""

    is_lost: bool = False


class VisitorStream:
    """Reads messages and state once for each nudge."""

    def __init__(self, database: Database, feed: Feed) -> None:
        self._database = database
        self._feed = feed
        self._open: dict[str, list[_Place]] = defaultdict(list)

    async def follow(self, sender: str, last: int) -> AsyncIterator[ServerSentEvent]:
        """Yields every message after `last`, then new ones, and changes of state."""
        known_state: State | None = None
        with self._feed.listening(sender) as listener, self._place(sender) as place:
            while not (self._feed.closed or place.is_lost):
                messages, state = await asyncio.to_thread(self._read, sender, last)
                for message in messages:
                    last = message["id"]
                    yield ServerSentEvent(event="message", id=str(last), data=message)
                if len(messages) == AT_A_TIME:
                    continue
                if state != known_state:
                    known_state = state
                    yield ServerSentEvent(event="state", data=state)
                await listener.wait(LONGEST_WAIT_SECONDS)

    @contextmanager
    def _place(self, sender: str) -> Iterator["_Place"]:
        """Makes room for a stream: the oldest may be one that nobody reads any more."""
        place, places = _Place(), self._open[sender]
        places.append(place)
        if len(places) > MOST_STREAMS:
            places.pop(0).is_lost = True
            self._feed.nudge(sender)
        try:
            yield place
        finally:
            if not place.is_lost:
                places.remove(place)
            # Perhaps no longer the same list.
            if not self._open[sender]:
                del self._open[sender]

    def _read(self, sender: str, last: int) -> tuple[list[dict[str, Any]], State]:
        with self._database.reading() as session:
            query = (
                select(MessageOut)
                .where(
                    MessageOut.sender == sender,
                    MessageOut.id > last,
                    MessageOut.state == READY,
                )
                .order_by(MessageOut.id)
                .limit(AT_A_TIME)
            )
            messages = [_view(message) for message in session.scalars(query)]
            conversation = session.get(Conversation, sender)
            owner = conversation.owner if conversation else BOT
            state = {
                "owner": owner,
                "staff_name": conversation and owner_name(session, conversation),
                "waiting_case": is_waiting(session, sender),
                # While a human has it, the assistant reads along and is silent.
                "working": owner == BOT and _is_being_answered(session, sender),
            }
            return messages, state


def _is_being_answered(session: Session, sender: str) -> bool:
    query = select(MessageIn.id).where(MessageIn.sender == sender, IS_WAITING)
    return session.scalar(query.limit(1)) is not None


def _view(message: MessageOut) -> dict[str, Any]:
    return {
        "id": message.id,
        "speaker": message.speaker,
        "staff_name": message.staff_name,
        "name": message.name,
        "text": message.body["text"],
        "buttons": message.body["buttons"],
        "metadata": message.body["metadata"],
        "danger": _is_about_danger(message.name or ""),
        "message_id": message.body["message_id"],
        "at": message.created_at.isoformat(),
    }


def _is_about_danger(name: str) -> bool:
    return name.startswith(DANGER_REPLIES) or name in DANGER_NOTICES
