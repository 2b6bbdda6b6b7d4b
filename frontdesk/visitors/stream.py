"""A conversation as a visitor sees it: what is said to them, and who they talk to."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from fastapi.sse import ServerSentEvent
from sqlalchemy import select

from frontdesk.conversations.conversation import BOT, Conversation
from frontdesk.conversations.feed import Feed
from frontdesk.conversations.message_out import READY, MessageOut
from frontdesk.conversations.open_cases import is_waiting
from frontdesk.conversations.ownership import owner_name
from frontdesk.database.database import Database

LONGEST_WAIT_SECONDS = 15.0
AT_A_TIME = 200
"""How many messages are read from the database at once."""

State = dict[str, Any]


class VisitorStream:
    """Reads messages and state once for each nudge."""

    def __init__(self, database: Database, feed: Feed) -> None:
        self._database = database
        self._feed = feed

    async def follow(self, sender: str, last: int) -> AsyncIterator[ServerSentEvent]:
        """Yields every message after `last`, then new ones, and changes of state."""
        known_state: State | None = None
        with self._feed.listening(sender) as listener:
            while not self._feed.closed:
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
            state = {
                "owner": conversation.owner if conversation else BOT,
                "staff_name": conversation and owner_name(session, conversation),
                "waiting_case": is_waiting(session, sender),
            }
            return messages, state


def _view(message: MessageOut) -> dict[str, Any]:
    return {
        "id": message.id,
        "speaker": message.speaker,
        "staff_name": message.staff_name,
        "name": message.name,
        "text": message.body["text"],
        "buttons": message.body["buttons"],
        "metadata": message.body["metadata"],
        "at": message.created_at.isoformat(),
    }
