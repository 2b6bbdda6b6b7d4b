"""Whoever waits too long for an answer is told so, and where to turn meanwhile."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from frontdesk.clock import Clock
from frontdesk.conversations.conversation import Conversation
from frontdesk.conversations.feed import POLL_SECONDS, Feed
from frontdesk.conversations.message_in import WAITING, MessageIn
from frontdesk.conversations.message_out import MessageOut
from frontdesk.conversations.notices import Notices
from frontdesk.conversations.outbox import say_notice
from frontdesk.conversations.ownership import lock
from frontdesk.database.database import Database
from frontdesk.worker import repeat

NOTICE = "delayed"
NOT_AGAIN_FOR = timedelta(minutes=1)
"""Somebody who writes in bursts is told once; after this long, told again."""


class Delays:
    """Watches waiting messages; works while the brain does not."""

    name = "delays"

    def __init__(
        self,
        database: Database,
        notices: Notices,
        feed: Feed,
        now: Clock,
        patience_seconds: float,
    ) -> None:
        self._database = database
        self._notices = notices
        self._feed = feed
        self._now = now
        self._patience = timedelta(seconds=patience_seconds)

    async def run(self) -> None:
        """Looks again and again."""
        await repeat(self._tell_all, POLL_SECONDS)

    def _tell_all(self) -> None:
        with self._database.reading() as session:
            query = (
                select(Conversation.sender, Conversation.channel)
                .join(MessageIn, MessageIn.sender == Conversation.sender)
                .where(*self._are_late())
                .distinct()
            )
            late = session.execute(query).all()
        for sender, channel in late:
            self._tell(sender, channel)

    def _tell(self, sender: str, channel: str) -> None:
        now = self._now()
        with self._database.writing() as session:
            conversation = lock(session, sender, channel, now)
            query = select(MessageIn).where(
                MessageIn.sender == sender, *self._are_late()
            )
            messages = session.scalars(query.order_by(MessageIn.id)).all()
            if not messages or _was_just_told(session, sender, now):
                return
            for message in messages:
                message.told_of_delay = True
            say_notice(
                session,
                conversation,
                self._notices,
                NOTICE,
                # One notice for all that wait, however many they are.
                key=f"{NOTICE}:{messages[0].id}",
                now=now,
            )
        self._feed.nudge(sender)

    def _are_late(self) -> tuple[ColumnElement[bool], ...]:
        return (
            MessageIn.state == WAITING,
            MessageIn.told_of_delay.is_(False),
            MessageIn.received_at < self._now() - self._patience,
        )


def _was_just_told(session: Session, sender: str, now: datetime) -> bool:
    query = select(MessageOut.id).where(
        MessageOut.sender == sender,
        MessageOut.name == NOTICE,
        MessageOut.created_at > now - NOT_AGAIN_FOR,
    )
    return session.scalar(query.limit(1)) is not None
