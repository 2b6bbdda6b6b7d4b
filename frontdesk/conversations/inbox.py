"""What people send: stored before anything else, played in order afterwards."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from frontdesk.clock import Clock
from frontdesk.conversations.conversation import BOT, Conversation
from frontdesk.conversations.feed import Feed
from frontdesk.conversations.message_in import PLAYED, WAITING, MessageIn
from frontdesk.conversations.message_out import PERSON, READY, MessageOut
from frontdesk.conversations.notices import WEB
from frontdesk.conversations.open_cases import reopen_just_closed
from frontdesk.conversations.outbox import say
from frontdesk.conversations.ownership import Ownership, lock
from frontdesk.database.database import Database
from frontdesk.errors import NotOffered, TooManyWaiting
from frontdesk.notifications.queue import NewsQueue

LEAVE_WORD = "bot"
"""Written alone, in any case, it lets the person go on with the assistant."""

MOST_WAITING = 20


class Inbox:
    """Takes messages of people, whichever door they come in by."""

    def __init__(
        self,
        database: Database,
        ownership: Ownership,
        news: NewsQueue,
        feed: Feed,
        now: Clock,
        idle_minutes: float,
    ) -> None:
        self._database = database
        self._ownership = ownership
        self._news = news
        self._feed = feed
        self._now = now
        self._idle = timedelta(minutes=idle_minutes)

    def accept(
        self,
        sender: str,
        channel: str,
        key: str,
        text: str | None = None,
        choice: str | None = None,
        admit: Callable[[Session], object] | None = None,
    ) -> None:
        """Stores a message to be played; the same key again changes nothing.

        `admit` is asked about a message that is new; it refuses by raising.

        Raises:
            NotOffered: if the choice is none of the buttons of this conversation.
            TooManyWaiting: if the person has to wait for answers first.
        """
        with self._database.writing() as session:
            conversation = lock(session, sender, channel, self._now())
            self.accept_in(session, conversation, key, text, choice, admit=admit)
        self._feed.tell(sender)

    def accept_in(
        self,
        session: Session,
        conversation: Conversation,
        key: str,
        text: str | None = None,
        choice: str | None = None,
        most_waiting: int = MOST_WAITING,
        admit: Callable[[Session], object] | None = None,
    ) -> None:
        """Stores a message as `accept` does, in the transaction that has the lock.

        Raises:
            NotOffered: see `accept`.
            TooManyWaiting: see `accept`.
        """
        now, sender = self._now(), conversation.sender
        if _is_known(session, sender, key):
            return
        if admit is not None:
            admit(session)
        shown = text
        if choice is not None:
            shown = offered_choices(session, sender).get(choice)
            if shown is None:
                raise NotOffered("none of the buttons offers this choice")
        if _count_waiting(session, sender) >= most_waiting:
            raise TooManyWaiting("please wait for the answers to what you have sent")
        message = MessageIn(
            sender=sender,
            key=key,
            channel=conversation.channel,
            text=text,
            choice=choice,
            state=WAITING,
            told_of_delay=False,
            received_at=now,
        )
        session.add(message)
        session.flush()
        conversation.person_wrote_at = now
        if conversation.channel == WEB:
            _echo(session, conversation, message, shown or "", now)
        if is_leave_word(text) and self._ownership.leave(session, conversation, now):
            # It was for us, not for the brain.
            message.state = PLAYED
            message.text = None
        elif conversation.owner == BOT:
            again = f"again:{message.id}"
            reopen_just_closed(session, sender, self._news, again, self._idle, now)

    def leave(self, sender: str, channel: str) -> bool:
        """Lets the person go on with the assistant; returns whether that is new."""
        now = self._now()
        with self._database.writing() as session:
            conversation = lock(session, sender, channel, now)
            has_left = self._ownership.leave(session, conversation, now)
        self._feed.tell(sender)
        return has_left


def _echo(
    session: Session,
    conversation: Conversation,
    message: MessageIn,
    shown: str,
    now: datetime,
) -> None:
    """Puts a person's own message among those that every tab of theirs shows."""
    say(
        session,
        conversation,
        key=echo_key(message),
        speaker=PERSON,
        text=shown,
        message_id=message.key,
        now=now,
        # The brain records what it plays.
        recorded=True,
    )


def is_leave_word(text: str | None) -> bool:
    """Whether a message is nothing but the word that leaves."""
    return text is not None and text.strip().lower() == LEAVE_WORD


def echo_key(message: MessageIn) -> str:
    """Returns the key under which a message stands among those that are shown."""
    return f"in:{message.id}"


def offered_choices(session: Session, sender: str) -> dict[str, str]:
    """Returns the buttons that a person has been shown: payload to title."""
    query = (
        select(MessageOut.body)
        .where(MessageOut.sender == sender, MessageOut.state == READY)
        .order_by(MessageOut.id)
    )
    return {
        str(button["payload"]): str(button.get("title", ""))
        for body in session.scalars(query)
        for button in body["buttons"]
        if "payload" in button
    }


def _is_known(session: Session, sender: str, key: str) -> bool:
    query = select(MessageIn.id).where(MessageIn.sender == sender, MessageIn.key == key)
    return session.scalar(query) is not None


def _count_waiting(session: Session, sender: str) -> int:
    query = select(func.count()).where(
        MessageIn.sender == sender, MessageIn.state == WAITING
    )
    return session.scalar(query) or 0
