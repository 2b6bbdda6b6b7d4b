"""Accounts: made, changed and closed by administrators."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from frontdesk.clock import Clock
from frontdesk.database.database import Database
from frontdesk.staff.audit import write_down
from frontdesk.staff.email import normal_email
from frontdesk.staff.member import ADMIN, ROLES, Member
from frontdesk.staff.password_policy import check_password
from frontdesk.staff.passwords import Passwords, generate
from frontdesk.staff.refusals import AccountRefused, LastAdmin
from frontdesk.staff.sessions import SignedInMember, end_all

_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,100}")


class Accounts:
    """Everything that is done to accounts; each act leaves a trace in the audit trail.

    `by` is the e-mail address of the administrator who does it.
    """

    def __init__(self, database: Database, passwords: Passwords, now: Clock) -> None:
        self._database = database
        self._passwords = passwords
        self._now = now

    def everyone(self) -> list[Member]:
        """Returns all accounts in the order of their names."""
        with self._database.reading() as session:
            query = select(Member).order_by(Member.active.desc(), Member.name)
            return list(session.scalars(query))

    def create(
        self, email: str, name: str, role: str, password: str, by: str
    ) -> Member:
        """Makes an account with a password that its member chose.

        Raises:
            AccountRefused: if the address, name or role cannot be used.
            PasswordRefused: if the password is too easy to guess.
        """
        member = _new_member(email, name, role)
        check_password(password, member.email, member.name)
        self._add(member, password, by)
        return member

    def invite(self, email: str, name: str, role: str, by: str) -> tuple[Member, str]:
        """Makes an account and a password for it, and returns both.

        Raises:
            AccountRefused: if the address, name or role cannot be used.
        """
        password = generate()
        member = _new_member(email, name, role)
        self._add(member, password, by)
        return member, password

    def reset_password(self, member_id: int, by: str) -> tuple[Member, str]:
        """Ends the sessions of an account and returns a new password for it."""
        password = generate()
        hashed = self._passwords.hash(password)
        with self._changing(member_id, "password_reset", by) as (session, member):
            member.password_hash = hashed
            end_all(session, member.id)
        return member, password

    def change_password(self, who: SignedInMember, password: str) -> None:
        """Changes a member's own password and ends all their other sessions.

        Raises:
            PasswordRefused: if the password is too easy to guess.
        """
        check_password(password, who.email, who.name)
        hashed = self._passwords.hash(password)
        with self._changing(who.id, "password_changed", who.email) as (session, member):
            member.password_hash = hashed
            end_all(session, member.id, but=who.session_key)

    def deactivate(self, member_id: int, by: str) -> None:
        """Closes an account and ends its sessions.

        Raises:
            LastAdmin: if nobody would be left to look after the accounts.
        """
        with self._changing(member_id, "account_deactivated", by) as (session, member):
            _keep_an_admin(session, member)
            member.active = False
            end_all(session, member.id)

    def reactivate(self, member_id: int, by: str) -> None:
        """Opens a closed account; its password is the one it had."""
        with self._changing(member_id, "account_reactivated", by) as (_, member):
            member.active = True

    def change_role(self, member_id: int, role: str, by: str) -> None:
        """Changes what a member may do and ends their sessions.

        Raises:
            AccountRefused: if there is no such role.
            LastAdmin: if nobody would be left to look after the accounts.
        """
        _check_role(role)
        with self._changing(member_id, "role_changed", by) as (session, member):
            if role != ADMIN:
                _keep_an_admin(session, member)
            member.role = role
            end_all(session, member.id)

    def _add(self, member: Member, password: str, by: str) -> None:
        member.password_hash = self._passwords.hash(password)
        member.created_at = self._now()
        try:
            with self._database.writing() as session:
                session.add(member)
                write_down(session, self._now(), by, "account_created", member.email)
                session.flush()
                session.expunge(member)
        except IntegrityError as error:
            raise AccountRefused(
                "There is an account with this e-mail address already. Use another "
                "address, or give that account a new password.",
                "email",
            ) from error

    @contextmanager
    def _changing(
        self, member_id: int, action: str, by: str
    ) -> Iterator[tuple[Session, Member]]:
        with self._database.writing() as session:
            # All of them, so that two administrators cannot remove each other.
            members = session.scalars(
                select(Member).order_by(Member.id).with_for_update()
            )
            member = next((one for one in members if one.id == member_id), None)
            if not member:
                raise AccountRefused("There is no such account.")
            yield session, member
            write_down(session, self._now(), by, action, member.email)
            session.flush()
            session.expunge(member)


def _new_member(email: str, name: str, role: str) -> Member:
    address = normal_email(email)
    if not address:
        raise AccountRefused(
            "This is not an e-mail address. Write it like name@clinic.com.", "email"
        )
    name = " ".join(name.split())
    if not _NAME.fullmatch(name):
        raise AccountRefused("Write a name of 1 to 100 characters.", "name")
    _check_role(role)
    return Member(email=address, name=name, role=role, active=True)


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise AccountRefused(f"The role is one of: {', '.join(ROLES)}.", "role")


def _keep_an_admin(session: Session, leaving: Member) -> None:
    if not leaving.active or leaving.role != ADMIN:
        return
    others = session.scalars(
        select(Member.id).where(
            Member.role == ADMIN, Member.active, Member.id != leaving.id
        )
    )
    if not others.first():
        raise LastAdmin(
            "This is the last active administrator. Make someone else one first."
        )
