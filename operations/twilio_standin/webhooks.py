"""What Twilio calls: signed requests for texts that arrive and for their state."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlsplit

import httpx
from twilio.request_validator import RequestValidator

from operations.twilio_standin.account import Account
from operations.twilio_standin.sent_message import SentMessage, new_sid

PATIENCE = httpx.Timeout(15.0, connect=5.0)
"""How long Twilio waits for an answer."""

INCOMING, FALLBACK = "/sms/incoming", "/sms/fallback"


class Webhooks:
    """Signs for the public address, and knocks where the front desk really listens."""

    def __init__(self, account: Account, front_desk: str, public_url: str) -> None:
        """Takes the address that is called and the one that is signed."""
        self._account = account
        self._front_desk = front_desk.rstrip("/")
        self.public_url = public_url.rstrip("/")
        self._validator = RequestValidator(account.token)
        self._client = httpx.Client(
            timeout=PATIENCE, limits=httpx.Limits(max_connections=None), trust_env=False
        )

    def incoming(
        self, number: str, body: str, sid: str | None = None, **more: str
    ) -> dict[str, str]:
        """Returns the parameters of a text from a phone; `more` adds or replaces."""
        sid = sid or new_sid("SM")
        return {
            "ToCountry": "US",
            "ToState": "",
            "SmsMessageSid": sid,
            "NumMedia": "0",
            "ToCity": "",
            "FromZip": "",
            "SmsSid": sid,
            "FromState": "",
            "SmsStatus": "received",
            "FromCity": "",
            "Body": body,
            "FromCountry": "US",
            "To": self._account.number,
            "ToZip": "",
            "NumSegments": "1",
            "MessageSid": sid,
            "AccountSid": self._account.sid,
            "From": number,
            "ApiVersion": "2010-04-01",
        } | more

    def state(self, message: SentMessage) -> dict[str, str]:
        """Returns the parameters that tell of a text's state."""
        parameters = {
            "SmsSid": message.sid,
            "SmsStatus": message.status,
            "MessageStatus": message.status,
            "To": message.to,
            "MessageSid": message.sid,
            "AccountSid": self._account.sid,
            "From": message.sender,
            "ApiVersion": "2010-04-01",
        }
        if message.messaging_service:
            parameters["MessagingServiceSid"] = message.messaging_service
        if message.error_code:
            parameters["ErrorCode"] = str(message.error_code)
        return parameters

    def signature(self, path: str, parameters: Mapping[str, str]) -> str:
        """Returns what `X-Twilio-Signature` must be for a request to a path."""
        url = self.public_url + path
        return str(self._validator.compute_signature(url, dict(parameters)))

    def send(
        self,
        path: str,
        parameters: Mapping[str, str],
        signature: str | None = None,
        front_desk: str | None = None,
    ) -> httpx.Response:
        """Sends a request once, signed unless another signature is given.

        Raises:
            httpx.TransportError: if it was not answered.
        """
        headers = {
            "User-Agent": "TwilioProxy/1.1",
            "X-Twilio-Signature": (
                self.signature(path, parameters) if signature is None else signature
            ),
        }
        address = (front_desk or self._front_desk) + path
        return self._client.post(address, data=dict(parameters), headers=headers)

    def send_as_twilio_does(
        self, path: str, parameters: Mapping[str, str], front_desk: str | None = None
    ) -> httpx.Response | None:
        """Sends a request, and turns to the fallback address if it failed.

        Returns the last answer; none if there was none.
        """
        answer = None
        for address in (path, FALLBACK if path == INCOMING else path):
            with suppress(httpx.TransportError):
                answer = self.send(address, parameters, front_desk=front_desk)
                if not answer.is_server_error:
                    return answer
        return answer

    def path_of(self, url: str) -> str:
        """Returns the path of an address that the front desk gave."""
        parts = urlsplit(url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()
