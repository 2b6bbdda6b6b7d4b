"""Asks Twilio whether it knows the account, and where it sends the number's texts."""

from __future__ import annotations

from collections.abc import Iterator

import httpx

from frontdesk.sms.line import Line
from operations.sms_check.finding import Finding
from operations.twilio_standin.sent_message import API
from operations.twilio_standin.webhooks import INCOMING

PATIENCE_SECONDS = 15.0


def twilio_findings(line: Line) -> Iterator[Finding]:
    """Tells whether the account and the number are set up there."""
    base = f"{API}/Accounts/{line.account_sid}"
    with httpx.Client(
        base_url=line.api_url,
        auth=(line.account_sid, line.auth_token),
        timeout=PATIENCE_SECONDS,
    ) as client:
        try:
            account = client.get(f"{base}.json")
            yield _account(account)
            # A messaging service has its addresses elsewhere.
            if account.is_success and not line.messaging_service_sid:
                query = {"PhoneNumber": line.from_number}
                found = client.get(f"{base}/IncomingPhoneNumbers.json", params=query)
                yield _number(found, line.public_url + INCOMING)
        except httpx.TransportError as error:
            yield Finding(
                "Twilio's API can be reached",
                f"no answer ({type(error).__name__})",
                "let this machine reach sms.api_url",
            )


def _account(answer: httpx.Response) -> Finding:
    what = "Twilio knows the account and its token"
    if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.NOT_FOUND):
        remedy = "copy both from Twilio's console: sms.account_sid, TWILIO_AUTH_TOKEN"
        return Finding(what, "it does not", remedy)
    if not answer.is_success:
        return Finding(what, f"it answered {answer.status_code}", "try again later")
    status = answer.json().get("status")
    remedy = "see Twilio's console for the reason"
    return Finding(what, "" if status == "active" else f"it is {status}", remedy)


def _number(answer: httpx.Response, wanted: str) -> Finding:
    what = "Twilio sends the number's texts here"
    numbers = answer.json().get("incoming_phone_numbers") if answer.is_success else []
    if not numbers:
        remedy = "correct sms.from_number, or sms.account_sid"
        return Finding(what, "the account has no such number", remedy)
    if numbers[0].get("sms_url") != wanted:
        remedy = f"set 'A message comes in' of the number to {wanted}"
        return Finding(what, "it sends them elsewhere", remedy)
    return Finding(what)
