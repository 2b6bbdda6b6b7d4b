"""Twilio's Messages API: hands over a text, or finds out what became of one."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from frontdesk.sms.line import Line

CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 15.0
_LISTED = 100
_CLOCK_SKEW = timedelta(minutes=2)
"""How far Twilio's clock and ours may be apart."""

_QUEUE_IS_FULL = 21611
_MOST_SECONDS = 3600


class NotTaken(Exception):
    """Raised when Twilio has not taken a text, but may take it later."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds
        """How long Twilio asks us to wait."""


class Refused(Exception):
    """Raised when Twilio will never take a text; `code` is its number of the reason."""

    def __init__(self, code: int) -> None:
        super().__init__(f"error {code}")
        self.code = code


class OutcomeUnknown(Exception):
    """Raised when Twilio may have taken a text, or may not."""


class MessagesApi:
    """One client for all texts; nothing of it blocks."""

    def __init__(self, line: Line) -> None:
        self._line = line
        account = f"/2010-04-01/Accounts/{line.account_sid}"
        self._path = f"{account}/Messages.json"
        self._client = httpx.AsyncClient(
            base_url=line.api_url,
            auth=(line.account_sid, line.auth_token),
            timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
        )

    async def send(self, number: str, text: str, delivery_id: int) -> str:
        """Hands over a text; returns Twilio's name for it.

        Raises:
            NotTaken: if it may be tried again later.
            Refused: if it may not.
            OutcomeUnknown: if it has to be looked up first.
        """
        fields = {
            "To": number,
            "From": self._line.from_number,
            "MessagingServiceSid": self._line.messaging_service_sid,
            "Body": text,
            # Names the text even if the answer with Twilio's own name gets lost.
            "StatusCallback": f"{self._line.public_url}/sms/status"
            f"?delivery={delivery_id}",
        }
        given = {name: value for name, value in fields.items() if value}
        try:
            answer = await self._client.post(self._path, data=given)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise NotTaken(type(error).__name__) from error
        except httpx.HTTPError as error:
            raise OutcomeUnknown(type(error).__name__) from error
        if answer.is_success:
            return _sid_in(answer)
        raise _failure(answer)

    async def find(
        self, number: str, text: str, since: datetime, known: set[str]
    ) -> str | None:
        """Returns the name of a text that may have been taken, if it was.

        `known` are the names of other texts, which may say the same.

        Raises:
            OutcomeUnknown: if Twilio does not tell.
        """
        # Not by the day of sending: a text that waits at Twilio has none.
        query = {"To": number, "PageSize": str(_LISTED)}
        try:
            answer = await self._client.get(self._path, params=query)
            answer.raise_for_status()
            listed = answer.json()["messages"]
            return next(
                (
                    str(one["sid"])
                    for one in listed
                    if one["body"] == text
                    and one["sid"] not in known
                    and _created(one) >= since - _CLOCK_SKEW
                ),
                None,
            )
        except (httpx.HTTPError, KeyError, TypeError, ValueError) as error:
            raise OutcomeUnknown(type(error).__name__) from error

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()


def _sid_in(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["sid"])
    except (KeyError, TypeError, ValueError) as error:
        raise OutcomeUnknown("an answer that cannot be read") from error


def _failure(answer: httpx.Response) -> Exception:
    status, code = answer.status_code, _code_in(answer)
    reason = f"HTTP {status}, error {code}"
    if status == httpx.codes.TOO_MANY_REQUESTS or code == _QUEUE_IS_FULL:
        return NotTaken(reason, _retry_after(answer))
    if status in (
        httpx.codes.UNAUTHORIZED,
        httpx.codes.FORBIDDEN,
        httpx.codes.NOT_FOUND,
    ):
        # Not the text's fault: the account is wrong, closed or out of money.
        return NotTaken(f"{reason} -> check 'sms' in settings.yml and the account")
    if httpx.codes.is_client_error(status) and status != httpx.codes.REQUEST_TIMEOUT:
        return Refused(code)
    return OutcomeUnknown(reason)


def _code_in(answer: httpx.Response) -> int:
    try:
        return int(answer.json()["code"])
    except (KeyError, TypeError, ValueError):
        return answer.status_code


def _retry_after(answer: httpx.Response) -> float | None:
    written = answer.headers.get("Retry-After", "")
    return min(float(written), _MOST_SECONDS) if written.isdecimal() else None


def _created(message: dict[str, Any]) -> datetime:
    return parsedate_to_datetime(message["date_created"])
