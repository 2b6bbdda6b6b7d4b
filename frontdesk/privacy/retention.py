"""Deleting conversations that are older than the clinic keeps them."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from frontdesk.cases.case import Case, CaseMessage
from frontdesk.clock import Clock
from frontdesk.conversations.brain import BrainUnavailable
from frontdesk.conversations.conversation import Conversation
from frontdesk.conversations.message_out import MessageOut
from frontdesk.database.database import Database
from frontdesk.errors import ConversationBusy
from frontdesk.people.forgetting import Forgetting

_LOOK_SECONDS = 60 * 60
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Purged:
    """What a purge did; `kept` are old, too, and could not be deleted yet."""

    deleted: int
    kept: int


@dataclass(frozen=True)
class Retention:
    """Looks every hour, so that nothing is kept a day too long."""

    database: Database
    forgetting: Forgetting
    now: Clock
    days: int
    name: str = "retention"

    async def run(self) -> None:
        """Looks until it is cancelled."""
        while True:
            await self.purge()
            await asyncio.sleep(_LOOK_SECONDS)

    async def purge(self) -> Purged:
        """Deletes each conversation whose last message is too old.

        One that the brain does not forget keeps its rows, and is tried again.
        """
        limit = self.now() - timedelta(days=self.days)
        due = await asyncio.to_thread(self._silent_since, limit)
        deleted = 0
        for sender in due:
            # The person may have written since the list was made.
            if not await asyncio.to_thread(self._is_silent_since, sender, limit):
                continue
            try:
                await self.forgetting.everything(sender)
            except ConversationBusy:
                continue
            except BrainUnavailable:
                break
            deleted += 1
        if due:
            logger.info("%d of %d old conversations deleted", deleted, len(due))
        return Purged(deleted, len(due) - deleted)

    def _silent_since(self, limit: datetime) -> list[str]:
        with self.database.reading() as session:
            # Nothing that began later can be old: only these are looked at closely.
            senders = {
                *session.scalars(
                    select(Conversation.sender).where(Conversation.created_at < limit)
                ),
                *session.scalars(select(Case.sender).where(Case.opened_at < limit)),
            }
            return sorted(
                sender for sender in senders if _last_message(session, sender) < limit
            )

    def _is_silent_since(self, sender: str, limit: datetime) -> bool:
        with self.database.reading() as session:
            return _last_message(session, sender) < limit


def _last_message(session: Session, sender: str) -> datetime:
    """Returns when the last message was received or sent."""
    moments = (
        select(func.max(Conversation.created_at)).where(Conversation.sender == sender),
        select(func.max(Conversation.person_wrote_at)).where(
            Conversation.sender == sender
        ),
        select(func.max(MessageOut.created_at)).where(MessageOut.sender == sender),
        select(func.max(CaseMessage.received_at))
        .join(Case, Case.case_id == CaseMessage.case_id)
        .where(Case.sender == sender),
    )
    found = [session.scalar(query) for query in moments]
    return max(filter(None, found), default=_LONG_AGO)
