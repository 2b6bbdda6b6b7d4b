"""What STOP, START and HELP do."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from frontdesk.conversations.conversation import Conversation
from frontdesk.conversations.notices import Notices
from frontdesk.notifications.queue import NewsQueue
from frontdesk.sms.keywords import START, STOP, Keyword
from frontdesk.sms.opt_out import BY_KEYWORD, opt_in, opt_out
from frontdesk.sms.replies import reply, send_in_any_case
from frontdesk.sms.unreachable import (
    BY_STOP,
    TEXTED_HELP,
    TEXTED_START,
    is_in_danger,
    tell_staff,
)


@dataclass(frozen=True)
class KeywordActs:
    """Obeys, tells staff, and answers unless Twilio has answered."""

    notices: Notices
    news: NewsQueue
    answers_keywords: bool

    def obey(
        self,
        session: Session,
        conversation: Conversation,
        keyword: Keyword,
        key: str,
        now: datetime,
    ) -> None:
        """Does what the keyword asks; the conversation's row is locked."""
        conversation.person_wrote_at = now
        is_ours_to_answer = not keyword.is_answered and (
            self.answers_keywords or not keyword.is_twilios
        )
        if keyword.kind == STOP:
            self._stop(session, conversation, key, is_ours_to_answer, now)
        elif keyword.kind == START:
            self._start(session, conversation, key, is_ours_to_answer, now)
        else:
            self._help(session, conversation, key, is_ours_to_answer, now)

    def _stop(
        self,
        session: Session,
        conversation: Conversation,
        key: str,
        is_ours_to_answer: bool,
        now: datetime,
    ) -> None:
        is_new = opt_out(session, conversation.sender, BY_KEYWORD, now)
        self._tell(session, conversation, BY_STOP, key, now)
        if is_new and is_ours_to_answer:
            # The one text that is still allowed.
            self._answer(session, conversation, "sms_stopped", key, now)

    def _start(
        self,
        session: Session,
        conversation: Conversation,
        key: str,
        is_ours_to_answer: bool,
        now: datetime,
    ) -> None:
        if opt_in(session, conversation.sender):
            self._tell(session, conversation, TEXTED_START, key, now)
        if is_ours_to_answer:
            self._answer(session, conversation, "sms_started", key, now)

    def _help(
        self,
        session: Session,
        conversation: Conversation,
        key: str,
        is_ours_to_answer: bool,
        now: datetime,
    ) -> None:
        """Who texts HELP in danger may well mean it: the crisis line is named."""
        in_danger = is_in_danger(session, conversation.sender)
        self._tell(session, conversation, TEXTED_HELP, key, now)
        if is_ours_to_answer or in_danger:
            self._answer(session, conversation, "sms_help", key, now)

    def _answer(
        self,
        session: Session,
        conversation: Conversation,
        notice: str,
        key: str,
        now: datetime,
    ) -> None:
        message_id = reply(session, conversation, self.notices, notice, key, now)
        send_in_any_case(session, message_id)

    def _tell(
        self,
        session: Session,
        conversation: Conversation,
        what: str,
        key: str,
        now: datetime,
    ) -> None:
        sender = conversation.sender
        tell_staff(session, sender, what, f"sms:{key}", self.news, now)
