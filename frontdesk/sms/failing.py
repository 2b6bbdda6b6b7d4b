"""A text that does not arrive; staff are told if the person may be in danger.

It may be because the network knows that the person wants no texts: that is obeyed.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.notifications.queue import NewsQueue
from frontdesk.sms.delivery import FAILED, OPTED_OUT, REFUSED, SmsDelivery
from frontdesk.sms.unreachable import (
    NOT_DELIVERED,
    is_in_danger,
    network_says_stop,
    tell_staff,
)


def fail(
    session: Session,
    delivery: SmsDelivery,
    code: int | None,
    news: NewsQueue,
    now: datetime,
) -> None:
    """Stores why, and alerts staff at the first failure of a row of them."""
    sender = delivery.sender
    if code == OPTED_OUT:
        delivery.state, delivery.error_code = REFUSED, OPTED_OUT
        network_says_stop(session, sender, news, now)
        return
    delivery.state, delivery.error_code = FAILED, code
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
