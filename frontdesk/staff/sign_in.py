"""Signing in: slowly after wrong passwords, and without saying which part was wrong."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from frontdesk.clock import Clock
from frontdesk.database.database import Database
from frontdesk.staff.audit import write_down
from frontdesk.staff.email import normal_email
from frontdesk.staff.member import Member
from frontdesk.staff.passwords import Passwords
from frontdesk.staff.refusals import WrongPassword
from frontdesk.staff.sessions import Sessions
from frontdesk.staff.slowing import count_attempt, forget_attempts

_NOBODY = ""
"""Stands for whatever was typed that is no e-mail address."""


class SignIn:
    """Checks who someone is."""

    def __init__(
        self, database: Database, passwords: Passwords, sessions: Sessions, now: Clock
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._sessions = sessions
        self._now = now

    def sign_in(self, email: str, password: str, address: str) -> str:
        """Begins a session and returns the token for the cookie.

        Raises:
            WrongPassword: for every reason for which this is not an account's.
            TooManyAttempts: if it has to wait; nothing was checked.
        """
        known = self.confirm(email, password, address)
        new_hash = known.password_hash
        if self._passwords.is_outdated(new_hash):
            new_hash = self._passwords.hash(password)
        with self._database.writing() as session:
            # Again, because the password may have been changed in the meantime.
            member = _active_member(
                session,
                Member.id == known.id,
                Member.password_hash == known.password_hash,
            )
            if not member:
                raise _wrong()
            member.password_hash = new_hash
            write_down(session, self._now(), member.email, "sign_in")
            return self._sessions.begin(session, member)

    def confirm(self, email: str, password: str, address: str) -> Member:
        """Checks a password and returns the account it belongs to.

        Raises:
            WrongPassword: for every reason for which this is not an account's.
            TooManyAttempts: if it has to wait; nothing was checked.
        """
        known_as = normal_email(email) or _NOBODY
        with self._database.writing() as session:
            count_attempt(session, known_as, address, self._now())
        with self._database.reading() as session:
            member = _active_member(session, Member.email == known_as)
        # The same work, whether there is such an account or not.
        stored = member.password_hash if member else None
        if not self._passwords.is_right(password, stored) or not member:
            raise _wrong()
        with self._database.writing() as session:
            forget_attempts(session, known_as)
        return member


def _active_member(session: Session, *which: ColumnElement[bool]) -> Member | None:
    return session.scalar(select(Member).where(*which, Member.active))


def _wrong() -> WrongPassword:
    return WrongPassword("The e-mail address or the password is wrong.", "password")
