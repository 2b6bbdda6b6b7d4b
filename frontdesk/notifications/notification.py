"""A notification to staff: an outbox, which survives restarts."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.database.columns import UtcDateTime
from frontdesk.database.tables import Base

WAITING = "waiting"
SENDING = "sending"
"""Claimed by a front desk; if that one fails, until `next_attempt_at`."""
SENT = "sent"
GIVEN_UP = "given_up"
UNSENT = (WAITING, SENDING)

EMAIL, WEBHOOK = "email", "webhook"

NEW, AGAIN, UNTAKEN = "new", "again", "untaken"
"""A new case; a further message in it; nobody took it in time."""

_IS_WAITING = text(f"state = '{WAITING}'")


class Notification(Base):
    """One piece of news for one destination."""

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("key", "destination"),
        Index(
            "ix_notifications_waiting",
            "next_attempt_at",
            sqlite_where=_IS_WAITING,
            postgresql_where=_IS_WAITING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
    """The same news is never queued twice."""
    case_id: Mapped[str] = mapped_column(
        ForeignKey("cases.case_id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[str] = mapped_column(String(16))
    destination: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default=WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_attempt_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
