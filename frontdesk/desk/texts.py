"""What staff see of a conversation by text: the number, what became of each text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.conversations.brain import Said
from frontdesk.conversations.message_out import BOT, MessageOut
from frontdesk.sms.delivery import DELIVERED, FAILED, REFUSED, SENT, SmsDelivery
from frontdesk.sms.errors import reason_of
from frontdesk.sms.line import Line
from frontdesk.sms.number import SmsNumber
from frontdesk.sms.opt_out import SmsOptOut
from frontdesk.sms.phone_book import readable

_WORDS = {SENT: "sent", DELIVERED: "delivered"}
_ON_ITS_WAY = "sending"


@dataclass(frozen=True)
class Mark:
    """What became of one text."""

    words: str
    has_failed: bool = False


@dataclass(frozen=True)
class Contact:
    """How a person who texts can be reached."""

    number: str
    spoken: str
    """The number as people write it."""


@dataclass(frozen=True)
class Texts:
    """The texts of one conversation; empty for one that is not led by text."""

    sent: Sequence[tuple[MessageOut, SmsDelivery | None]] = ()
    opted_out_since: datetime | None = None

    @property
    def states(self) -> list[tuple[object, ...]]:
        """What a page about it shows, to tell whether that has changed."""
        return [
            (one.id, one.state, one.error_code)
            for _, one in self.sent
            if one is not None
        ]

    def marks(self, record: Iterable[Said]) -> dict[str, Mark]:
        """Returns the marks by the ids of lines: the record's, and the outbox's.

        The record does not know our ids. What the assistant said is the n-th reply to
        a message in both; what others said was said at the same moment.
        """
        found = {
            f"out-{message.id}": _mark(delivery)
            for message, delivery in self.sent
            if delivery is not None
        }
        by_place = dict(
            zip(
                _places(
                    (
                        message.speaker,
                        message.body.get("message_id"),
                        message.created_at,
                        str(message.body["text"] or ""),
                    )
                    for message, _ in self.sent
                ),
                (delivery for _, delivery in self.sent),
            )
        )
        said = list(record)
        places = _places(
            (one.speaker, one.message_id, one.at, one.text) for one in said
        )
        for one, place in zip(said, places):
            delivery = by_place.get(place)
            if delivery is not None:
                found[one.id] = _mark(delivery)
        return found


def read_texts(session: Session, sender: str) -> Texts:
    """Reads what was sent by text, oldest first."""
    query = (
        select(MessageOut, SmsDelivery)
        .outerjoin(SmsDelivery, SmsDelivery.message_id == MessageOut.id)
        .where(MessageOut.sender == sender, MessageOut.channel == "sms")
        .order_by(MessageOut.id)
    )
    opted_out = session.get(SmsOptOut, sender)
    return Texts(
        [(message, delivery) for message, delivery in session.execute(query)],
        None if opted_out is None else opted_out.since,
    )


def read_contact(session: Session, line: Line | None, sender: str) -> Contact | None:
    """Reads the number of somebody who texts, for staff."""
    row = session.get(SmsNumber, sender)
    number = line.phone_book.open(row.sealed) if line and row else None
    return None if number is None else Contact(number, readable(number))


def _mark(delivery: SmsDelivery) -> Mark:
    if delivery.state == FAILED:
        return Mark(f"not delivered: {reason_of(delivery.error_code)}", True)
    if delivery.state == REFUSED:
        return Mark(f"not sent: {reason_of(delivery.error_code)}", True)
    return Mark(_WORDS.get(delivery.state, _ON_ITS_WAY))


_Described = tuple[str, str | None, datetime, str]


def _places(described: Iterable[_Described]) -> Iterator[tuple[object, ...]]:
    replies: Counter[str | None] = Counter()
    for speaker, message_id, at, text in described:
        if speaker == BOT:
            replies[message_id] += 1
            yield BOT, message_id, replies[message_id]
        else:
            yield speaker, at, text
