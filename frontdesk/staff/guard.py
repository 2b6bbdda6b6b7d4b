"""Nobody uses the staff's pages without a session, or sends forms for another."""

import hmac

from fastapi import HTTPException, status
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request

from frontdesk.staff.cookie import SessionCookie
from frontdesk.staff.sessions import Sessions, SignedInMember
from frontdesk.web.cross_site import SAFE_METHODS

__all__ = [
    "SIGN_IN_PATH",
    "Gate",
    "SignInNeeded",
    "SignedInMember",
    "admin_only",
    "is_for_a_page",
    "signed_in",
    "still_signed_in",
]

SIGN_IN_PATH = "/sign-in"
CSRF_FIELD = "csrf"
CSRF_HEADER = "X-CSRF-Token"
BACKGROUND_HEADER = "X-Background"
"""Of requests that no click caused: they do not keep an idle session open."""

_FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


class SignInNeeded(Exception):
    """Raised for a request without a session."""


class Gate:
    """A dependency of the whole application, so that no route can forget it."""

    def __init__(self, sessions: Sessions, cookie: SessionCookie) -> None:
        self._sessions = sessions
        self._cookie = cookie

    async def __call__(self, request: Request) -> None:
        """Notes down who sent the request, or refuses it.

        Raises:
            SignInNeeded: if there is no session, except on the way to one.
            HTTPException: if it changes something and lacks the session's token.
        """
        token = self._cookie.read(request)
        member = None
        if token:
            by_click = _is_by_click(request)
            member = await run_in_threadpool(self._sessions.find, token, by_click)
        request.state.member = member
        if request.scope["path"] == SIGN_IN_PATH:
            return
        if not member:
            raise SignInNeeded
        if request.method not in SAFE_METHODS and not await _has_csrf(request, member):
            raise HTTPException(
                status.HTTP_403_FORBIDDEN,
                "This page is from an earlier sign-in, so nothing was done. "
                "Reload the page and try again.",
            )


def signed_in(request: Request) -> SignedInMember:
    """Returns who sent the request; a dependency of routes that need to know."""
    member: SignedInMember = request.state.member
    return member


def admin_only(request: Request) -> SignedInMember:
    """Returns who sent the request; a dependency of routes for administrators.

    Raises:
        HTTPException: if it was someone else.
    """
    member = signed_in(request)
    if not member.is_admin:
        raise HTTPException(
            status.HTTP_403_FORBIDDEN, "This page is for administrators."
        )
    return member


async def still_signed_in(request: Request) -> bool:
    """Whether the session lasts; event streams ask, because they outlast requests."""
    sessions: Sessions = request.app.state.sessions
    return await run_in_threadpool(sessions.is_open, signed_in(request))


def is_for_a_page(connection: HTTPConnection) -> bool:
    """Whether a person will look at the answer as a page of its own."""
    headers = connection.headers
    return (
        "hx-request" not in headers
        and not _is_event_stream(connection)
        and headers.get("sec-fetch-mode", "navigate") == "navigate"
    )


def _is_by_click(request: Request) -> bool:
    return BACKGROUND_HEADER not in request.headers and not _is_event_stream(request)


def _is_event_stream(connection: HTTPConnection) -> bool:
    return "text/event-stream" in connection.headers.get("accept", "")


async def _has_csrf(request: Request, member: SignedInMember) -> bool:
    sent = request.headers.get(CSRF_HEADER)
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if sent is None and kind in _FORM_TYPES:
        field = (await request.form()).get(CSRF_FIELD)
        sent = field if isinstance(field, str) else None
    return hmac.compare_digest((sent or "").encode(), member.csrf.encode())
