"""Files that any website may load, and that are asked for anew at each visit."""

from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS = {
    # Sent again only if changed: an old script never meets a new server.
    "Cache-Control": "no-cache",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}


def public_files(folder: Path) -> ASGIApp:
    """Serves what is in a folder."""
    return _WithHeaders(StaticFiles(directory=folder))


def public_script(script: str) -> ASGIApp:
    """Serves a script that is in no file."""
    tag = f'"{sha256(script.encode()).hexdigest()}"'
    whole = Response(script, media_type="text/javascript", headers={"ETag": tag})
    unchanged = Response(status_code=304, headers={"ETag": tag})

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        is_known = tag in Headers(scope=scope).get("If-None-Match", "")
        await (unchanged if is_known else whole)(scope, receive, send)

    return _WithHeaders(answer)


class _WithHeaders:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)
