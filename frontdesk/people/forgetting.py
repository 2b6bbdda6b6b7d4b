"""Deleting everything that is stored of a person."""

import asyncio
import secrets
from typing import cast

from pydantic import BaseModel
from sqlalchemy import ColumnElement, CursorResult, delete, update
from sqlalchemy.orm import Session

from frontdesk.cases.store import delete_cases
from frontdesk.clock import Clock
from frontdesk.conversations.brain import Brain
from frontdesk.conversations.conversation import Conversation
from frontdesk.conversations.feed import Feed
from frontdesk.conversations.leases import Leases
from frontdesk.conversations.message_in import MessageIn
from frontdesk.conversations.message_out import PERSON, MessageOut
from frontdesk.conversations.ownership import lock
from frontdesk.database.database import Database
from frontdesk.desk.note import Note
from frontdesk.errors import ConversationBusy
from frontdesk.sms.number import forget_now, forget_soon
from frontdesk.staff.audit import AuditEntry

CLAIM_ATTEMPTS = 40
CLAIM_PAUSE = 0.25
"""Ten seconds for the turn in progress to end."""


class Deleted(BaseModel):
    """What was deleted."""

    deleted_cases: int
    deleted_messages: int
    deleted_notes: int


def delete_rows(session: Session, sender: str) -> Deleted:
    """Deletes what the front desk stores of a person, in an open transaction.

    What staff did stays in the audit trail, which holds nothing that was written; it
    no longer says in whose conversation. That somebody wants no texts stays, too, as a
    hash of their number: without it they would be texted again.
    """
    # First of all, as everybody does: who else writes here waits.
    _delete(session, Conversation, sender)
    session.execute(
        update(AuditEntry).where(AuditEntry.sender == sender).values(sender=None)
    )
    # Shown to the person beside the row of what came in: not counted twice.
    _delete(session, MessageOut, sender, MessageOut.speaker == PERSON)
    return Deleted(
        deleted_cases=delete_cases(session, sender),
        deleted_messages=_delete(session, MessageIn, sender)
        + _delete(session, MessageOut, sender),
        deleted_notes=_delete(session, Note, sender),
    )


class Forgetting:
    """Deletes the rows of the front desk and the brain's record."""

    def __init__(
        self, database: Database, brain: Brain, feed: Feed, now: Clock
    ) -> None:
        self._database = database
        self._brain = brain
        self._feed = feed
        self._now = now

    def rows(self, sender: str, answer_follows: bool = False) -> Deleted:
        """Deletes the front desk's part; the brain deletes its own.

        If the brain has yet to tell the person so, their phone number is kept for it.
        """
        with self._database.writing() as session:
            deleted = delete_rows(session, sender)
            if answer_follows:
                forget_soon(session, sender, self._now())
            else:
                forget_now(session, sender)
        self._database.scrub()
        self._feed.tell(sender)
        return deleted

    async def everything(self, sender: str) -> Deleted:
        """Deletes both parts; nothing is played meanwhile.

        Raises:
            BrainUnavailable: if it is not certain that the brain has deleted it.
            ConversationBusy: if a turn in progress does not end.
        """
        leases = Leases(self._database, f"deletion-{secrets.token_hex(8)}", self._now)
        await asyncio.to_thread(self._make_sure_it_exists, sender)
        for _ in range(CLAIM_ATTEMPTS):
            if await asyncio.to_thread(leases.claim, sender):
                break
            await asyncio.sleep(CLAIM_PAUSE)
        else:
            raise ConversationBusy("a turn of the conversation does not end")
        try:
            await self._brain.forget(sender)
            return await asyncio.to_thread(self.rows, sender)
        finally:
            await asyncio.to_thread(leases.release, sender)

    def _make_sure_it_exists(self, sender: str) -> None:
        with self._database.writing() as session:
            lock(session, sender, "web", self._now())


def _delete(
    session: Session,
    table: type[Conversation] | type[MessageIn] | type[MessageOut] | type[Note],
    sender: str,
    *conditions: ColumnElement[bool],
) -> int:
    result = session.execute(delete(table).where(table.sender == sender, *conditions))
    return cast("CursorResult[tuple[()]]", result).rowcount
