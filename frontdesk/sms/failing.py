"""A text that does not arrive; staff are told if the person may be in danger."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.notifications.queue import NewsQueue
from frontdesk.sms.delivery import FAILED, SmsDelivery
from frontdesk.sms.unreachable import NOT_DELIVERED, is_in_danger, tell_staff


def fail(
    session: Session,
    delivery: SmsDelivery,
    code: int | None,
    news: NewsQueue,
    now: datetime,
) -> None:
    """Stores it, and alerts staff at the first failure of a row of them."""
    delivery.state, delivery.error_code = FAILED, code
    sender = delivery.sender
    if is_in_danger(session, sender) and not _failed_before(session, delivery):
        tell_staff(session, sender, NOT_DELIVERED, f"sms:{delivery.id}", news, now)


def _failed_before(session: Session, delivery: SmsDelivery) -> bool:
    query = (
        select(SmsDelivery.state)
        .where(SmsDelivery.sender == delivery.sender, SmsDelivery.id < delivery.id)
        .order_by(SmsDelivery.id.desc())
        .limit(1)
    )
    return session.scalar(query) == FAILED
