"""Sessions at the desk: begun by a sign-in, ended by much."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, or_, select, update
from sqlalchemy.orm import Session, joinedload

from frontdesk.clock import Clock
from frontdesk.database.database import Database
from frontdesk.staff.audit import write_down
from frontdesk.staff.member import ADMIN, Member
from frontdesk.staff.signed_in import SignedIn

_IDLE_SHARE = 0.25
"""A session that nobody clicks in lasts this share of its longest time."""

_SEEN_PRECISION = timedelta(minutes=1)
"""Clicks are not written down more often than this."""


@dataclass(frozen=True)
class SignedInMember:
    """Who sent a request; as it was when the request came."""

    id: int
    name: str
    email: str
    role: str
    csrf: str = field(repr=False)
    session_key: str = field(repr=False)
    """Names the session without opening it."""

    @property
    def is_admin(self) -> bool:
        """Whether this member looks after the accounts."""
        return self.role == ADMIN


class Sessions:
    """Begins, finds and ends sessions."""

    def __init__(self, database: Database, now: Clock, hours: float) -> None:
        self._database = database
        self._now = now
        self._longest = timedelta(hours=hours)
        self._longest_idle = self._longest * _IDLE_SHARE

    def begin(self, session: Session, member: Member) -> str:
        """Adds a session to an open transaction and returns the cookie's token."""
        now = self._now()
        session.execute(delete(SignedIn).where(self._is_over(now)))
        token = secrets.token_urlsafe(32)
        session.add(
            SignedIn(
                token_hash=_key(token),
                staff_id=member.id,
                csrf=secrets.token_urlsafe(32),
                created_at=now,
                seen_at=now,
            )
        )
        return token

    def find(self, token: str, by_click: bool) -> SignedInMember | None:
        """Returns whose session it is; a click keeps it from ending for idleness."""
        now = self._now()
        with self._database.reading() as session:
            found = session.scalar(self._open(_key(token), now))
        if not found:
            return None
        if by_click and now - found.seen_at >= _SEEN_PRECISION:
            self._see(found.token_hash, now)
        return _signed_in_member(found)

    def is_open(self, member: SignedInMember) -> bool:
        """Whether the session still lasts; for streams that outlast a request."""
        with self._database.reading() as session:
            return bool(session.scalar(self._open(member.session_key, self._now())))

    def end(self, member: SignedInMember) -> None:
        """Ends one session: its member signs out."""
        with self._database.writing() as session:
            session.execute(
                delete(SignedIn).where(SignedIn.token_hash == member.session_key)
            )
            write_down(session, self._now(), member.email, "sign_out")

    def _see(self, key: str, now: datetime) -> None:
        with self._database.writing() as session:
            session.execute(
                update(SignedIn).where(SignedIn.token_hash == key).values(seen_at=now)
            )

    def _open(self, key: str, now: datetime) -> Select[SignedIn]:
        return (
            select(SignedIn)
            .join(SignedIn.member)
            .where(SignedIn.token_hash == key, ~self._is_over(now), Member.active)
            .options(joinedload(SignedIn.member))
        )

    def _is_over(self, now: datetime) -> ColumnElement[bool]:
        return or_(
            SignedIn.created_at <= now - self._longest,
            SignedIn.seen_at <= now - self._longest_idle,
        )


def end_all(session: Session, staff_id: int, but: str | None = None) -> None:
    """Ends a member's sessions in an open transaction, all or all but one."""
    ending = delete(SignedIn).where(SignedIn.staff_id == staff_id)
    if but is not None:
        ending = ending.where(SignedIn.token_hash != but)
    session.execute(ending)


def _signed_in_member(found: SignedIn) -> SignedInMember:
    member = found.member
    return SignedInMember(
        id=member.id,
        name=member.name,
        email=member.email,
        role=member.role,
        csrf=found.csrf,
        session_key=found.token_hash,
    )


def _key(token: str) -> str:
    # Whoever reads the database cannot sign in with what stands in it.
    return hashlib.sha256(token.encode()).hexdigest()
