"""Twilio's requests: only those that Twilio has signed, for our account, are read."""

from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from fastapi import HTTPException, Request, status
from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import SIGNATURE_HEADER, RequestValidator

from frontdesk.sms.line import Line

Parameters = ImmutableMultiDict[str, str]

NOT_SIGNED = (
    "the signature does not fit -> compare 'sms.public_url' with the address in "
    "Twilio's console, and TWILIO_AUTH_TOKEN with the Auth Token there"
)
NOT_OUR_ACCOUNT = "not our account -> correct 'sms.account_sid'"
NOT_OUR_NUMBER = (
    "not our number -> correct 'sms.from_number' or 'sms.messaging_service_sid'"
)


def signed_parameters(line: Line) -> Callable[[Request], Awaitable[Parameters]]:
    """Builds the dependency that refuses everything but Twilio's own requests."""
    validator = RequestValidator(line.auth_token)

    async def parameters(request: Request) -> Parameters:
        body = (await request.body()).decode("utf-8", "replace")
        try:
            found = ImmutableMultiDict(parse_qsl(body, keep_blank_values=True))
        except ValueError as error:
            raise _forbidden(NOT_SIGNED) from error
        # What the proxy calls us does not matter: Twilio signs the public address.
        address = line.public_url + request.url.path
        if request.url.query:
            address += f"?{request.url.query}"
        signature = request.headers.get(SIGNATURE_HEADER, "")
        if not validator.validate(address, found, signature):
            raise _forbidden(NOT_SIGNED)
        if found.get("AccountSid") != line.account_sid:
            raise _forbidden(NOT_OUR_ACCOUNT)
        return found

    return parameters


def refuse_other_numbers(line: Line, parameters: Parameters) -> None:
    """Refuses texts to numbers that are not the clinic's."""
    number = parameters.get("To", "").rpartition(":")[2]
    if not line.is_ours(number, parameters.get("MessagingServiceSid", "")):
        raise _forbidden(NOT_OUR_NUMBER)


def _forbidden(detail: str) -> HTTPException:
    return HTTPException(status.HTTP_403_FORBIDDEN, detail)
