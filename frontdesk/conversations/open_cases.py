"""The cases of a conversation that somebody takes, leaves or writes to again.

The conversation's row is locked first, its cases after it: always in this order.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.cases.case import CLOSED, DANGER, TAKEN, WAITING, Case
from frontdesk.notifications.notification import AGAIN
from frontdesk.notifications.queue import NewsQueue


def open_cases(session: Session, sender: str) -> list[Case]:
    """Returns the cases that are not closed, locked."""
    query = (
        select(Case)
        .where(Case.sender == sender, Case.status != CLOSED)
        .order_by(Case.opened_at, Case.case_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def take_cases(session: Session, sender: str, staff_id: int, now: datetime) -> None:
    """Gives all open cases to a member of staff."""
    for case in open_cases(session, sender):
        if case.status == TAKEN and case.staff_id == staff_id:
            continue
        case.status = TAKEN
        case.staff_id = staff_id
        case.taken_at = now
        case.changed_at = now


def release_cases(session: Session, sender: str, now: datetime) -> None:
    """Lets the cases that somebody has taken wait again."""
    for case in open_cases(session, sender):
        if case.status == TAKEN:
            wait_again(case, now)


def leave_cases(session: Session, sender: str, now: datetime) -> bool:
    """Closes what the person no longer wants; danger still waits for staff."""
    has_left = False
    for case in open_cases(session, sender):
        if case.kind != DANGER:
            # No member of staff: it is the person who ended it.
            close_case(case, None, now)
            has_left = True
        elif case.status == TAKEN:
            wait_again(case, now)
    return has_left


def close_case(case: Case, staff_id: int | None, now: datetime) -> None:
    """Ends a case."""
    case.status = CLOSED
    case.staff_id = staff_id
    case.closed_at = now
    case.changed_at = now


def wait_again(case: Case, now: datetime) -> None:
    """Puts a case back into the queue, as of now."""
    case.status = WAITING
    case.waiting_since = now
    case.changed_at = now
    case.staff_id = None
    case.taken_at = None
    case.closed_at = None


def reopen_just_closed(
    session: Session,
    sender: str,
    news: NewsQueue,
    key: str,
    within: timedelta,
    now: datetime,
) -> bool:
    """Lets the case that staff closed last wait again, so that nobody is left alone.

    It stays closed if the person left after it, or if it was closed long ago. `key` is
    that of the news that staff get. Returns whether a case is open now.
    """
    if open_cases(session, sender):
        return True
    case = session.scalar(
        select(Case)
        .where(Case.sender == sender, Case.status == CLOSED)
        .order_by(Case.closed_at.desc())
        .limit(1)
        .with_for_update()
    )
    if case is None or case.staff_id is None or case.closed_at is None:
        return False
    if now - case.closed_at > within:
        return False
    wait_again(case, now)
    news.notify(session, case, AGAIN, key, now)
    return True
