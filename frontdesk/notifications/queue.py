"""Putting news of a case into the outbox, in the transaction that changes the case."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from frontdesk.cases.case import URGENT, Case
from frontdesk.notifications.notification import (
    AGAIN,
    SENT,
    UNSENT,
    UNTAKEN,
    WAITING,
    Notification,
)


@dataclass(frozen=True)
class NewsQueue:
    """Where news go, and for how long those that are not urgent are gathered."""

    destinations: tuple[str, ...] = ()
    fold_seconds: float = 0

    def notify(
        self, session: Session, case: Case, reason: str, key: str, now: datetime
    ) -> None:
        """Adds one row for each destination; `key` is the same for the same news.

        A further message in a case whose news are still on their way, or have just
        been sent, is no news: staff see it at the desk, where they are sent to.
        """
        at_once = case.urgency == URGENT or reason == UNTAKEN
        fold = timedelta(seconds=self.fold_seconds)
        for destination in self.destinations:
            if reason == AGAIN and _is_known(session, case, destination, now - fold):
                continue
            session.add(
                Notification(
                    key=key,
                    case_id=case.case_id,
                    reason=reason,
                    destination=destination,
                    created_at=now,
                    next_attempt_at=now if at_once else now + fold,
                )
            )
        if at_once:
            _hurry(session, case, now)


NOWHERE = NewsQueue()


def _is_known(
    session: Session, case: Case, destination: str, just_before: datetime
) -> bool:
    known = or_(
        Notification.state.in_(UNSENT),
        (Notification.state == SENT) & (Notification.sent_at > just_before),
    )
    if case.urgency == URGENT:
        # What is being sent just now was written before this message.
        known = Notification.state == WAITING
    query = select(Notification.id).where(
        Notification.case_id == case.case_id,
        Notification.destination == destination,
        known,
    )
    return session.scalar(query.limit(1)) is not None


def _hurry(session: Session, case: Case, now: datetime) -> None:
    """Ends the gathering, or the pause after a failure, for what has become urgent."""
    session.execute(
        update(Notification)
        .where(
            Notification.case_id == case.case_id,
            Notification.state == WAITING,
            Notification.next_attempt_at > now,
        )
        .values(next_attempt_at=now)
    )
