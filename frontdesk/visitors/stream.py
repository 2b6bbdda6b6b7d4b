"""A conversation as a visitor sees it: what is said to them, and who they talk to."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from fastapi.sse import ServerSentEvent
from sqlalchemy import select

from frontdesk.conversations.brain import DANGER_REPLIES
from frontdesk.conversations.feed import Feed
from frontdesk.conversations.message_out import READY, MessageOut
from frontdesk.database.database import Database
from frontdesk.visitors.places import Places
from frontdesk.visitors.state import State, read_state

LONGEST_WAIT_SECONDS = 60.0
"""Nudges come earlier; a sign of life is sent by itself."""

READERS = 2
"""More threads would only wait for each other."""

AT_A_TIME = 200
"""How many messages are read from the database at once."""

DANGER_NOTICES = ("check_in", "untaken_danger")


class VisitorStream:
    """Reads messages and state once for each nudge."""

    def __init__(self, database: Database, feed: Feed) -> None:
        self._database = database
        self._feed = feed
        self._places = Places(feed)
        # Not those of the workers, which wait for their turn to write.
        self._readers = ThreadPoolExecutor(READERS, "streams")

    async def follow(self, sender: str, last: int) -> AsyncIterator[ServerSentEvent]:
        """Yields every message after `last`, then new ones, and changes of state."""
        known_state: State | None = None
        loop = asyncio.get_running_loop()
        with (
            self._feed.listening(sender) as listener,
            self._places.take(sender) as place,
        ):
            while not (self._feed.closed or place.is_lost):
                messages, state = await loop.run_in_executor(
                    self._readers, self._read, sender, last
                )
                for message in messages:
                    last = message["id"]
                    yield ServerSentEvent(event="message", id=str(last), data=message)
                if len(messages) == AT_A_TIME:
                    continue
                if state != known_state:
                    known_state = state
                    yield ServerSentEvent(event="state", data=state)
                await listener.wait(LONGEST_WAIT_SECONDS)

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
            return messages, read_state(session, sender)


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
