"""What follows from a turn: replies are delivered or withheld, danger is passed on."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from frontdesk.cases.case import URGENT
from frontdesk.cases.case_request import CaseRequest
from frontdesk.cases.store import CaseStore
from frontdesk.clock import Clock
from frontdesk.conversations.brain import Turn
from frontdesk.conversations.closed_notice import ClosedNotice
from frontdesk.conversations.conversation import BOT, HUMAN, Conversation
from frontdesk.conversations.feed import Feed
from frontdesk.conversations.message_in import FAILED, PLAYED, WAITING, MessageIn
from frontdesk.conversations.message_out import BOT as THE_BOT
from frontdesk.conversations.message_out import READY, WITHHELD
from frontdesk.conversations.notices import Notices
from frontdesk.conversations.open_cases import reopen_just_closed
from frontdesk.conversations.outbox import say, say_notice
from frontdesk.conversations.ownership import lock
from frontdesk.database.database import Database
from frontdesk.errors import KeyOfAnotherCase
from frontdesk.notifications.queue import NewsQueue

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class WaitingMessage:
    """A message to be played, as it was read."""

    id: int
    sender: str
    key: str
    channel: str
    text: str | None
    choice: str | None
    received_at: datetime

    @classmethod
    def of(cls, row: MessageIn) -> "WaitingMessage":
        """Copies what is needed when the row's session has ended."""
        return cls(
            row.id,
            row.sender,
            row.key,
            row.channel,
            row.text,
            row.choice,
            row.received_at,
        )


class AfterTurn:
    """Stores what came of a turn; doing it again changes nothing."""

    def __init__(
        self,
        database: Database,
        cases: CaseStore,
        notices: Notices,
        closed_notice: ClosedNotice,
        news: NewsQueue,
        feed: Feed,
        now: Clock,
        idle_minutes: float,
    ) -> None:
        self._database = database
        self._cases = cases
        self._notices = notices
        self._closed_notice = closed_notice
        self._news = news
        self._feed = feed
        self._now = now
        self._idle = timedelta(minutes=idle_minutes)

    def store(self, message: WaitingMessage, turn: Turn, failed: bool) -> None:
        """Stores replies and state, decided by who has the conversation now.

        Who had it when the turn was played does not matter any more. `failed` says that
        the brain failed after what it said.
        """
        if turn.is_danger:
            # Before the message counts as played: after a crash it is done again.
            self._open_case(message, "danger", turn)
        with self._database.writing() as session:
            is_heard = self._store(session, message, turn, failed)
        if not is_heard:
            self._open_case(message, "human", turn)
        self._feed.tell(message.sender)

    def _store(
        self,
        session: Session,
        message: WaitingMessage,
        turn: Turn,
        failed: bool,
    ) -> bool:
        """Returns whether somebody answers the message or has it before them."""
        now = self._now()
        conversation = lock(session, message.sender, message.channel, now)
        row = session.get(MessageIn, message.id)
        # Without a row, the person has just had their data deleted: they are told.
        if row is not None:
            if row.state != WAITING:
                return True
            row.state = FAILED if failed else PLAYED
            if not failed:
                row.text = row.choice = None
        delivered = self._say(session, conversation, message, turn, now)
        if failed and conversation.owner == BOT:
            say_notice(
                session,
                conversation,
                self._notices,
                "turn_failed",
                key=f"failed:{message.id}",
                now=now,
            )
        self._closed_notice.add(session, conversation, message.id, delivered, now)
        # Played as a human's and then handed back: neither of the two has answered.
        is_silent = conversation.owner == BOT and not delivered and not failed
        return not is_silent or reopen_just_closed(
            session,
            message.sender,
            self._news,
            f"again:{message.id}",
            self._idle,
            now,
        )

    def _say(
        self,
        session: Session,
        conversation: Conversation,
        message: WaitingMessage,
        turn: Turn,
        now: datetime,
    ) -> list[str]:
        """Puts the replies into the outbox; returns the names of those delivered."""
        is_overtaken = conversation.owner == HUMAN
        delivered = []
        for number, response in enumerate(turn.responses):
            is_withheld = is_overtaken and not response.is_about_danger
            say(
                session,
                conversation,
                key=f"turn:{message.id}:{number}",
                speaker=THE_BOT,
                name=response.name,
                text=response.text or "",
                buttons=response.buttons,
                metadata=response.metadata,
                message_id=message.key,
                now=now,
                state=WITHHELD if is_withheld else READY,
                recorded=not is_withheld,
            )
            if not is_withheld:
                delivered.append(response.name or "")
        return delivered

    def _open_case(self, message: WaitingMessage, kind: str, turn: Turn) -> None:
        details = {}
        if turn.danger is not None:
            details = {
                "kind": turn.danger.kind,
                "evidence": turn.danger.evidence or "",
            }
        request = CaseRequest.model_validate(
            {
                "key": case_key(message.sender, message.key, kind),
                "sender": message.sender,
                "kind": kind,
                "urgency": URGENT if kind == "danger" else "normal",
                "channel": message.channel,
                "message": message.text or message.choice or "",
                "entities": turn.entities,
                "details": details,
            }
        )
        try:
            self._cases.record(request)
        except KeyOfAnotherCase:
            logger.error("a case of kind %s has the key of another one", kind)


def case_key(sender: str, message_id: str, kind: str) -> str:
    """Returns the key that the action server gives the same case."""
    return hashlib.sha256(f"{sender}|{message_id}|{kind}".encode()).hexdigest()
