"""A message that reaches the brain, and how typed text is kept from being a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.channels.validation import (
    LONGEST_TEXT,
    BadRequest,
    a_text,
    a_text_or_none,
)

CHANNELS = ("web", "sms")
OWNERS = ("bot", "human")
INTENT_PREFIX = "/"
UNREADABLE = "?"
"""Stands for a message with nothing to read in it (blank, control characters)."""

TYPED = "typed"
"""Metadata: what was typed, where the text that is understood had to differ."""


@dataclass(frozen=True)
class Incoming:
    """A validated request."""

    sender: str
    text: str | None
    choice: str | None
    channel: str
    owner: str
    message_id: str | None

    @classmethod
    def from_json(cls, body: Any) -> Incoming:
        """Validates a request's body.

        Raises:
            BadRequest: naming the field and what it must be.
        """
        if not isinstance(body, dict):
            raise BadRequest("send a JSON object")
        sender = a_text(body.get("sender"), "sender")
        channel, owner = body.get("channel", "web"), body.get("owner", "bot")
        if channel not in CHANNELS:
            raise BadRequest(f"'channel' must be one of {', '.join(CHANNELS)}")
        if owner not in OWNERS:
            raise BadRequest(f"'owner' must be one of {', '.join(OWNERS)}")
        text, choice = body.get("text"), body.get("choice")
        if (text is None) == (choice is None):
            raise BadRequest("give either 'text' or 'choice'")
        given = text if choice is None else choice
        if not isinstance(given, str) or len(given) > LONGEST_TEXT:
            raise BadRequest(f"the message must be a text of at most {LONGEST_TEXT}")
        message_id = a_text_or_none(body.get("message_id"), "message_id")
        return cls(sender, text, choice, channel, owner, message_id)

    @property
    def understood_text(self) -> str:
        """What Rasa is given to understand."""
        return self.choice or as_plain_text(self.text or "")

    @property
    def metadata(self) -> dict[str, str]:
        """What is kept with the message."""
        typed = _readable(self.text or "")
        is_changed = self.choice is None and typed != self.understood_text
        return {"owner": self.owner, **({TYPED: typed} if is_changed else {})}


def as_plain_text(text: str) -> str:
    """Returns what a person typed so that Rasa cannot read it as a command."""
    plain = _readable(text).lstrip(INTENT_PREFIX + " \t\r\n")
    return plain or UNREADABLE


def _readable(text: str) -> str:
    return text.encode("utf-8", "ignore").decode("utf-8").strip()
