"""What the text line itself answers to a text."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.conversations.conversation import Conversation
from frontdesk.conversations.notices import Notices
from frontdesk.conversations.outbox import say_notice
from frontdesk.sms.delivery import QUEUED, SmsDelivery


def reply(
    session: Session,
    conversation: Conversation,
    notices: Notices,
    notice: str,
    message_sid: str,
    now: datetime,
) -> int:
    """Puts a notice into the outbox; returns the id of the message."""
    key = f"{notice}:{message_sid}"
    return say_notice(session, conversation, notices, notice, key=key, now=now).id


def send_in_any_case(session: Session, message_id: int) -> None:
    """Lets a message go out even to a person who wants no texts: they asked for it."""
    delivery = session.scalar(
        select(SmsDelivery).where(SmsDelivery.message_id == message_id)
    )
    if delivery is not None:
        delivery.answers_keyword = True
        delivery.state = QUEUED
        delivery.error_code = None
