"""Who has a conversation: the assistant or a member of staff.

All of this happens inside an open write transaction. The conversation's row is locked
first, so that two members of staff who take at once do so one after the other.
"""

from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from frontdesk.conversations.conversation import BOT, HUMAN, Conversation
from frontdesk.conversations.notices import Notices
from frontdesk.conversations.open_cases import (
    leave_cases,
    release_cases,
    take_cases,
)
from frontdesk.conversations.outbox import say_notice
from frontdesk.staff.member import Member


class StaffMember(Protocol):
    """Who acts: an account, or the session of one."""

    @property
    def id(self) -> int:
        """The account's number."""

    @property
    def name(self) -> str:
        """What visitors see."""

    @property
    def email(self) -> str:
        """What the audit trail holds."""


def lock(session: Session, sender: str, channel: str, now: datetime) -> Conversation:
    """Returns the conversation, made if need be, for this transaction alone."""
    found = locked(session, sender)
    if found is not None:
        return found
    try:
        with session.begin_nested():
            session.add(
                Conversation(sender=sender, channel=channel, created_at=now, owner=BOT)
            )
    except IntegrityError:
        # Another front desk was first.
        pass
    found = locked(session, sender)
    assert found is not None  # nobody can delete what this transaction has made
    return found


def locked(session: Session, sender: str) -> Conversation | None:
    """Returns the conversation for this transaction alone, unless it was deleted."""
    return session.scalar(
        select(Conversation)
        .where(Conversation.sender == sender)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def owner_name(session: Session, conversation: Conversation) -> str | None:
    """Returns the name of the member of staff who has the conversation, if any."""
    if conversation.owner != HUMAN or conversation.staff_id is None:
        return None
    return session.scalar(select(Member.name).where(Member.id == conversation.staff_id))


class Ownership:
    """Changes the owner, and tells the person exactly once each time."""

    def __init__(self, notices: Notices) -> None:
        self._notices = notices

    def take(
        self,
        session: Session,
        conversation: Conversation,
        member: StaffMember,
        now: datetime,
    ) -> None:
        """Gives the conversation and its open cases to a member of staff."""
        take_cases(session, conversation.sender, member.id, now)
        if conversation.owner == HUMAN and conversation.staff_id == member.id:
            return
        notice = "staff_changed" if conversation.owner == HUMAN else "staff_joined"
        conversation.owner = HUMAN
        conversation.staff_id = member.id
        self._announce(session, conversation, now, notice, member.name)

    def hand_back(
        self,
        session: Session,
        conversation: Conversation,
        now: datetime,
        notice: str,
    ) -> None:
        """Gives the conversation back to the assistant; its cases wait again.

        `notice` names what the person is told, such as `staff_left`.
        """
        release_cases(session, conversation.sender, now)
        if conversation.owner == BOT:
            return
        name = owner_name(session, conversation)
        conversation.owner = BOT
        conversation.staff_id = None
        self._announce(session, conversation, now, notice, name)

    def leave(
        self, session: Session, conversation: Conversation, now: datetime
    ) -> bool:
        """Lets the person go on with the assistant; returns whether it was otherwise.

        What was asked of staff is closed. A danger still waits for them.
        """
        had_human = conversation.owner == HUMAN
        had_cases = leave_cases(session, conversation.sender, now)
        if not had_human and not had_cases:
            return False
        conversation.owner = BOT
        conversation.staff_id = None
        self._announce(session, conversation, now, "left_queue", None)
        return True

    def _announce(
        self,
        session: Session,
        conversation: Conversation,
        now: datetime,
        notice: str,
        staff_name: str | None,
    ) -> None:
        conversation.changes += 1
        say_notice(
            session,
            conversation,
            self._notices,
            notice,
            key=f"owner:{conversation.sender}:{conversation.changes}",
            now=now,
            staff_name=staff_name,
        )
