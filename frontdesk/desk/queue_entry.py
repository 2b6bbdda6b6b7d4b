"""What waits: one entry for each conversation that has an open case."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from frontdesk.cases.case import CLOSED, DANGER, URGENT, WAITING, Case
from frontdesk.conversations.conversation import HUMAN, Conversation
from frontdesk.desk.words import DETAILS
from frontdesk.sms.opt_out import SmsOptOut
from frontdesk.staff.member import Member


@dataclass(frozen=True)
class OpenCase:
    """One case of an entry."""

    case_id: str
    kind: str
    waits: bool
    urgent: bool
    escalated: bool
    """Whether nobody took it in time."""


@dataclass(frozen=True)
class QueueEntry:
    """A conversation in the queue."""

    sender: str
    channel: str
    cases: tuple[OpenCase, ...]
    since: datetime
    """When the oldest case that waits, or else the oldest of all, began to wait."""
    wrote_at: datetime
    """When the person last wrote something that staff have to see."""
    unread: bool
    owner_id: int | None
    owner: str | None
    opted_out: bool = False
    """Whether the person has ended texts."""
    details: dict[str, str] = field(default_factory=dict)
    """How the person wants to be called back."""

    @property
    def waits(self) -> bool:
        """Whether a case in it has not been taken."""
        return any(case.waits for case in self.cases)

    @property
    def urgent(self) -> bool:
        """Whether it goes before all that are not."""
        return any(case.urgent for case in self.cases)

    @property
    def danger(self) -> bool:
        """Whether somebody may be in danger."""
        return any(case.kind == DANGER for case in self.cases)

    @property
    def kinds(self) -> list[str]:
        """The kinds of its cases, danger first."""
        return sorted(
            {case.kind for case in self.cases}, key=lambda kind: (kind != DANGER, kind)
        )

    @property
    def escalated(self) -> bool:
        """Whether a case in it was not taken in time."""
        return any(case.escalated for case in self.cases)

    @property
    def rank(self) -> tuple[bool, bool, bool, bool, datetime]:
        """Sorts danger first, and at last by who has waited longest."""
        return (
            not self.danger,
            not self.urgent,
            not self.escalated,
            not self.waits,
            self.since,
        )


def read_queue(session: Session) -> list[QueueEntry]:
    """Returns all entries, the most pressing first."""
    open_cases = session.scalars(
        select(Case).where(Case.status != CLOSED).options(selectinload(Case.messages))
    )
    by_sender: dict[str, list[Case]] = defaultdict(list)
    for case in open_cases:
        by_sender[case.sender].append(case)
    conversations = {
        conversation.sender: conversation
        for conversation in session.scalars(
            select(Conversation).where(
                Conversation.sender.in_(
                    select(Case.sender).where(Case.status != CLOSED)
                )
            )
        )
    }
    opted_out = set(
        session.scalars(
            select(SmsOptOut.sender).where(
                SmsOptOut.sender.in_(select(Case.sender).where(Case.status != CLOSED))
            )
        )
    )
    names = {member.id: member.name for member in session.scalars(select(Member))}
    entries = [
        _entry(cases, conversations.get(sender), names, sender in opted_out)
        for sender, cases in by_sender.items()
    ]
    return sorted(entries, key=lambda entry: entry.rank)


def count_waiting(entries: Iterable[QueueEntry]) -> int:
    """Counts the conversations in which a case waits to be taken."""
    return sum(entry.waits for entry in entries)


def _entry(
    cases: list[Case],
    conversation: Conversation | None,
    names: dict[int, str],
    opted_out: bool,
) -> QueueEntry:
    cases.sort(key=lambda case: (case.opened_at, case.case_id))
    waiting = [case for case in cases if case.status == WAITING]
    owner_id = _owner_id(cases, conversation)
    wrote_at = last_written(cases, conversation) or cases[0].opened_at
    saw_at = conversation.staff_saw_at if conversation else None
    return QueueEntry(
        sender=cases[0].sender,
        channel=cases[0].channel,
        cases=tuple(_open_case(case) for case in cases),
        since=min(case.waiting_since for case in waiting or cases),
        wrote_at=wrote_at,
        unread=saw_at is None or saw_at < wrote_at,
        owner_id=owner_id,
        owner=None if owner_id is None else names.get(owner_id),
        opted_out=opted_out,
        details=_call_back_details(cases),
    )


def _open_case(case: Case) -> OpenCase:
    return OpenCase(
        case_id=case.case_id,
        kind=case.kind,
        waits=case.status == WAITING,
        urgent=case.urgency == URGENT,
        escalated=case.is_escalated,
    )


def _owner_id(cases: list[Case], conversation: Conversation | None) -> int | None:
    if conversation:
        return conversation.staff_id if conversation.owner == HUMAN else None
    return next((case.staff_id for case in cases if case.staff_id), None)


def last_written(
    cases: Iterable[Case], conversation: Conversation | None
) -> datetime | None:
    """Returns when the person last wrote something that staff have to see."""
    moments = [message.received_at for case in cases for message in case.messages]
    if conversation and conversation.person_wrote_at:
        moments.append(conversation.person_wrote_at)
    return max(moments, default=None)


def _call_back_details(cases: Iterable[Case]) -> dict[str, str]:
    """Takes the latest answers; a person may have corrected earlier ones."""
    details: dict[str, str] = {}
    for case in cases:
        for message in case.messages:
            details |= {
                key: message.details[key] for key in DETAILS if key in message.details
            }
    return {key: details[key] for key in DETAILS if key in details}
