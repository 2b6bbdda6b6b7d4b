"""Other websites may not send requests in the name of whoever visits them."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""They change nothing."""

_OF_OURS = ("same-origin", "none")


class CrossSiteRefusal:
    """Answers 403 to requests that change something and come from another site.

    It stands before routing, so that it covers sign-in, too, where there is no session
    yet whose token a form could carry.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or refuses it."""
        if (
            scope["type"] == "http"
            and scope["method"] not in SAFE_METHODS
            and _is_of_another_site(Headers(scope=scope))
        ):
            refusal = PlainTextResponse(
                "This came from another website, so nothing was done.",
                status_code=403,
            )
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_of_another_site(headers: Headers) -> bool:
    # Browsers leave out Sec-Fetch-Site where a page has neither https nor a local
    # address. What sends neither of the two is no browser, and nobody's visit.
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in _OF_OURS
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")
