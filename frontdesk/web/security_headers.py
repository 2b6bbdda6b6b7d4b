"""What browsers are told about every page for staff."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS = {
    # Scripts and styles are files of ours: none is written into a page.
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # With "no-referrer" browsers would send "Origin: null" with our own forms, and
    # CrossSiteRefusal could not tell them from a stranger's.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

_STATIC_PATH = "/static/"


class SecurityHeaders:
    """Adds the headers to every answer but one: the line of text after a fault."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and adds the headers to the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # Files are asked for anew but sent only if changed; pages hold conversations.
        caching = "no-cache" if scope["path"].startswith(_STATIC_PATH) else "no-store"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS | {"Cache-Control": caching})
            await send(message)

        await self._app(scope, receive, send_with_headers)
