"""What was said in a conversation: the brain's record, and what is not in it yet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.cases.case import Case
from frontdesk.conversations import message_in, message_out
from frontdesk.conversations.brain import Danger, Said
from frontdesk.conversations.inbox import echo_key
from frontdesk.conversations.message_in import MessageIn
from frontdesk.conversations.message_out import MessageOut
from frontdesk.desk.texts import Mark

PERSON, ASSISTANT, STAFF, NOTICE = "person", "assistant", "staff", "notice"
_SPEAKERS = {"bot": ASSISTANT}

SENDING = "sending"
NOT_SENT = "not sent"
NOT_READ = "the assistant has not read it yet"
FAILED = "the assistant could not read it"


@dataclass(frozen=True)
class Line:
    """One message as the desk shows it."""

    id: str
    speaker: str
    text: str
    at: datetime
    staff: str | None = None
    state: str | None = None
    """Something staff have to know about it, or nothing."""
    texted: Mark | None = None
    """What became of it on its way to a phone."""
    choices: tuple[str, ...] = ()
    danger: Danger | None = None
    entities: tuple[dict[str, Any], ...] = field(default=())


@dataclass(frozen=True)
class Pending:
    """What the front desk holds of a conversation."""

    not_played: list[MessageIn]
    going_out: list[MessageOut]


def read_pending(session: Session, sender: str) -> Pending:
    """Reads what the brain's record may still lack.

    Read it before the record: what moves there in between is then shown once, because
    both name it alike.
    """
    not_played = session.scalars(
        select(MessageIn)
        .where(MessageIn.sender == sender, MessageIn.state != message_in.PLAYED)
        .order_by(MessageIn.id)
    )
    going_out = session.scalars(
        select(MessageOut)
        .where(
            MessageOut.sender == sender,
            MessageOut.recorded_at.is_(None),
            MessageOut.state == message_out.READY,
        )
        .order_by(MessageOut.id)
    )
    return Pending(list(not_played), list(going_out))


def read_outbox(session: Session, sender: str) -> list[MessageOut]:
    """Reads all that is shown, for the time while the record is out of reach."""
    return list(
        session.scalars(
            select(MessageOut)
            .where(
                MessageOut.sender == sender,
                MessageOut.state.in_((message_out.READY, message_out.WITHHELD)),
            )
            .order_by(MessageOut.id)
        )
    )


def whole(record: Iterable[Said], pending: Pending) -> list[Line]:
    """Returns the record in its order, and then what is not in it."""
    said = list(record)
    played = {one.message_id for one in said}
    known = {one.id for one in said}
    later = [
        *(_incoming(one) for one in pending.not_played if one.key not in played),
        *(_outgoing(one) for one in pending.going_out if _out_id(one) not in known),
    ]
    return [*map(_said, said), *sorted(later, key=lambda line: line.at)]


def without_record(
    cases: Iterable[Case], outbox: Iterable[MessageOut], pending: Pending
) -> list[Line]:
    """Returns what the front desk knows by itself, in order of time."""
    not_played = {echo_key(one) for one in pending.not_played}
    lines = [
        *(_incoming(one) for one in pending.not_played),
        *(_outgoing(one) for one in outbox if one.key not in not_played),
    ]
    said = {line.text for line in lines if line.speaker == PERSON}
    lines += _case_messages(cases, said)
    return sorted(lines, key=lambda line: line.at)


def _said(one: Said) -> Line:
    return Line(
        id=one.id,
        speaker=_SPEAKERS.get(one.speaker, one.speaker),
        text=one.text,
        at=one.at,
        staff=one.staff,
        state=NOT_SENT if one.withheld else None,
        choices=_titles(one.buttons),
        danger=one.danger,
        entities=tuple(one.entities),
    )


def _incoming(one: MessageIn) -> Line:
    return Line(
        id=f"in-{one.id}",
        speaker=PERSON,
        text=one.text or one.choice or "",
        at=one.received_at,
        state=FAILED if one.state == message_in.FAILED else NOT_READ,
    )


def _outgoing(one: MessageOut) -> Line:
    state = None if one.recorded_at else SENDING
    return Line(
        id=_out_id(one),
        speaker=_SPEAKERS.get(one.speaker, one.speaker),
        text=str(one.body.get("text") or ""),
        at=one.created_at,
        staff=one.staff_name,
        state=NOT_SENT if one.state == message_out.WITHHELD else state,
        choices=_titles(one.body.get("buttons") or ()),
    )


def _out_id(one: MessageOut) -> str:
    return f"out-{one.id}"


def _case_messages(cases: Iterable[Case], shown: set[str]) -> Iterable[Line]:
    """Yields each message once, though it may belong to several cases."""
    for case in cases:
        for message in case.messages:
            if message.message not in shown:
                shown.add(message.message)
                yield Line(
                    id=f"case-{message.id}",
                    speaker=PERSON,
                    text=message.message,
                    at=message.received_at,
                )


def _titles(buttons: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(button["title"]) for button in buttons)
