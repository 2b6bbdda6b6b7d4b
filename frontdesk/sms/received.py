"""Which texts have arrived, so that one that Twilio brings again changes nothing.

It says nothing of whose they were, and outlives the deletion of a person's data.
"""

from datetime import datetime, timedelta

from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from frontdesk.database.columns import UtcDateTime
from frontdesk.database.tables import Base

KEPT = timedelta(days=7)
"""Twilio brings a text again within minutes, if it does."""


LONGEST_SID = 64


class SmsReceived(Base):
    """One text."""

    __tablename__ = "sms_received"

    message_sid: Mapped[str] = mapped_column(String(LONGEST_SID), primary_key=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def is_new(session: Session, message_sid: str, now: datetime) -> bool:
    """Notes a text; returns whether it has not arrived before.

    The conversation's row must be locked: the same text may arrive twice at once.
    """
    if session.get(SmsReceived, message_sid) is not None:
        return False
    session.add(SmsReceived(message_sid=message_sid, received_at=now))
    return True


def delete_old(session: Session, now: datetime) -> None:
    """Deletes what can no longer come again."""
    session.execute(delete(SmsReceived).where(SmsReceived.received_at < now - KEPT))
