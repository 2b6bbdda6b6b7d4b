"""Sends two requests to the public address: a forged one, and one that is signed.

Both are for a number that is not the clinic's, so neither begins a conversation.
"""

from __future__ import annotations

from collections.abc import Iterator

import httpx

from frontdesk.sms.line import Line
from frontdesk.sms.requests import NOT_OUR_NUMBER
from operations.sms_check.finding import Finding
from operations.twilio_standin.account import Account
from operations.twilio_standin.webhooks import INCOMING, Webhooks

NOT_OURS = "+15005550006"
"""A number that Twilio keeps for tests: no clinic has it."""


def signature_findings(line: Line) -> Iterator[Finding]:
    """Tells whether the running server knows Twilio's requests from others."""
    account = Account(line.account_sid, line.auth_token, NOT_OURS)
    webhooks = Webhooks(account, line.public_url, line.public_url)
    parameters = webhooks.incoming(NOT_OURS, "")
    reaching = f"the front desk answers at {line.public_url}{INCOMING}"
    try:
        forged = webhooks.send(INCOMING, parameters, signature="forged")
        signed = webhooks.send(INCOMING, parameters)
    except httpx.TransportError as error:
        yield Finding(
            reaching,
            f"no answer ({type(error).__name__})",
            "start it ('make run'), and check the proxy and its certificate",
        )
        return
    finally:
        webhooks.close()
    yield Finding(reaching)
    yield _forged(forged)
    yield _signed(signed)


def _forged(answer: httpx.Response) -> Finding:
    what = "a wrong signature is refused"
    if answer.status_code == httpx.codes.FORBIDDEN:
        return Finding(what)
    return Finding(what, f"it was answered {answer.status_code}", _remedy(answer))


def _signed(answer: httpx.Response) -> Finding:
    what = "a right signature is accepted"
    if NOT_OUR_NUMBER in answer.text:
        return Finding(what)
    if answer.status_code == httpx.codes.FORBIDDEN:
        return Finding(
            what,
            "it was refused",
            "restart the front desk, so that it has these settings and this secret",
        )
    return Finding(what, f"it was answered {answer.status_code}", _remedy(answer))


def _remedy(answer: httpx.Response) -> str:
    if answer.is_redirect:
        return "set sms.public_url to the address that it redirects to"
    if answer.status_code == httpx.codes.NOT_FOUND:
        return "restart the front desk with sms.enabled, and let the proxy pass /sms/"
    return "see that the proxy passes /sms/ on to this front desk, with its body"
