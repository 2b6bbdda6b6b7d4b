"""Plays what people sent, and records what staff said, in order and exactly once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import select, union, update
from sqlalchemy.orm import Session

from frontdesk.clock import Clock
from frontdesk.conversations.after_turn import AfterTurn, WaitingMessage
from frontdesk.conversations.brain import (
    Brain,
    BrainUnavailable,
    ChoiceNotOffered,
    Playing,
    RecordRefused,
    Turn,
    TurnFailed,
)
from frontdesk.conversations.closed_notice import SAY_PREFIX
from frontdesk.conversations.conversation import BOT, Conversation
from frontdesk.conversations.feed import Feed
from frontdesk.conversations.inbox import offered_choices
from frontdesk.conversations.leased_work import LeasedWork
from frontdesk.conversations.leases import Leases
from frontdesk.conversations.message_in import IS_WAITING, MessageIn
from frontdesk.conversations.message_out import MessageOut
from frontdesk.conversations.recording import event_of
from frontdesk.database.database import Database

AT_ONCE = 16
"""How many conversations the brain is asked to play at the same time."""

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 5.0
"""Seconds between two attempts to reach the brain: doubled, up to the longest."""

Result = TypeVar("Result")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Recording:
    """What the brain's record lacks, oldest first."""

    events: list[dict[str, Any]]
    ids: list[int]


@dataclass(frozen=True)
class _Played:
    turn: Turn
    failed: bool


class Turns:
    """Works through all conversations, several at once, each one in its order."""

    name = "turns"

    def __init__(
        self,
        database: Database,
        brain: Brain,
        after_turn: AfterTurn,
        leases: Leases,
        feed: Feed,
        now: Clock,
    ) -> None:
        self._database = database
        self._brain = brain
        self._after_turn = after_turn
        self._leases = leases
        self._now = now
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._work = LeasedWork(leases, feed, "turns", self._due, self._take_step)

    async def run(self) -> None:
        """Works until it is cancelled; then turns in progress are finished."""
        await self._work.run()

    def _due(self) -> list[str]:
        """Returns the conversations in which something waits for the brain."""
        waiting = select(MessageIn.sender).where(IS_WAITING)
        unrecorded = select(MessageOut.sender).where(MessageOut.recorded_at.is_(None))
        query = select(Conversation.sender).where(
            Conversation.sender.in_(union(waiting, unrecorded)), self._leases.is_free()
        )
        with self._database.reading() as session:
            return list(session.scalars(query))

    async def _take_step(self, sender: str) -> bool:
        """Does what is next in a conversation; returns whether there was anything."""
        step = await asyncio.to_thread(self._next_step, sender)
        if isinstance(step, _Recording):
            await self._record(sender, step)
        elif step is not None:
            await self._play(step)
        return step is not None

    def _next_step(self, sender: str) -> "_Recording | WaitingMessage | None":
        with self._database.reading() as session:
            message = session.scalar(
                select(MessageIn)
                .where(MessageIn.sender == sender, IS_WAITING)
                .order_by(MessageIn.id)
                .limit(1)
            )
            query = select(MessageOut).where(
                MessageOut.sender == sender, MessageOut.recorded_at.is_(None)
            )
            if message is not None:
                query = query.where(MessageOut.created_at <= message.received_at)
            lacking = session.scalars(query.order_by(MessageOut.id)).all()
            if lacking:
                return _Recording(
                    [event_of(one) for one in lacking], [one.id for one in lacking]
                )
            return None if message is None else WaitingMessage.of(message)

    async def _record(self, sender: str, recording: _Recording) -> None:
        try:
            await self._insist(lambda: self._brain.record(sender, recording.events))
        except RecordRefused:
            await self._record_what_is_accepted(sender, recording.events)
        await asyncio.to_thread(self._mark_recorded, recording.ids)

    async def _record_what_is_accepted(
        self, sender: str, events: list[dict[str, Any]]
    ) -> None:
        """One event that the brain will never take does not hold up the rest."""
        for event in events:
            try:
                await self._insist(partial(self._brain.record, sender, [event]))
            except RecordRefused:
                logger.error("the brain refuses to record %s", event["id"])

    def _mark_recorded(self, ids: list[int]) -> None:
        with self._database.writing() as session:
            session.execute(
                update(MessageOut)
                .where(MessageOut.id.in_(ids))
                .values(recorded_at=self._now())
            )

    async def _play(self, message: WaitingMessage) -> None:
        played = await self._insist(lambda: self._play_once(message))
        await asyncio.to_thread(
            self._after_turn.store, message, played.turn, played.failed
        )

    async def _play_once(self, message: WaitingMessage) -> _Played:
        owner, playing = await asyncio.to_thread(self._prepare, message)
        try:
            try:
                turn = await self._brain.play(playing, owner)
            except ChoiceNotOffered:
                as_text = await asyncio.to_thread(self._as_text, message)
                turn = await self._brain.play(as_text, owner)
        except TurnFailed as error:
            logger.error("the brain failed in a turn")
            return _Played(error.turn, failed=True)
        return _Played(turn, failed=False)

    def _prepare(self, message: WaitingMessage) -> tuple[str, Playing]:
        with self._database.reading() as session:
            owner = _owner(session, message.sender)
        text, choice = message.text, message.choice
        if choice is not None and choice.startswith(SAY_PREFIX):
            text, choice = choice.removeprefix(SAY_PREFIX), None
        return owner, _playing(message, text, choice)

    def _as_text(self, message: WaitingMessage) -> Playing:
        """The brain's record lacks the button, but the person has seen it."""
        choice = str(message.choice)
        with self._database.reading() as session:
            title = offered_choices(session, message.sender).get(choice)
        return _playing(message, title or choice, None)

    async def _insist(self, attempt: Callable[[], Awaitable[Result]]) -> Result:
        """Tries until the brain has answered, with growing pauses."""
        pause = FIRST_PAUSE
        while True:
            try:
                async with self._slots:
                    return await attempt()
            except BrainUnavailable as error:
                logger.warning("the brain is not available: %s", error)
            await self._work.pause(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def _owner(session: Session, sender: str) -> str:
    query = select(Conversation.owner).where(Conversation.sender == sender)
    return session.scalar(query) or BOT


def _playing(message: WaitingMessage, text: str | None, choice: str | None) -> Playing:
    return Playing(message.sender, message.channel, message.key, text, choice)
