"""What happens by itself as time goes by: chats left idle, and cases nobody takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from frontdesk.cases.case import DANGER, TAKEN, WAITING, Case
from frontdesk.clock import Clock
from frontdesk.conversations.conversation import HUMAN, Conversation
from frontdesk.conversations.feed import Feed
from frontdesk.conversations.message_out import MessageOut
from frontdesk.conversations.notices import Notices
from frontdesk.conversations.open_cases import close_case, open_cases
from frontdesk.conversations.outbox import say_notice
from frontdesk.conversations.ownership import Ownership, lock
from frontdesk.database.database import Database
from frontdesk.hours.opening_hours import OpeningHours
from frontdesk.notifications.notification import AGAIN, UNTAKEN
from frontdesk.notifications.queue import NewsQueue
from frontdesk.worker import repeat
from settings import HandoffSettings

JOINED = ("staff_joined", "staff_changed")
"""The notices that say that somebody joined."""

_LOOK_SECONDS = 3.0


@dataclass(frozen=True)
class Timers:
    """Looks every few seconds; each conversation is one transaction of its own."""

    database: Database
    ownership: Ownership
    notices: Notices
    news: NewsQueue
    hours: OpeningHours
    feed: Feed
    now: Clock
    settings: HandoffSettings
    name: str = "timers"

    async def run(self) -> None:
        """Looks until it is cancelled."""
        await repeat(self.look, _LOOK_SECONDS)

    def look(self) -> None:
        """Does all that is due."""
        now = self.now()
        for sender, channel in self._idle_conversations(now):
            with self.database.writing() as session:
                self._return_if_idle(session, lock(session, sender, channel, now), now)
            self.feed.tell(sender)
        for sender, channel in self._untaken_conversations(now):
            with self.database.writing() as session:
                self._escalate(session, lock(session, sender, channel, now), now)
            self.feed.tell(sender)

    def _idle_conversations(self, now: datetime) -> Sequence[tuple[str, str]]:
        with self.database.reading() as session:
            owned = session.scalars(
                select(Conversation).where(Conversation.owner == HUMAN)
            )
            return [
                (conversation.sender, conversation.channel)
                for conversation in owned
                if self._is_idle(session, conversation, now)
            ]

    def _is_idle(
        self, session: Session, conversation: Conversation, now: datetime
    ) -> bool:
        moments = (
            conversation.person_wrote_at,
            conversation.staff_wrote_at,
            _announced_at(session, conversation),
        )
        latest = max(filter(None, moments), default=conversation.created_at)
        return now - latest >= timedelta(minutes=self.settings.idle_minutes)

    def _return_if_idle(
        self, session: Session, conversation: Conversation, now: datetime
    ) -> None:
        """Hands back what is still idle now that the conversation is locked."""
        if conversation.owner != HUMAN or not self._is_idle(session, conversation, now):
            return
        taken = [
            case
            for case in open_cases(session, conversation.sender)
            if case.status == TAKEN
        ]
        if _staff_had_the_last_word(conversation):
            # The answer was given. Only staff themselves say that a danger is over.
            for case in taken:
                if case.kind != DANGER:
                    close_case(case, case.staff_id, now)
        self.ownership.hand_back(session, conversation, now, "idle_return")
        for case in taken:
            if case.status == WAITING:
                key = f"idle:{case.case_id}:{conversation.changes}"
                self.news.notify(session, case, AGAIN, key, now)

    def _untaken_conversations(self, now: datetime) -> Sequence[tuple[str, str]]:
        with self.database.reading() as session:
            waiting = session.scalars(select(Case).where(Case.status == WAITING))
            overdue = {
                case.sender: case.channel
                for case in waiting
                if self._is_overdue(case, now)
            }
            return list(overdue.items())

    def _escalate(
        self, session: Session, conversation: Conversation, now: datetime
    ) -> None:
        """Tells staff of each overdue case, and the person once of them all."""
        cases = open_cases(session, conversation.sender)
        overdue = [case for case in cases if self._is_overdue(case, now)]
        if not overdue:
            return
        has_danger = any(case.kind == DANGER for case in overdue)
        if has_danger or not any(case.is_escalated for case in cases):
            self._tell_person(session, conversation, overdue, has_danger, now)
        for case in overdue:
            case.escalated_at = now
            case.changed_at = now
            key = f"untaken:{case.case_id}:{case.waiting_since.isoformat()}"
            self.news.notify(session, case, UNTAKEN, key, now)

    def _tell_person(
        self,
        session: Session,
        conversation: Conversation,
        overdue: Sequence[Case],
        has_danger: bool,
        now: datetime,
    ) -> None:
        first = min(overdue, key=lambda case: (case.kind != DANGER, case.waiting_since))
        say_notice(
            session,
            conversation,
            self.notices,
            "untaken_danger" if has_danger else "untaken",
            key=f"untaken:{first.case_id}:{first.waiting_since.isoformat()}",
            now=now,
        )

    def _is_overdue(self, case: Case, now: datetime) -> bool:
        """Says whether nobody has taken it in time and nobody was told so yet."""
        if case.status != WAITING or case.is_escalated:
            return False
        settings = self.settings
        if case.kind == DANGER:
            patience = timedelta(minutes=settings.untaken_danger_minutes)
            return now - case.waiting_since >= patience
        waited = self.hours.open_minutes_between(case.waiting_since, now)
        # Not at night, when the time ran out just before closing and nobody looked.
        return waited >= settings.untaken_minutes and self.hours.is_open(now)


def _announced_at(session: Session, conversation: Conversation) -> datetime | None:
    """Returns when a member of staff last joined; they may not have written yet."""
    return session.scalar(
        select(func.max(MessageOut.created_at)).where(
            MessageOut.sender == conversation.sender,
            MessageOut.name.in_(JOINED),
        )
    )


def _staff_had_the_last_word(conversation: Conversation) -> bool:
    staff, person = conversation.staff_wrote_at, conversation.person_wrote_at
    return staff is not None and (person is None or staff >= person)
