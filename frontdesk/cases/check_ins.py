"""Whoever goes silent after telling of danger is asked once more: are you safe?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.cases.case import CLOSED, DANGER, Case
from frontdesk.clock import Clock
from frontdesk.conversations.conversation import BOT, Conversation
from frontdesk.conversations.feed import Feed
from frontdesk.conversations.message_out import BOT as THE_BOT
from frontdesk.conversations.message_out import READY, MessageOut
from frontdesk.conversations.notices import Notices
from frontdesk.conversations.outbox import is_said, say_notice
from frontdesk.conversations.ownership import lock
from frontdesk.database.database import Database
from frontdesk.worker import repeat

DANGER_REPLIES = ("utter_crisis", "utter_emergency")
SETTLED = ("utter_crisis_safe", "utter_emergency_safe", "utter_crisis_thanks")
"""Replies to somebody who has answered that they are safe, or has taken leave."""

LATEST = timedelta(hours=24)
"""A day after the danger, asking about it would come out of nowhere."""

_LOOK_SECONDS = 5.0


@dataclass(frozen=True)
class CheckIns:
    """Looks every few seconds; one question for each silence, and none after it."""

    database: Database
    notices: Notices
    feed: Feed
    now: Clock
    after_minutes: float
    name: str = "check-ins"

    async def run(self) -> None:
        """Looks until it is cancelled."""
        await repeat(self.look, _LOOK_SECONDS)

    def look(self) -> None:
        """Asks everybody who is due; with `after_minutes` 0 nobody ever is."""
        if not self.after_minutes:
            return
        now = self.now()
        for sender, channel in self._silent(now):
            with self.database.writing() as session:
                conversation = lock(session, sender, channel, now)
                if not self._is_due(session, conversation, now):
                    continue
                say_notice(
                    session,
                    conversation,
                    self.notices,
                    "check_in",
                    key=_key(conversation),
                    now=now,
                )
            self.feed.tell(sender)

    def _silent(self, now: datetime) -> Sequence[tuple[str, str]]:
        in_danger = select(Case.sender).where(
            Case.kind == DANGER, Case.status != CLOSED
        )
        with self.database.reading() as session:
            conversations = session.scalars(
                select(Conversation).where(
                    Conversation.sender.in_(in_danger),
                    Conversation.person_wrote_at > now - LATEST,
                )
            )
            return [
                (conversation.sender, conversation.channel)
                for conversation in conversations
                if self._is_due(session, conversation, now)
            ]

    def _is_due(
        self, session: Session, conversation: Conversation, now: datetime
    ) -> bool:
        wrote = conversation.person_wrote_at
        if conversation.owner != BOT or wrote is None:
            return False
        if now - wrote < timedelta(minutes=self.after_minutes):
            return False
        if is_said(session, _key(conversation)):
            return False
        reply = _last_reply(session, conversation) or ""
        return reply.startswith(DANGER_REPLIES) and reply not in SETTLED


def _key(conversation: Conversation) -> str:
    """One for each silence: it begins with what the person wrote last."""
    return f"check_in:{conversation.sender}:{conversation.person_wrote_at}"


def _last_reply(session: Session, conversation: Conversation) -> str | None:
    return session.scalar(
        select(MessageOut.name)
        .where(
            MessageOut.sender == conversation.sender,
            MessageOut.speaker == THE_BOT,
            MessageOut.state == READY,
        )
        .order_by(MessageOut.id.desc())
        .limit(1)
    )
