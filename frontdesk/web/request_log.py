"""One log line a request, without anything that identifies a person."""

import logging
import secrets
import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from frontdesk.logs import safe_traceback

logger = logging.getLogger(__name__)


class RequestLog:
    """Logs method, route template, status, duration and request id.

    It wraps the whole application: an exception that ends here has been answered
    already, and the server must not log it with its message.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and logs how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = secrets.token_hex(6)
        status = 0
        started = time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except Exception as error:
            logger.error("request %s failed: %s", request_id, safe_traceback(error))
        finally:
            milliseconds = round((time.perf_counter() - started) * 1000)
            logger.info(
                "%s %s %s %d ms %s",
                scope["method"],
                _route_template(scope),
                status or "unanswered",
                milliseconds,
                request_id,
            )


def _route_template(scope: Scope) -> str:
    """Returns `/internal/people/{sender}`, never the path itself."""
    return str(getattr(scope.get("route"), "path_format", "(no route)"))
