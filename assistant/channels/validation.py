"""Reading requests of the front desk: whatever is wrong is told in plain words."""

from __future__ import annotations

from typing import Any

from sanic.request import Request

LONGEST_NAME = 255
LONGEST_TEXT = 10_000


class BadRequest(Exception):
    """Raised when a request is not as described; tells what to mend."""


def read_json(request: Request) -> Any:
    """Returns a request's body.

    Raises:
        BadRequest: if it is not JSON.
    """
    try:
        return request.json
    except Exception as error:
        raise BadRequest("send valid JSON in UTF-8") from error


def a_text(value: Any, field: str, longest: int = LONGEST_NAME) -> str:
    """Returns a value that must be a text which can be stored.

    Raises:
        BadRequest: naming the field and what it must be.
    """
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        raise BadRequest(f"'{field}' must be a text of 1 to {longest} characters")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadRequest(f"'{field}' must be valid Unicode") from error
    return value


def a_text_or_none(value: Any, field: str) -> str | None:
    """Returns a value that must be a text which can be stored, or nothing.

    Raises:
        BadRequest: naming the field and what it must be.
    """
    return None if value is None else a_text(value, field)
