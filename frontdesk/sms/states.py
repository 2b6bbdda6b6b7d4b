"""What Twilio tells of a text after it has taken it; never from later to earlier."""

from sqlalchemy.orm import Session

from frontdesk.clock import Clock
from frontdesk.conversations.feed import Feed
from frontdesk.conversations.ownership import locked
from frontdesk.database.database import Database
from frontdesk.notifications.queue import NewsQueue
from frontdesk.sms.delivery import (
    DELIVERED,
    FAILED,
    OPTED_OUT,
    QUEUED,
    REFUSED,
    SENDING,
    SENT,
    SmsDelivery,
)
from frontdesk.sms.failing import fail

_STATES = {
    "accepted": SENT,
    "scheduled": SENT,
    "queued": SENT,
    "sending": SENT,
    "sent": SENT,
    "delivered": DELIVERED,
    "read": DELIVERED,
    "undelivered": FAILED,
    "failed": FAILED,
    "canceled": FAILED,
}
_ORDER = {QUEUED: 0, SENDING: 0, SENT: 1, DELIVERED: 2, FAILED: 2, REFUSED: 2}


class States:
    """Takes callbacks, in whatever order they come."""

    def __init__(
        self, database: Database, news: NewsQueue, feed: Feed, now: Clock
    ) -> None:
        self._database = database
        self._news = news
        self._feed = feed
        self._now = now

    def tell(
        self, delivery_id: int, message_sid: str, status: str, code: int | None
    ) -> None:
        """Stores a state, unless a later one is known or the text is another's."""
        state = _STATES.get(status)
        with self._database.reading() as session:
            known = session.get(SmsDelivery, delivery_id)
            sender = None if known is None else known.sender
        if state is None or sender is None:
            return
        with self._database.writing() as session:
            locked(session, sender)
            self._store(session, delivery_id, message_sid, state, code)
        self._feed.tell(sender)

    def _store(
        self,
        session: Session,
        delivery_id: int,
        message_sid: str,
        state: str,
        code: int | None,
    ) -> None:
        delivery = session.get(SmsDelivery, delivery_id)
        if delivery is None or delivery.message_sid not in (None, message_sid):
            return
        if _ORDER[state] <= _ORDER[delivery.state]:
            return
        delivery.message_sid = message_sid
        if state == FAILED or code == OPTED_OUT:
            fail(session, delivery, code, self._news, self._now())
        else:
            delivery.state = state
