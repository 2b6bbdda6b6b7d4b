"""A text from a phone: stored, with all that follows at once, and answered later."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from frontdesk.clock import Clock
from frontdesk.conversations.conversation import BOT, Conversation
from frontdesk.conversations.feed import Feed
from frontdesk.conversations.inbox import Inbox
from frontdesk.conversations.notices import SMS, Notices
from frontdesk.conversations.ownership import lock
from frontdesk.database.database import Database
from frontdesk.notifications.queue import NewsQueue
from frontdesk.sms.choices import chosen_payload
from frontdesk.sms.keyword_acts import KeywordActs
from frontdesk.sms.keywords import keyword_in
from frontdesk.sms.line import Line
from frontdesk.sms.number import remember
from frontdesk.sms.opt_out import is_opted_out
from frontdesk.sms.received import is_new
from frontdesk.sms.replies import reply
from frontdesk.sms.unreachable import SENT_PICTURE, tell_staff

MOST_WAITING = 200
"""Of one phone; its texts are not refused, since Twilio would not bring them again."""

LONGEST = 10_000
"""What the brain reads; a text has at most 1,600 characters."""


@dataclass(frozen=True)
class IncomingText:
    """One text, as Twilio brings it."""

    message_sid: str
    number: str
    text: str
    has_media: bool
    opt_out_type: str


class IncomingTexts:
    """Takes texts; the same one again changes nothing."""

    def __init__(
        self,
        database: Database,
        inbox: Inbox,
        notices: Notices,
        news: NewsQueue,
        feed: Feed,
        line: Line,
        now: Clock,
    ) -> None:
        self._database = database
        self._inbox = inbox
        self._notices = notices
        self._news = news
        self._feed = feed
        self._phone_book = line.phone_book
        self._keyword_acts = KeywordActs(notices, news, line.answers_keywords)
        self._now = now

    def take(self, text: IncomingText) -> None:
        """Stores a text in one transaction with what follows from it.

        Raises:
            TooManyWaiting: if the phone has sent more than can be kept.
        """
        now = self._now()
        sender = self._phone_book.sender_of(text.number)
        with self._database.writing() as session:
            conversation = lock(session, sender, SMS, now)
            if not is_new(session, text.message_sid, now):
                return
            remember(session, text.number, self._phone_book)
            self._take(session, conversation, text, now)
        self._feed.tell(sender)

    def _take(
        self,
        session: Session,
        conversation: Conversation,
        text: IncomingText,
        now: datetime,
    ) -> None:
        key = text.message_sid
        keyword = keyword_in(
            text.text, text.opt_out_type, is_opted_out(session, conversation.sender)
        )
        if keyword is not None:
            self._keyword_acts.obey(session, conversation, keyword, key, now)
            return
        is_blank = not text.text.strip()
        if is_blank or text.has_media:
            notice = "sms_picture" if text.has_media else "sms_empty"
            reply(session, conversation, self._notices, notice, key, now)
        if text.has_media:
            sender = conversation.sender
            tell_staff(session, sender, SENT_PICTURE, f"sms:{key}", self._news, now)
        if is_blank:
            conversation.person_wrote_at = now
            return
        payload = None
        if conversation.owner == BOT:
            payload = chosen_payload(session, conversation.sender, text.text)
        self._inbox.accept_in(
            session,
            conversation,
            key,
            text=None if payload else text.text[:LONGEST],
            choice=payload,
            most_waiting=MOST_WAITING,
        )
