"""Only our own processes may use what is under /internal."""

import hmac

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

INTERNAL_PATH = "/internal"
_SCHEME = b"bearer "


class InternalToken:
    """Answers 401 to every request under /internal that lacks the token.

    It stands before routing, so that a new internal route is closed from the start,
    and a stranger's body is never parsed.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or refuses it."""
        if _is_internal(scope) and not self._has_token(scope):
            refusal = JSONResponse(
                {"detail": "send the front desk's token: Authorization: Bearer ..."},
                status_code=401,
                headers={"WWW-Authenticate": "Bearer"},
            )
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _has_token(self, scope: Scope) -> bool:
        sent = Headers(scope=scope).get("authorization", "").encode("latin-1")
        scheme, token = sent[: len(_SCHEME)], sent[len(_SCHEME) :]
        # Constant time, so that the token cannot be guessed byte by byte.
        return scheme.lower() == _SCHEME and hmac.compare_digest(token, self._token)


def _is_internal(scope: Scope) -> bool:
    if scope["type"] == "lifespan":
        return False
    path = scope["path"]
    return bool(path == INTERNAL_PATH or path.startswith(INTERNAL_PATH + "/"))
