"""The pages for signing in and out."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.templating import Jinja2Templates
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from frontdesk.staff.cookie import SessionCookie
from frontdesk.staff.guard import (
    SIGN_IN_PATH,
    SignedInMember,
    is_for_a_page,
    signed_in,
)
from frontdesk.staff.next_page import FRONT_PAGE, page_of, page_of_ours
from frontdesk.staff.refusals import TooManyAttempts, WrongPassword
from frontdesk.staff.sessions import Sessions
from frontdesk.staff.sign_in import SignIn
from frontdesk.web.network import address_of


def sign_in_pages(
    sign_in: SignIn,
    sessions: Sessions,
    cookie: SessionCookie,
    templates: Jinja2Templates,
) -> APIRouter:
    """Builds `/sign-in` and `/sign-out`."""
    router = APIRouter()

    @router.get(SIGN_IN_PATH)
    def ask(request: Request, next: str = FRONT_PAGE) -> Response:
        if request.state.member:
            return _see(page_of_ours(next))
        return templates.TemplateResponse(
            request,
            "staff/sign_in.html",
            {"member": None, "next": page_of_ours(next), "email": "", "problem": None},
        )

    @router.post(SIGN_IN_PATH)
    def enter(
        request: Request,
        email: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = FRONT_PAGE,
    ) -> Response:
        try:
            token = sign_in.sign_in(email, password, address_of(request))
        except (WrongPassword, TooManyAttempts) as problem:
            # No name for the field: it must not say which of the two was wrong.
            return templates.TemplateResponse(
                request,
                "staff/sign_in.html",
                {
                    "member": None,
                    "next": page_of_ours(next),
                    "email": email,
                    "problem": problem,
                },
                status_code=status_of(problem),
                headers=headers_of(problem),
            )
        if request.state.member:
            sessions.end(request.state.member)
        answer = _see(page_of_ours(next))
        cookie.write(answer, token)
        return answer

    @router.post("/sign-out")
    def leave(member: Annotated[SignedInMember, Depends(signed_in)]) -> Response:
        sessions.end(member)
        answer = _see(SIGN_IN_PATH)
        cookie.remove(answer)
        return answer

    return router


class SignInRedirect:
    """Handles requests without a session: pages lead to the sign-in page."""

    def __init__(self, templates: Jinja2Templates) -> None:
        self._templates = templates

    async def __call__(self, request: Request, _: Exception) -> Response:
        """Redirects a page; tells a script that it is signed out."""
        if not is_for_a_page(request):
            return PlainTextResponse("Sign in again, then repeat this.", 401)
        page = page_of(request)
        if request.headers.get("sec-fetch-site") == "cross-site":
            # Somebody followed a link in an e-mail: browsers keep the cookie back
            # until a page of ours asks again.
            return self._templates.TemplateResponse(
                request, "staff/follow.html", {"member": None, "next": page}
            )
        return _see(f"{SIGN_IN_PATH}?{urlencode({'next': page})}")


def status_of(problem: Exception) -> int:
    """Returns the status of a refused attempt."""
    return 429 if isinstance(problem, TooManyAttempts) else 401


def headers_of(problem: Exception) -> dict[str, str]:
    """Returns what a refused attempt says to programs."""
    if isinstance(problem, TooManyAttempts):
        return {"Retry-After": str(problem.seconds)}
    return {}


def _see(page: str) -> RedirectResponse:
    return RedirectResponse(page, status_code=303)
