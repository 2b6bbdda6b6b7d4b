"""Opening, finding and deleting cases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from frontdesk.cases.case import CLOSED, URGENT, WAITING, Case, CaseMessage
from frontdesk.cases.case_request import CaseRequest
from frontdesk.clock import Clock
from frontdesk.database.database import Database
from frontdesk.errors import KeyOfAnotherCase
from frontdesk.notifications.notification import AGAIN, NEW
from frontdesk.notifications.queue import NOWHERE, NewsQueue

_ATTEMPTS = 5
"""Each lost race settles one question, so two attempts are usual and five are ample."""


@dataclass(frozen=True)
class Recorded:
    """Where a message is stored, and what storing it did."""

    case_id: str
    outcome: Literal["created", "added", "known"]


class CaseStore:
    """The one owner of cases."""

    def __init__(
        self,
        database: Database,
        new_case_id: Callable[[], str],
        now: Clock,
        news: NewsQueue = NOWHERE,
    ) -> None:
        self._database = database
        self._new_case_id = new_case_id
        self._now = now
        self._news = news

    def record(self, request: CaseRequest) -> Recorded:
        """Stores a message in the open case of its kind, or in a new one.

        Raises:
            KeyOfAnotherCase: if the key is known from another conversation or kind.
        """
        for _ in range(_ATTEMPTS - 1):
            try:
                with self._database.writing() as session:
                    return self.record_in(session, request)
            except IntegrityError:
                # Another request was first with this key, this case or this case id:
                # what it stored is seen on the next attempt.
                continue
        with self._database.writing() as session:
            return self.record_in(session, request)

    def of_person(self, sender: str) -> list[Case]:
        """Returns a conversation's cases with their messages, oldest first."""
        with self._database.reading() as session:
            query = (
                select(Case)
                .where(Case.sender == sender)
                .order_by(Case.opened_at, Case.case_id)
                .options(selectinload(Case.messages))
            )
            return list(session.scalars(query))

    def record_in(self, session: Session, request: CaseRequest) -> Recorded:
        """Stores a message as `record` does, in the caller's transaction.

        The caller has to try its transaction again when another request was first.

        Raises:
            KeyOfAnotherCase: see `record`.
            IntegrityError: here or at the commit, when another request was first.
        """
        known = session.scalar(
            select(Case).join(CaseMessage).where(CaseMessage.key == request.key)
        )
        if known:
            _refuse_key_of_another_case(known, request)
            return Recorded(known.case_id, "known")
        case = _open_case(session, request)
        outcome: Literal["created", "added"] = "added" if case else "created"
        now = self._now()
        if not case:
            case = _new_case(self._new_case_id(), request, now)
            session.add(case)
        case.changed_at = now
        if request.is_urgent:
            # Only ever raised: a calmer message does not undo the first one.
            case.urgency = URGENT
        session.add(_new_message(case.case_id, request, now))
        reason = NEW if outcome == "created" else AGAIN
        self._news.notify(session, case, reason, request.key, now)
        return Recorded(case.case_id, outcome)


def delete_cases(session: Session, sender: str) -> int:
    """Deletes a person's cases with their messages; returns how many there were."""
    result = session.execute(delete(Case).where(Case.sender == sender))
    return cast("CursorResult[tuple[()]]", result).rowcount


def _new_case(case_id: str, request: CaseRequest, now: datetime) -> Case:
    return Case(
        case_id=case_id,
        sender=request.sender,
        kind=request.kind,
        urgency=request.urgency,
        status=WAITING,
        channel=request.channel,
        opened_at=now,
        waiting_since=now,
    )


def _new_message(case_id: str, request: CaseRequest, now: datetime) -> CaseMessage:
    return CaseMessage(
        case_id=case_id,
        key=request.key,
        message=request.message,
        entities=[entity.model_dump() for entity in request.entities],
        details=request.details,
        received_at=now,
    )


def _open_case(session: Session, request: CaseRequest) -> Case | None:
    return session.scalar(
        select(Case)
        .where(
            Case.sender == request.sender,
            Case.kind == request.kind,
            Case.status != CLOSED,
        )
        # Held until the commit, so that it is not closed or deleted in between.
        .with_for_update()
    )


def _refuse_key_of_another_case(case: Case, request: CaseRequest) -> None:
    # Answering "stored" would be untrue: this person's message is not.
    if (case.sender, case.kind) != (request.sender, request.kind):
        raise KeyOfAnotherCase(
            "the key was used for another conversation or kind of case -> make a key "
            "for each message and kind"
        )
