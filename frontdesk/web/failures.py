"""What callers are told when a request fails: enough to mend it, nothing they wrote."""

import logging
import re

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from frontdesk.database.faults import fault_code

RETRY_AFTER_SECONDS = "1"

_FIELD_NAME = re.compile(r"[a-z_]{1,32}")

logger = logging.getLogger(__name__)


async def request_invalid(_: Request, error: RequestValidationError) -> JSONResponse:
    """Names the fields that are wrong; FastAPI would quote the message, too."""
    problems = [
        {
            "loc": [_field_name(part) for part in problem["loc"]],
            "msg": problem["msg"],
            "type": problem["type"],
        }
        for problem in error.errors()
    ]
    return JSONResponse({"detail": problems}, status_code=422)


async def database_failed(_: Request, error: Exception) -> JSONResponse:
    """Says that nothing is certain to be stored, so that nobody is told it was."""
    logger.error("database fault %s", fault_code(error))
    return JSONResponse(
        {"detail": "the database did not confirm this -> send the same request again"},
        status_code=503,
        headers={"Retry-After": RETRY_AFTER_SECONDS},
    )


async def request_failed(_: Request, __: Exception) -> JSONResponse:
    """Says no more than that; `RequestLog` logs where it happened."""
    return JSONResponse({"detail": "the front desk failed"}, status_code=500)


def _field_name(part: int | str) -> int | str:
    # A key of `details` is whatever was sent, even what JSON cannot be made of.
    is_ours = isinstance(part, int) or _FIELD_NAME.fullmatch(part)
    return part if is_ours else "(key)"
