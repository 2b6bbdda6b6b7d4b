"""Visitors' sessions: a signed token that names the conversation and expires."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeTimedSerializer

from frontdesk.clock import Clock

SENDER_PREFIX = "web-"
_SALT = "visitor"


@dataclass(frozen=True)
class Session:
    """What a visitor keeps; nothing of it is stored here."""

    token: str
    expires_at: datetime


class VisitorTokens:
    """Issues and reads tokens; only who has one can read or write a conversation."""

    def __init__(self, key: str, days: float, now: Clock) -> None:
        self._serializer = URLSafeTimedSerializer(key, salt=_SALT)
        self._lifetime = timedelta(days=days)
        self._now = now

    def issue(self, sender: str | None = None) -> Session:
        """Makes a token of a conversation, or of a new one."""
        sender = sender or SENDER_PREFIX + secrets.token_urlsafe(16)
        return Session(
            str(self._serializer.dumps(sender)), self._now() + self._lifetime
        )

    def sender_of(self, token: str) -> str | None:
        """Returns the conversation that a token names, if it is ours and valid."""
        try:
            sender = self._serializer.loads(
                token, max_age=int(self._lifetime.total_seconds())
            )
        except BadSignature:
            return None
        return str(sender)
