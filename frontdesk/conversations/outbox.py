"""Saying something to a person: it is stored first, and delivered from there."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.conversations.conversation import Conversation
from frontdesk.conversations.message_out import NOTICE, READY, MessageOut
from frontdesk.conversations.notices import Notices
from frontdesk.sms.queueing import queue_text

_LONGEST_KEY = 200


def say(
    session: Session,
    conversation: Conversation,
    *,
    key: str,
    speaker: str,
    text: str,
    now: datetime,
    name: str | None = None,
    staff_name: str | None = None,
    buttons: Sequence[dict[str, Any]] = (),
    metadata: dict[str, Any] | None = None,
    message_id: str | None = None,
    state: str = READY,
    recorded: bool = False,
) -> MessageOut:
    """Adds a message to the outbox, once for each key.

    The conversation's row must be locked: that keeps its messages in order. A reply
    names the message that it answers (`message_id`); what the brain said itself is
    `recorded` already.
    """
    key = _fitting(key)
    known = _with_key(session, key)
    if known is not None:
        return known
    message = MessageOut(
        sender=conversation.sender,
        key=key,
        channel=conversation.channel,
        speaker=speaker,
        staff_name=staff_name,
        name=name,
        body={
            "text": text,
            "buttons": list(buttons),
            "metadata": metadata or {},
            "message_id": message_id,
        },
        state=state,
        created_at=now,
        recorded_at=now if recorded else None,
    )
    session.add(message)
    session.flush()
    queue_text(session, message)
    return message


def say_notice(
    session: Session,
    conversation: Conversation,
    notices: Notices,
    name: str,
    *,
    key: str,
    now: datetime,
    buttons: Sequence[dict[str, Any]] = (),
    staff_name: str | None = None,
    **fields: str,
) -> MessageOut:
    """Adds a notice to the outbox, once for each key."""
    if staff_name is not None:
        fields["staff_name"] = staff_name
    return say(
        session,
        conversation,
        key=key,
        speaker=NOTICE,
        name=name,
        text=notices.render(name, conversation.channel, **fields),
        staff_name=staff_name,
        buttons=buttons,
        now=now,
    )


def is_said(session: Session, key: str) -> bool:
    """Whether a message with this key is in the outbox."""
    return _with_key(session, _fitting(key)) is not None


def _with_key(session: Session, key: str) -> MessageOut | None:
    return session.scalar(select(MessageOut).where(MessageOut.key == key))


def _fitting(key: str) -> str:
    """A key holds a sender, which may be longer than a key can be."""
    if len(key) <= _LONGEST_KEY:
        return key
    return hashlib.sha256(key.encode()).hexdigest()
