"""The page on which members of staff change their own password."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.templating import Jinja2Templates
from starlette.responses import Response

from frontdesk.staff.accounts import Accounts
from frontdesk.staff.guard import SignedInMember, signed_in
from frontdesk.staff.password_policy import ADVICE, check_password
from frontdesk.staff.refusals import PasswordRefused, Refused, WrongPassword
from frontdesk.staff.sign_in import SignIn
from frontdesk.staff.sign_in_pages import headers_of, status_of
from frontdesk.web.network import address_of

Who = Annotated[SignedInMember, Depends(signed_in)]


def account_pages(
    accounts: Accounts, sign_in: SignIn, templates: Jinja2Templates
) -> APIRouter:
    """Builds `/account`."""
    router = APIRouter()

    def page(
        request: Request,
        member: SignedInMember,
        problem: Refused | None = None,
        is_done: bool = False,
    ) -> Response:
        status = 200
        if problem:
            is_policy = isinstance(problem, PasswordRefused)
            status = 422 if is_policy else status_of(problem)
        return templates.TemplateResponse(
            request,
            "staff/account.html",
            {
                "member": member,
                "problem": problem,
                "is_done": is_done,
                "advice": ADVICE,
            },
            status_code=status,
            headers=headers_of(problem) if problem else None,
        )

    @router.get("/account")
    def show(request: Request, member: Who) -> Response:
        return page(request, member)

    @router.post("/account")
    def change_password(
        request: Request,
        member: Who,
        current: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        again: Annotated[str, Form()] = "",
    ) -> Response:
        try:
            if password != again:
                raise PasswordRefused("The new passwords are not the same.", "again")
            check_password(password, member.email, member.name)
            # Slowed like signing in: a stolen session must not be a way to guess.
            sign_in.confirm(member.email, current, address_of(request))
            accounts.change_password(member, password)
        except WrongPassword:
            wrong = WrongPassword("Your present password is wrong.", "current")
            return page(request, member, wrong)
        except Refused as problem:
            return page(request, member, problem)
        return page(request, member, is_done=True)

    return router
