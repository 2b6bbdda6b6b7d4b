"""Wrong passwords are slowed: each one makes the next attempt wait longer."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, text
from sqlalchemy.orm import Session

from frontdesk.staff.refusals import TooManyAttempts
from frontdesk.staff.signed_in import FailedSignIn
from frontdesk.web.network import network_of

_MEMORY = timedelta(days=1)


@dataclass(frozen=True)
class _Patience:
    """So many failures cost nothing; then the wait doubles with each, up to a limit."""

    free: int
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        if failures < self.free:
            return timedelta()
        # The exponent is bounded, because a float is.
        seconds = 2 ** min(failures - self.free, 20)
        return min(timedelta(seconds=seconds), self.longest)


_WITH_EMAIL = _Patience(free=5, longest=timedelta(minutes=5))
_WITH_ADDRESS = _Patience(free=20, longest=timedelta(minutes=15))
"""More of them are free: a clinic's staff may share one address."""


def count_attempt(session: Session, email: str, address: str, now: datetime) -> None:
    """Writes an attempt down as failed, before it is known whether it is.

    Otherwise a hundred attempts at the same time would be as good as one.

    Raises:
        TooManyAttempts: if it has to wait; then it does not count.
    """
    _take_turns(session)
    forget_old_attempts(session, now)
    network = network_of(address)
    waits = (
        _wait(session, FailedSignIn.email == email, _WITH_EMAIL, now),
        _wait(session, FailedSignIn.address == network, _WITH_ADDRESS, now),
    )
    seconds = math.ceil(max(waits).total_seconds())
    if seconds > 0:
        raise TooManyAttempts(seconds)
    session.add(FailedSignIn(email=email, address=network, at=now))


def forget_attempts(session: Session, email: str) -> None:
    """Forgets the failures of an account: the right password came."""
    session.execute(delete(FailedSignIn).where(FailedSignIn.email == email))


def forget_old_attempts(session: Session, now: datetime) -> None:
    """Removes attempts that count no longer."""
    session.execute(delete(FailedSignIn).where(FailedSignIn.at <= now - _MEMORY))


def _wait(
    session: Session, which: ColumnElement[bool], patience: _Patience, now: datetime
) -> timedelta:
    failures = session.scalar(select(func.count(FailedSignIn.id)).where(which)) or 0
    last = session.scalar(
        select(FailedSignIn.at).where(which).order_by(FailedSignIn.at.desc()).limit(1)
    )
    if last is None:
        return timedelta()
    return last + patience.wait(failures) - now


def _take_turns(session: Session) -> None:
    # SQLite has one writer anyway. The transaction is over before hashing begins.
    if session.get_bind().dialect.name == "postgresql":
        table = FailedSignIn.__tablename__
        session.execute(text(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE"))
