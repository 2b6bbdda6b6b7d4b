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
        sender = conversation.sender
        told: str | None = None
        # Unless it is Twilio that has answered, or will.
        answers = not keyword.is_answered and (
            self.answers_keywords or not keyword.is_twilios
        )
        if keyword.kind == STOP:
            # Its answer is the one text that is still allowed.
            answers = opt_out(session, sender, BY_KEYWORD, now) and answers
            told, notice = BY_STOP, "sms_stopped"
        elif keyword.kind == START:
            told = TEXTED_START if opt_in(session, sender) else None
            notice = "sms_started"
        else:
            # Who texts HELP in danger may well mean it: the crisis line is named.
            answers = answers or is_in_danger(session, sender)
            told, notice = TEXTED_HELP, "sms_help"
        if told is not None:
            tell_staff(session, sender, told, f"sms:{key}", self.news, now)
        if answers:
            message_id = reply(session, conversation, self.notices, notice, key, now)
            send_in_any_case(session, message_id)
