"""A text that Twilio has accepted, as its API tells of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import format_datetime
from typing import Any

from content import gsm7

API = "/2010-04-01"


def new_sid(kind: str) -> str:
    """Returns an id as Twilio makes them: two letters and 32 hexadecimal digits."""
    return kind + secrets.token_hex(16)


@dataclass
class SentMessage:
    """One text on its way to a phone."""

    account_sid: str
    to: str
    sender: str
    body: str
    status_callback: str | None = None
    messaging_service: str | None = None
    status: str = "queued"
    error_code: int | None = None
    direction: str = "outbound-api"
    sid: str = field(default_factory=lambda: new_sid("SM"))
    created: datetime = field(default_factory=lambda: datetime.now(timezone.utc))

    @property
    def segments(self) -> int:
        """How many segments the text takes, and is billed as."""
        return gsm7.segments(self.body)

    def as_json(self) -> dict[str, Any]:
        """Returns the message as the Messages API gives it."""
        moment = format_datetime(self.created)
        return {
            "account_sid": self.account_sid,
            "api_version": API.strip("/"),
            "body": self.body,
            "date_created": moment,
            "date_sent": None if self.status in ("queued", "accepted") else moment,
            "date_updated": moment,
            "direction": self.direction,
            "error_code": self.error_code,
            "error_message": None,
            "from": self.sender,
            "messaging_service_sid": self.messaging_service,
            "num_media": "0",
            "num_segments": str(self.segments),
            "price": None,
            "price_unit": "USD",
            "sid": self.sid,
            "status": self.status,
            "subresource_uris": {},
            "to": self.to,
            "uri": f"{API}/Accounts/{self.account_sid}/Messages/{self.sid}.json",
        }
