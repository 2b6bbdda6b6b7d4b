"""The number of a conversation: encrypted, and read only to send and for staff."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from frontdesk.database.columns import UtcDateTime
from frontdesk.database.tables import Base
from frontdesk.sms.phone_book import PhoneBook


class SmsNumber(Base):
    """One phone; without this row it cannot be texted."""

    __tablename__ = "sms_numbers"

    sender: Mapped[str] = mapped_column(String(255), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    forgotten_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its data were deleted: it is kept only until that has been confirmed."""

    leased_by: Mapped[str | None] = mapped_column(String(64))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Which front desk texts it just now; one at a time, in order."""


def remember(session: Session, number: str, phone_book: PhoneBook) -> None:
    """Stores the number of a conversation, whose row is locked."""
    sender = phone_book.sender_of(number)
    known = session.get(SmsNumber, sender)
    if known is None:
        session.add(SmsNumber(sender=sender, sealed=phone_book.seal(number)))
        session.flush()
    else:
        known.forgotten_at = None


def forget_soon(session: Session, sender: str, now: datetime) -> None:
    """Lets a number go once the text that confirms the deletion is out."""
    known = session.get(SmsNumber, sender)
    if known is not None:
        known.forgotten_at = now


def forget_now(session: Session, sender: str) -> None:
    """Deletes a number."""
    known = session.get(SmsNumber, sender)
    if known is not None:
        session.delete(known)
