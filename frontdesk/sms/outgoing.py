"""Which text is next for a phone, and what is stored of how it went."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from frontdesk.clock import Clock
from frontdesk.conversations.leases import Leases
from frontdesk.conversations.message_out import MessageOut
from frontdesk.conversations.ownership import locked
from frontdesk.database.database import Database
from frontdesk.notifications.queue import NewsQueue
from frontdesk.sms.delivery import (
    QUEUED,
    SENDING,
    SENT,
    UNSENT,
    SmsDelivery,
)
from frontdesk.sms.errors import GAVE_UP, NO_NUMBER
from frontdesk.sms.failing import fail
from frontdesk.sms.line import Line
from frontdesk.sms.number import SmsNumber
from frontdesk.sms.opt_out import is_opted_out, refuse_unsent
from frontdesk.sms.wording import words_of

GIVE_UP_AFTER = timedelta(hours=4)
"""A later answer would come out of nowhere; staff see that it was not sent."""

LONGEST_PAUSE_SECONDS = 300.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outgoing:
    """A text to be handed over, or to be looked up first."""

    delivery_id: int
    sender: str
    number: str
    text: str
    is_unknown: bool
    """Whether it was handed over before, and nobody knows what became of it."""
    first_tried_at: datetime
    known: set[str]
    """Twilio's names of the other texts to this phone."""
    pause: float
    """Seconds until the next attempt, if this one fails."""


class OutgoingTexts:
    """Reads and writes deliveries; each method is one transaction."""

    def __init__(
        self, database: Database, news: NewsQueue, line: Line, now: Clock
    ) -> None:
        self._database = database
        self._news = news
        self._line = line
        self._now = now

    def due(self, leases: Leases) -> list[str]:
        """Returns the people whose next text is due."""
        heads = (
            select(func.min(SmsDelivery.id))
            .where(SmsDelivery.state.in_(UNSENT))
            .group_by(SmsDelivery.sender)
        )
        query = (
            select(SmsDelivery.sender)
            .join(SmsNumber, SmsNumber.sender == SmsDelivery.sender)
            .where(
                SmsDelivery.id.in_(heads),
                SmsDelivery.next_try_at <= self._now(),
                leases.is_free(),
            )
        )
        with self._database.reading() as session:
            return list(session.scalars(query))

    def next_to(self, sender: str) -> Outgoing | None:
        """Claims the next text to a person; None if there is none for now."""
        now = self._now()
        with self._database.writing() as session:
            locked(session, sender)
            if is_opted_out(session, sender):
                refuse_unsent(session, sender)
            delivery = _head(session, sender)
            if delivery is None or delivery.next_try_at > now:
                return None
            number = self._number_of(session, sender)
            if number is None or now - delivery.created_at > GIVE_UP_AFTER:
                code = NO_NUMBER if number is None else GAVE_UP
                logger.error("a text was given up: %s", code)
                fail(session, delivery, code, self._news, now)
                return None
            message = session.get(MessageOut, delivery.message_id)
            assert message is not None  # a delivery goes with its message
            return self._claimed(session, delivery, message, number, now)

    def taken(self, text: Outgoing, message_sid: str) -> None:
        """Stores that Twilio has the text."""
        with self._database.writing() as session:
            delivery = self._still_sending(session, text)
            if delivery is not None:
                delivery.state, delivery.message_sid = SENT, message_sid

    def not_taken(self, text: Outgoing, seconds: float) -> None:
        """Stores that Twilio has not got the text, which waits for a while."""
        with self._database.writing() as session:
            delivery = self._still_sending(session, text)
            if delivery is not None:
                delivery.state = QUEUED
                delivery.next_try_at = self._now() + timedelta(seconds=seconds)

    def refused(self, text: Outgoing, code: int) -> None:
        """Stores that Twilio will never take the text."""
        with self._database.writing() as session:
            delivery = self._still_sending(session, text)
            if delivery is not None:
                fail(session, delivery, code, self._news, self._now())

    def _claimed(
        self,
        session: Session,
        delivery: SmsDelivery,
        message: MessageOut,
        number: str,
        now: datetime,
    ) -> Outgoing:
        is_unknown = delivery.state == SENDING
        pause = min(
            self._line.retry_seconds * 2 ** min(delivery.attempts, 16),
            LONGEST_PAUSE_SECONDS,
        )
        delivery.state = SENDING
        delivery.attempts += 1
        delivery.first_tried_at = delivery.first_tried_at or now
        # If we are killed now, whoever comes next looks it up then.
        delivery.next_try_at = now + timedelta(seconds=pause)
        return Outgoing(
            delivery.id,
            delivery.sender,
            number,
            words_of(message, self._line.public_url),
            is_unknown,
            delivery.first_tried_at,
            _known_sids(session, delivery.sender) if is_unknown else set(),
            pause,
        )

    def _number_of(self, session: Session, sender: str) -> str | None:
        row = session.get(SmsNumber, sender)
        return None if row is None else self._line.phone_book.open(row.sealed)

    def _still_sending(self, session: Session, text: Outgoing) -> SmsDelivery | None:
        """Returns the delivery unless a callback was faster, or it was deleted."""
        locked(session, text.sender)
        delivery: SmsDelivery | None = session.get(SmsDelivery, text.delivery_id)
        if delivery is None or delivery.state != SENDING:
            return None
        return delivery


def _head(session: Session, sender: str) -> SmsDelivery | None:
    return session.scalar(
        select(SmsDelivery)
        .where(SmsDelivery.sender == sender, SmsDelivery.state.in_(UNSENT))
        .order_by(SmsDelivery.id)
        .limit(1)
    )


def _known_sids(session: Session, sender: str) -> set[str]:
    query = select(SmsDelivery.message_sid).where(
        SmsDelivery.sender == sender, SmsDelivery.message_sid.is_not(None)
    )
    return {str(sid) for sid in session.scalars(query)}
