"""What staff do in a conversation; each act leaves its entry in the audit trail."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from frontdesk.cases.case import DANGER, TAKEN, Case
from frontdesk.clock import Clock
from frontdesk.conversations.conversation import HUMAN, Conversation
from frontdesk.conversations.feed import Feed
from frontdesk.conversations.message_out import HIDDEN, NOTICE, STAFF
from frontdesk.conversations.open_cases import close_case, open_cases
from frontdesk.conversations.outbox import is_said, say
from frontdesk.conversations.ownership import (
    Ownership,
    StaffMember,
    lock,
    owner_name,
)
from frontdesk.conversations.recording import CARE_CLOSED
from frontdesk.database.database import Database
from frontdesk.desk.note import Note
from frontdesk.errors import CannotBeTexted, NoSuchCase, OwnedByAnother
from frontdesk.notifications.notification import AGAIN
from frontdesk.notifications.queue import NewsQueue
from frontdesk.sms.opt_out import is_opted_out
from frontdesk.staff.audit import AuditEntry, write_down

READ_AGAIN_AFTER = timedelta(hours=1)
"""A member who keeps a conversation open does not fill the audit trail."""


class StaffActs:
    """Each method is one transaction with the conversation locked."""

    def __init__(
        self,
        database: Database,
        ownership: Ownership,
        news: NewsQueue,
        feed: Feed,
        now: Clock,
    ) -> None:
        self._database = database
        self._ownership = ownership
        self._news = news
        self._feed = feed
        self._now = now

    def reply(self, member: StaffMember, sender: str, text: str, key: str) -> None:
        """Sends a message to the person, and takes the conversation.

        The same key again sends nothing.

        Raises:
            OwnedByAnother: if another member of staff has the conversation.
            CannotBeTexted: if the person has ended texts.
        """
        key = f"staff:{sender}:{key}"
        with self._acting(sender) as (session, conversation, now):
            if is_said(session, key):
                return
            _refuse_another(session, conversation, member)
            if is_opted_out(session, sender):
                raise CannotBeTexted("this person has ended texts -> call them")
            self._ownership.take(session, conversation, member, now)
            say(
                session,
                conversation,
                key=key,
                speaker=STAFF,
                staff_name=member.name,
                text=text,
                now=now,
            )
            conversation.staff_wrote_at = now
            conversation.staff_saw_at = now
            write_down(session, now, member.email, "reply", sender)

    def take(self, member: StaffMember, sender: str, force: bool = False) -> None:
        """Takes the conversation: the assistant says nothing from now on.

        Raises:
            OwnedByAnother: if another member has it and it is not taken by force.
        """
        with self._acting(sender) as (session, conversation, now):
            if not force:
                _refuse_another(session, conversation, member)
            self._ownership.take(session, conversation, member, now)
            conversation.staff_saw_at = now
            write_down(session, now, member.email, "take", sender)

    def hand_back(self, member: StaffMember, sender: str) -> None:
        """Gives the conversation back to the assistant; open cases wait again.

        Raises:
            OwnedByAnother: if another member of staff has the conversation.
        """
        with self._acting(sender) as (session, conversation, now):
            _refuse_another(session, conversation, member)
            self._hand_back(session, conversation, now)
            write_down(session, now, member.email, "hand_back", sender)

    def close(self, member: StaffMember, case_id: str) -> None:
        """Closes a case, and hands the conversation back if it was the last one.

        If the person wrote something that nobody has seen yet, the case is not closed:
        it waits again, so that they do not write into silence.

        Raises:
            NoSuchCase: if there is none.
            OwnedByAnother: if another member of staff has taken it.
        """
        sender = self._sender_of(case_id)
        with self._acting(sender) as (session, conversation, now):
            cases = open_cases(session, sender)
            case = next((case for case in cases if case.case_id == case_id), None)
            if case is None:
                return
            if case.status == TAKEN:
                _refuse_another(session, conversation, member)
            write_down(session, now, member.email, "close", sender, case_id)
            ends_it = len(cases) == 1 and _has(conversation, member)
            if not (ends_it and _is_unseen(conversation)):
                close_case(case, member.id, now)
                if case.kind == DANGER:
                    _record_end_of_danger(session, conversation, case, now)
            if ends_it:
                self._hand_back(session, conversation, now)

    def note(self, member: StaffMember, sender: str, text: str) -> None:
        """Adds a private note."""
        with self._acting(sender) as (session, _, now):
            session.add(
                Note(sender=sender, staff_name=member.name, text=text, written_at=now)
            )
            write_down(session, now, member.email, "note", sender)

    def saw(self, member: StaffMember, sender: str) -> None:
        """Remembers that staff have seen everything up to now."""
        with self._acting(sender) as (session, conversation, now):
            conversation.staff_saw_at = now
            last = session.scalar(
                select(func.max(AuditEntry.at)).where(
                    AuditEntry.sender == sender,
                    AuditEntry.staff_email == member.email,
                    AuditEntry.action == "read",
                )
            )
            if last is None or now - last > READ_AGAIN_AFTER:
                write_down(session, now, member.email, "read", sender)

    def _hand_back(
        self, session: Session, conversation: Conversation, now: datetime
    ) -> None:
        self._ownership.hand_back(session, conversation, now, "staff_left")
        wrote, replied = conversation.person_wrote_at, conversation.staff_wrote_at
        if wrote is None or (replied is not None and wrote <= replied):
            return
        for case in open_cases(session, conversation.sender):
            key = f"back:{case.case_id}:{conversation.changes}"
            self._news.notify(session, case, AGAIN, key, now)

    def _sender_of(self, case_id: str) -> str:
        with self._database.reading() as session:
            sender = session.scalar(select(Case.sender).where(Case.case_id == case_id))
        if sender is None:
            raise NoSuchCase("there is no such case -> it may have been deleted")
        return sender

    @contextmanager
    def _acting(self, sender: str) -> Iterator[tuple[Session, Conversation, datetime]]:
        now = self._now()
        with self._database.writing() as session:
            yield session, lock(session, sender, _channel(session, sender), now), now
        self._feed.tell(sender)


def _channel(session: Session, sender: str) -> str:
    """Of a conversation that came in by another door, its cases know the channel."""
    query = select(Case.channel).where(Case.sender == sender).limit(1)
    return session.scalar(query) or "web"


def _refuse_another(
    session: Session, conversation: Conversation, member: StaffMember
) -> None:
    if not _has(conversation, member):
        name = owner_name(session, conversation)
        # Of an account that was deleted, nobody is left to be asked.
        if name is not None:
            raise OwnedByAnother(name)


def _has(conversation: Conversation, member: StaffMember) -> bool:
    return conversation.owner == HUMAN and conversation.staff_id == member.id


def _is_unseen(conversation: Conversation) -> bool:
    wrote, saw = conversation.person_wrote_at, conversation.staff_saw_at
    return wrote is not None and (saw is None or wrote > saw)


def _record_end_of_danger(
    session: Session, conversation: Conversation, case: Case, now: datetime
) -> None:
    say(
        session,
        conversation,
        key=f"{CARE_CLOSED}:{case.case_id}:{now.isoformat()}",
        speaker=NOTICE,
        name=CARE_CLOSED,
        text="",
        now=now,
        state=HIDDEN,
    )
