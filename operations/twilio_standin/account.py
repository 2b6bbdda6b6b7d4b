"""Whose account and number the stand-in answers for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """An account of Twilio; the shipped one is invented.

    Attributes:
        sid: The account's id.
        token: The secret that signs webhooks and opens the API.
        number: The clinic's number, in E.164.
        messaging_service: What may be sent from instead of the number.
    """

    sid: str = "AC0123456789abcdef0123456789abcdef"
    token: str = "twilio-token-of-the-stand-in"
    number: str = "+12125550199"
    messaging_service: str = "MG0123456789abcdef0123456789abcdef"
