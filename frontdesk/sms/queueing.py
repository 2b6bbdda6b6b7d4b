"""What is said to a person by text is to be sent, in the order in which it was said."""

from sqlalchemy.orm import Session

from frontdesk.conversations.message_out import BOT, NOTICE, READY, STAFF, MessageOut
from frontdesk.conversations.notices import SMS
from frontdesk.sms.delivery import OPTED_OUT, QUEUED, REFUSED, SmsDelivery
from frontdesk.sms.number import SmsNumber
from frontdesk.sms.opt_out import is_opted_out


def queue_text(session: Session, message: MessageOut) -> None:
    """Queues a message of the outbox if it is a text to a phone that we know.

    To somebody who wants no texts it is refused for good: it would be out of place
    when they have changed their mind.
    """
    is_text = message.channel == SMS and message.state == READY
    if not is_text or message.speaker not in (BOT, STAFF, NOTICE):
        return
    if not str(message.body["text"] or "").strip():
        return
    if session.get(SmsNumber, message.sender) is None:
        return
    refused = is_opted_out(session, message.sender)
    session.add(
        SmsDelivery(
            message_id=message.id,
            sender=message.sender,
            state=REFUSED if refused else QUEUED,
            error_code=OPTED_OUT if refused else None,
            created_at=message.created_at,
            next_try_at=message.created_at,
        )
    )
    session.flush()
