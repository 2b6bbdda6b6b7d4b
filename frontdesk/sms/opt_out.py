"""Who does not want to be texted: kept as a hash, also when all else is deleted."""

from datetime import datetime

from sqlalchemy import String, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from frontdesk.database.columns import UtcDateTime
from frontdesk.database.tables import Base
from frontdesk.sms.delivery import OPTED_OUT, QUEUED, REFUSED, SmsDelivery

BY_KEYWORD = "keyword"
BY_CARRIER = "carrier"
"""Twilio or the network told us, by refusing a text."""


class SmsOptOut(Base):
    """One person; `sender` is the keyed hash of their number."""

    __tablename__ = "sms_opt_outs"

    sender: Mapped[str] = mapped_column(String(255), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    told_by: Mapped[str] = mapped_column(String(16))


def is_opted_out(session: Session, sender: str) -> bool:
    """Whether a person must not be texted."""
    return session.get(SmsOptOut, sender) is not None


def opt_out(session: Session, sender: str, told_by: str, now: datetime) -> bool:
    """Withholds everything that is not sent yet; returns whether that is new.

    The conversation's row must be locked.
    """
    refuse_unsent(session, sender)
    if is_opted_out(session, sender):
        return False
    session.add(SmsOptOut(sender=sender, since=now, told_by=told_by))
    session.flush()
    return True


def opt_in(session: Session, sender: str) -> bool:
    """Lets a person be texted again; returns whether that is new."""
    known = session.get(SmsOptOut, sender)
    if known is None:
        return False
    session.delete(known)
    session.flush()
    return True


def refuse_unsent(session: Session, sender: str) -> None:
    """Withholds what waits to be sent."""
    session.execute(
        update(SmsDelivery)
        .where(
            SmsDelivery.sender == sender,
            SmsDelivery.state == QUEUED,
            SmsDelivery.answers_keyword.is_(False),
        )
        .values(state=REFUSED, error_code=OPTED_OUT)
    )
