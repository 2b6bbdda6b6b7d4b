"""Everything a page about one conversation shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload
from starlette.concurrency import run_in_threadpool

from frontdesk.cases.case import CLOSED, DANGER, Case
from frontdesk.conversations.brain import BrainUnavailable
from frontdesk.conversations.conversation import HUMAN, Conversation
from frontdesk.conversations.message_in import MessageIn
from frontdesk.conversations.message_out import MessageOut
from frontdesk.desk.note import Note
from frontdesk.desk.queue_entry import QueueEntry, last_written, read_queue
from frontdesk.desk.texts import Mark, Texts, read_texts
from frontdesk.desk.transcript import (
    Line,
    Pending,
    read_outbox,
    read_pending,
    whole,
    without_record,
)
from frontdesk.desk.version import version_of
from frontdesk.desk.words import DETAILS
from frontdesk.services import Services
from frontdesk.staff.member import Member

ALWAYS_READ = ""
"""The version of a page that has to be made anew each time."""


@dataclass(frozen=True)
class Dossier:
    """A conversation with its cases, as the front desk keeps it."""

    sender: str
    channel: str
    owner_id: int | None
    owner: str | None
    cases: list[Case]
    notes: list[Note]
    pending: Pending
    queue: list[QueueEntry]
    """The whole queue: a page calls staff for other conversations, too."""
    texts: Texts
    unread: bool
    """Whether the person wrote something that nobody at the clinic has seen."""
    version: str

    @property
    def open_cases(self) -> list[Case]:
        """The cases that are not closed, danger first."""
        found = [case for case in self.cases if case.status != CLOSED]
        return sorted(found, key=lambda case: case.kind != DANGER)

    @property
    def closed_cases(self) -> list[Case]:
        """The cases that are closed."""
        return [case for case in self.cases if case.status == CLOSED]

    @property
    def danger(self) -> bool:
        """Whether somebody may be in danger."""
        return any(case.kind == DANGER for case in self.open_cases)

    @property
    def details(self) -> dict[str, str]:
        """How the person wants to be called back, by their latest answers."""
        found: dict[str, str] = {}
        for case in self.cases:
            for message in case.messages:
                found |= message.details
        return {key: found[key] for key in DETAILS if key in found}


def read_dossier(session: Session, sender: str) -> Dossier | None:
    """Reads what is stored of a conversation; None if there is nothing."""
    conversation = session.get(Conversation, sender)
    cases = list(
        session.scalars(
            select(Case)
            .where(Case.sender == sender)
            .order_by(Case.opened_at, Case.case_id)
            .options(selectinload(Case.messages))
        )
    )
    if conversation is None and not cases:
        return None
    owner_id = (
        conversation.staff_id if conversation and conversation.owner == HUMAN else None
    )
    owner = session.get(Member, owner_id) if owner_id else None
    texts = read_texts(session, sender)
    notes = list(
        session.scalars(select(Note).where(Note.sender == sender).order_by(Note.id))
    )
    return Dossier(
        sender=sender,
        channel=conversation.channel if conversation else cases[0].channel,
        owner_id=owner_id,
        owner=owner.name if owner else None,
        cases=cases,
        notes=notes,
        pending=read_pending(session, sender),
        queue=read_queue(session),
        texts=texts,
        unread=_is_unread(cases, conversation),
        version=_version(session, conversation, cases, notes, texts),
    )


async def read_lines(services: Services, dossier: Dossier) -> tuple[list[Line], bool]:
    """Returns what was said, and whether that is the whole record."""
    try:
        record = await services.brain.read(dossier.sender)
    except BrainUnavailable:
        outbox = await run_in_threadpool(_outbox, services, dossier.sender)
        lines = without_record(dossier.cases, outbox, dossier.pending)
        return _marked(lines, dossier.texts.marks([])), False
    lines = whole(record, dossier.pending)
    return _marked(lines, dossier.texts.marks(record)), True


def _marked(lines: Iterable[Line], marks: Mapping[str, Mark]) -> list[Line]:
    return [replace(line, texted=marks.get(line.id)) for line in lines]


def _outbox(services: Services, sender: str) -> list[MessageOut]:
    with services.database.reading() as session:
        return read_outbox(session, sender)


def _is_unread(cases: list[Case], conversation: Conversation | None) -> bool:
    seen = conversation.staff_saw_at if conversation else None
    written = last_written(cases, conversation)
    return written is not None and (seen is None or seen < written)


def _version(
    session: Session,
    conversation: Conversation | None,
    cases: Iterable[Case],
    notes: list[Note],
    texts: Texts,
) -> str:
    if conversation is None:
        # It is led on a channel of the brain itself, which tells us nothing.
        return ALWAYS_READ
    return version_of(
        _states(session, MessageIn, conversation.sender, MessageIn.state),
        _states(
            session,
            MessageOut,
            conversation.sender,
            MessageOut.state,
            MessageOut.recorded_at.is_(None),
        ),
        conversation.changes,
        conversation.person_wrote_at,
        [_shown_of(case) for case in cases],
        [note.id for note in notes],
        texts.states,
        texts.opted_out_since,
    )


def _shown_of(case: Case) -> tuple[object, ...]:
    return case.case_id, case.status, case.urgency, case.changed_at, case.is_escalated


def _states(
    session: Session,
    table: type[MessageIn] | type[MessageOut],
    sender: str,
    *states: InstrumentedAttribute[Any] | ColumnElement[Any],
) -> list[tuple[Any, ...]]:
    """Returns how many messages are in each state, and the newest of them."""
    query = (
        select(*states, func.count(), func.max(table.id))
        .where(table.sender == sender)
        .group_by(*states)
        .order_by(*states)
    )
    return [tuple(row) for row in session.execute(query)]
