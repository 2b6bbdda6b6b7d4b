"""What staff see when a request fails: a page that says what to do."""

import logging
from collections.abc import Mapping
from http import HTTPStatus

from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from frontdesk.database.faults import fault_code
from frontdesk.staff.guard import is_for_a_page
from frontdesk.web.failures import RETRY_AFTER_SECONDS

_NOT_FOUND = "There is no such page. It may have been removed."

logger = logging.getLogger(__name__)


class ProblemPages:
    """Exception handlers that answer in HTML, or in plain text to scripts."""

    def __init__(self, templates: Jinja2Templates) -> None:
        self._templates = templates

    async def refused(self, request: Request, error: Exception) -> Response:
        """Says why a request was refused."""
        assert isinstance(error, HTTPException)
        text = error.detail
        if text == HTTPStatus.NOT_FOUND.phrase:
            text = _NOT_FOUND
        return self._answer(request, error.status_code, text, error.headers)

    async def invalid(self, request: Request, _: Exception) -> Response:
        """Says that a form was not as its page makes it."""
        return self._answer(
            request, 422, "This form was not complete. Reload the page and try again."
        )

    async def database_failed(self, request: Request, error: Exception) -> Response:
        """Says that nothing is certain to be stored."""
        logger.error("database fault %s", fault_code(error))
        return self._answer(
            request,
            503,
            "The database did not answer. What you sent may not be stored. Try again.",
            {"Retry-After": RETRY_AFTER_SECONDS},
        )

    async def failed(self, _: Request, __: Exception) -> Response:
        """Says no more than that; `RequestLog` logs where it happened."""
        # Without a template: that may be what failed.
        return PlainTextResponse(
            "Something went wrong here. It was logged. Go back and try again.", 500
        )

    def _answer(
        self,
        request: Request,
        status: int,
        text: str,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        if not is_for_a_page(request):
            return PlainTextResponse(text, status, headers)
        return self._templates.TemplateResponse(
            request,
            "staff/problem.html",
            {"member": getattr(request.state, "member", None), "text": text},
            status_code=status,
            headers=headers,
        )
