"""Who asks for a person while the clinic is closed is told when it opens, once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from frontdesk.conversations.conversation import Conversation
from frontdesk.conversations.notices import Notices
from frontdesk.conversations.outbox import say_notice
from frontdesk.hours.opening_hours import OpeningHours

SAY_PREFIX = "say:"
"""A choice that begins so is played as the text that follows."""

LEAVE_CONTACT = {
    "title": "Leave a number or e-mail",
    "payload": f"{SAY_PREFIX}Please call me back",
}

_WANTS_CONTACT = ("utter_advice_sent", "utter_human_sent")
_HAS_CONTACT = "utter_screening_sent"
"""The person has just left a number or an address."""


class ClosedNotice:
    """Adds the notice `closed_now` where it is due."""

    def __init__(self, notices: Notices, hours: OpeningHours) -> None:
        self._notices = notices
        self._hours = hours

    def add(
        self,
        session: Session,
        conversation: Conversation,
        message_id: int,
        delivered: Sequence[str],
        now: datetime,
    ) -> None:
        """Adds it once in each closed period, after a reply that it belongs to."""
        wants_contact = any(name in _WANTS_CONTACT for name in delivered)
        if not (wants_contact or _HAS_CONTACT in delivered):
            return
        if self._hours.is_open(now) or self._is_told(conversation, now):
            return
        opening = self._hours.next_opening(now)
        if opening is None:
            return
        conversation.told_closed_at = now
        say_notice(
            session,
            conversation,
            self._notices,
            "closed_now",
            key=f"closed:{message_id}",
            now=now,
            buttons=[LEAVE_CONTACT] if wants_contact else [],
            opens=self._hours.describe(opening, now),
        )

    def _is_told(self, conversation: Conversation, now: datetime) -> bool:
        told, closed = conversation.told_closed_at, self._hours.last_closing(now)
        return told is not None and (closed is None or told >= closed)
