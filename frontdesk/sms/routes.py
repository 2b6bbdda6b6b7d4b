"""The routes that Twilio calls."""

import logging
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Response, status
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.concurrency import run_in_threadpool
from twilio.twiml.messaging_response import MessagingResponse

from frontdesk.conversations.notices import SMS, Notices
from frontdesk.database.faults import fault_code
from frontdesk.errors import TooManyWaiting
from frontdesk.sms.incoming import IncomingText, IncomingTexts
from frontdesk.sms.line import Line
from frontdesk.sms.phone_book import e164
from frontdesk.sms.received import LONGEST_SID
from frontdesk.sms.requests import Parameters, refuse_other_numbers, signed_parameters
from frontdesk.sms.states import States

DeliveryId = Annotated[int, Query(ge=1, lt=2**31)]

logger = logging.getLogger(__name__)


def sms_routes(
    line: Line, texts: IncomingTexts, states: States, notices: Notices
) -> APIRouter:
    """Builds everything under /sms."""
    router = APIRouter(prefix="/sms")
    Signed = Annotated[Parameters, Depends(signed_parameters(line))]

    async def take(parameters: Parameters) -> Response:
        refuse_other_numbers(line, parameters)
        number = e164(parameters.get("From", ""))
        if ":" in parameters.get("From", ""):
            logger.warning("a message by another channel than SMS was not taken")
            return _answer(notices, "sms_only")
        if number is None or number == line.from_number:
            # Short codes and names of companies: an answer could go on for ever.
            logger.warning("a text that cannot be answered was not taken")
            return _stored()
        await run_in_threadpool(texts.take, _text_in(parameters, number))
        return _stored()

    @router.post("/incoming")
    async def incoming(parameters: Signed) -> Response:
        try:
            return await take(parameters)
        except TooManyWaiting as error:
            raise HTTPException(
                status.HTTP_503_SERVICE_UNAVAILABLE, str(error)
            ) from error

    # Twilio calls this when the first request has failed.
    @router.post("/fallback")
    async def fallback(parameters: Signed) -> Response:
        try:
            return await take(parameters)
        except TooManyWaiting:
            return _answer(notices, "not_stored")
        except (DBAPIError, PoolTimeoutError) as error:
            logger.error("a text was not stored: database fault %s", fault_code(error))
            return _answer(notices, "not_stored")

    @router.post("/status")
    async def tell(parameters: Signed, delivery: DeliveryId) -> Response:
        code = parameters.get("ErrorCode", "")
        await run_in_threadpool(
            states.tell,
            delivery,
            parameters.get("MessageSid", ""),
            parameters.get("MessageStatus", ""),
            int(code) if code.isdecimal() else None,
        )
        return _stored()

    return router


def _stored() -> Response:
    return Response(status_code=status.HTTP_204_NO_CONTENT)


def _text_in(parameters: Parameters, number: str) -> IncomingText:
    message_sid = parameters.get("MessageSid", "")
    if not 0 < len(message_sid) <= LONGEST_SID:
        raise HTTPException(status.HTTP_422_UNPROCESSABLE_CONTENT, "no MessageSid")
    media = parameters.get("NumMedia", "")
    return IncomingText(
        message_sid=message_sid,
        number=number,
        text=parameters.get("Body", ""),
        has_media=media.isdecimal() and int(media) > 0,
        opt_out_type=parameters.get("OptOutType", ""),
    )


def _answer(notices: Notices, notice: str) -> Response:
    """Answers at once, with nothing stored."""
    twiml = MessagingResponse()
    twiml.message(notices.render(notice, SMS))
    return Response(str(twiml), media_type="application/xml")
