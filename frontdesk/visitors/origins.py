"""Which websites may carry the chat."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from settings import OVERRIDE_PREFIX, SETTINGS_FILE, Settings, SettingsError

ANY = "*"
CHAT_PATH = "/chat"

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
_PREFLIGHT_SECONDS = 600
_REMEDY = "give addresses such as https://www.clinic.example, separated by commas"


def allowed_origins(settings: Settings) -> frozenset[str]:
    """Returns the websites that the settings name, besides our own pages.

    Raises:
        SettingsError: naming the entry and the remedy.
    """
    entries = settings.visitors.allowed_origins.split(",")
    origins = frozenset(_checked(entry.strip()) for entry in entries if entry.strip())
    if ANY in origins and settings.in_production:
        raise _refusal(ANY, "lets every website carry the chat")
    return origins


class AllowedOrigins:
    """Answers 403 to pages of other websites, and lets the allowed ones read answers.

    Requests without an origin come from no page, or from one of ours.
    """

    def __init__(self, app: ASGIApp, origins: frozenset[str]) -> None:
        self._app = app
        self._origins = origins
        self._shared = CORSMiddleware(
            app,
            allow_origins=list(origins),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
            expose_headers=["Retry-After"],
            max_age=_PREFLIGHT_SECONDS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or refuses it."""
        if scope["type"] != "http" or not _is_chat(scope["path"]):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None or self._is_allowed(origin, headers.get("host")):
            await self._shared(scope, receive, send)
            return
        refusal = PlainTextResponse(
            "This website may not carry this chat -> the clinic adds its address to "
            "'visitors.allowed_origins' in settings.yml.",
            status_code=403,
            # Who builds the page is to see the reason.
            headers={"Access-Control-Allow-Origin": ANY, "Vary": "Origin"},
        )
        await refusal(scope, receive, send)

    def _is_allowed(self, origin: str, host: str | None) -> bool:
        if origin in self._origins or ANY in self._origins:
            return True
        # A proxy with TLS changes the scheme, so it is not compared.
        return host is not None and urlsplit(origin).netloc == host


def _is_chat(path: str) -> bool:
    return path == CHAT_PATH or path.startswith(CHAT_PATH + "/")


def _checked(entry: str) -> str:
    if entry == ANY:
        return entry
    try:
        parts = urlsplit(entry.lower())
        is_wrong = parts.scheme not in _DEFAULT_PORTS or not parts.hostname
        is_wrong = is_wrong or parts.port == 0 or "@" in parts.netloc
    except ValueError:  # it has no port that is a number
        raise _refusal(entry, "is no web address") from None
    if is_wrong or not entry.isascii():
        raise _refusal(entry, "is no web address")
    origin = f"{parts.scheme}://{parts.netloc}"
    if origin != entry.lower():
        raise _refusal(entry, "has something after the host")
    # As browsers send it.
    return origin.removesuffix(_DEFAULT_PORTS[parts.scheme])


def _refusal(entry: str, reason: str) -> SettingsError:
    return SettingsError(
        f"{SETTINGS_FILE}: 'visitors.allowed_origins' holds {entry!r}, which {reason} "
        f"-> {_REMEDY} (there, or in {OVERRIDE_PREFIX}VISITORS__ALLOWED_ORIGINS)"
    )
