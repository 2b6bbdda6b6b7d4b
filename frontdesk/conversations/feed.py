"""Telling those who wait that something has changed."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from frontdesk.cases.case import CLOSED, Case, CaseMessage
from frontdesk.conversations.conversation import Conversation
from frontdesk.conversations.message_in import MessageIn
from frontdesk.conversations.message_out import MessageOut
from frontdesk.database.database import Database
from frontdesk.desk.note import Note
from frontdesk.staff.audit import AuditEntry

DESK = "desk"
"""The topic of everything that changes what staff see."""

EVERYTHING = "*"
"""Who listens to this topic hears every nudge."""

POLL_SECONDS = 1.0

_POLLS_PER_DESK_NUDGE = 5
"""PostgreSQL may commit a lower id after a higher one, which the marks do not show."""

_DESK_TABLES = (MessageIn, MessageOut, CaseMessage, Note, AuditEntry)


class Listener:
    """Remembers a nudge until it is waited for, so that none is missed."""

    def __init__(self, feed: "Feed", wake: asyncio.Event) -> None:
        self._feed = feed
        self._wake = wake

    async def wait(self, seconds: float) -> None:
        """Returns when there was a nudge since the last wait, or after a while."""
        if self._feed.closed:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        self._wake.clear()


class Feed:
    """Nudges within this process at once, those of other front desks in a second."""

    name = "feed"

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._listeners: dict[str, set[Callable[[], object]]] = {}
        self._marks: dict[str, Any] = {}
        self.closed = False
        """Whether the service stops: streams are to end, and nobody waits any more."""

    def nudge(self, topic: str) -> None:
        """Wakes who listens to the topic; from any thread, after the commit."""
        with self._lock:
            for name in (topic, EVERYTHING):
                for wake in self._listeners.get(name, ()):
                    wake()

    def tell(self, sender: str) -> None:
        """Wakes all who see a conversation: its person, and staff."""
        self.nudge(sender)
        self.nudge(DESK)

    async def wait(self, topic: str, seconds: float) -> None:
        """Returns at the next nudge, or after a while."""
        with self.listening(topic) as listener:
            await listener.wait(seconds)

    @contextmanager
    def listening(self, topic: str) -> Iterator[Listener]:
        """Remembers nudges from now on, also while the listener is busy."""
        loop, event = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            loop.call_soon_threadsafe(event.set)

        with self._lock:
            self._listeners.setdefault(topic, set()).add(wake)
        try:
            yield Listener(self, event)
        finally:
            with self._lock:
                self._listeners[topic].discard(wake)
                if not self._listeners[topic]:
                    del self._listeners[topic]

    def close(self) -> None:
        """Wakes everybody for the last time."""
        self.closed = True
        for topic in self._topics():
            self.nudge(topic)

    async def run(self) -> None:
        """Finds what other front desks on the same database have changed."""
        polls = 0
        while True:
            await asyncio.sleep(POLL_SECONDS)
            polls += 1
            marks = await asyncio.to_thread(self._read_marks, self._topics())
            if polls % _POLLS_PER_DESK_NUDGE == 0:
                self.nudge(DESK)
            for topic, mark in marks.items():
                # Also at its first mark: it may have changed since somebody listens.
                if self._marks.get(topic) != mark:
                    self.nudge(topic)
            self._marks = marks

    def _topics(self) -> list[str]:
        with self._lock:
            return list(self._listeners)

    def _read_marks(self, topics: list[str]) -> dict[str, Any]:
        with self._database.reading() as session:
            marks = _marks_of_conversations(session, topics)
            if DESK in topics:
                marks[DESK] = _mark_of_the_desk(session)
        return marks


def _marks_of_conversations(session: Session, topics: list[str]) -> dict[str, Any]:
    last_out = select(func.max(MessageOut.id)).where(
        MessageOut.sender == Conversation.sender
    )
    last_in = select(func.max(MessageIn.id)).where(
        MessageIn.sender == Conversation.sender
    )
    last_case = select(
        func.max(Case.changed_at),
    ).where(Case.sender == Conversation.sender)
    open_cases = select(func.count()).where(
        Case.sender == Conversation.sender, Case.status != CLOSED
    )
    query = select(
        Conversation.sender,
        Conversation.changes,
        last_out.scalar_subquery(),
        last_in.scalar_subquery(),
        last_case.scalar_subquery(),
        open_cases.scalar_subquery(),
    ).where(Conversation.sender.in_(topics))
    return {row[0]: tuple(row[1:]) for row in session.execute(query)}


def _mark_of_the_desk(session: Session) -> Any:
    newest = [session.scalar(select(func.max(table.id))) for table in _DESK_TABLES]
    waiting = select(func.count()).select_from(Case).where(Case.status != CLOSED)
    return (*newest, session.scalar(waiting))
