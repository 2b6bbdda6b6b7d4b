"""The pages for administrators: accounts and the audit trail."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from fastapi.templating import Jinja2Templates
from starlette.responses import RedirectResponse, Response

from frontdesk.database.database import Database
from frontdesk.staff.accounts import Accounts
from frontdesk.staff.audit import PAGE_LENGTH, read_trail
from frontdesk.staff.guard import SignedInMember, admin_only
from frontdesk.staff.member import ROLES, STAFF
from frontdesk.staff.refusals import Refused

Admin = Annotated[SignedInMember, Depends(admin_only)]

_LARGEST_ID = 2**31 - 1
"""PostgreSQL refuses to compare its keys with anything larger."""

MemberId = Annotated[int, Path(ge=1, le=_LARGEST_ID)]


def admin_pages(
    database: Database, accounts: Accounts, templates: Jinja2Templates
) -> APIRouter:
    """Builds `/staff` and `/audit`."""
    router = APIRouter()

    def page(
        request: Request,
        admin: SignedInMember,
        *,
        problem: Refused | None = None,
        typed: tuple[str, str, str] = ("", "", STAFF),
        handed_out: tuple[str, str] | None = None,
    ) -> Response:
        email, name, role = typed
        return templates.TemplateResponse(
            request,
            "staff/staff.html",
            {
                "member": admin,
                "everyone": accounts.everyone(),
                "roles": ROLES,
                "problem": problem,
                "typed": {"email": email, "name": name, "role": role},
                "handed_out": handed_out,
            },
            status_code=422 if problem else 200,
        )

    def change(
        request: Request, admin: SignedInMember, act: Callable[[], None]
    ) -> Response:
        try:
            act()
        except Refused as problem:
            return page(request, admin, problem=problem)
        return RedirectResponse("/staff", status_code=303)

    @router.get("/staff")
    def show(request: Request, admin: Admin) -> Response:
        return page(request, admin)

    @router.post("/staff")
    def invite(
        request: Request,
        admin: Admin,
        email: Annotated[str, Form()] = "",
        name: Annotated[str, Form()] = "",
        role: Annotated[str, Form()] = STAFF,
    ) -> Response:
        try:
            member, password = accounts.invite(email, name, role, admin.email)
        except Refused as problem:
            return page(request, admin, problem=problem, typed=(email, name, role))
        return page(request, admin, handed_out=(member.email, password))

    @router.post("/staff/{member_id}/password")
    def reset_password(request: Request, admin: Admin, member_id: MemberId) -> Response:
        try:
            member, password = accounts.reset_password(member_id, admin.email)
        except Refused as problem:
            return page(request, admin, problem=problem)
        return page(request, admin, handed_out=(member.email, password))

    @router.post("/staff/{member_id}/role")
    def change_role(
        request: Request,
        admin: Admin,
        member_id: MemberId,
        role: Annotated[str, Form()] = "",
    ) -> Response:
        return change(
            request,
            admin,
            lambda: accounts.change_role(member_id, role, admin.email),
        )

    @router.post("/staff/{member_id}/deactivate")
    def deactivate(request: Request, admin: Admin, member_id: MemberId) -> Response:
        return change(
            request, admin, lambda: accounts.deactivate(member_id, admin.email)
        )

    @router.post("/staff/{member_id}/reactivate")
    def reactivate(request: Request, admin: Admin, member_id: MemberId) -> Response:
        return change(
            request, admin, lambda: accounts.reactivate(member_id, admin.email)
        )

    @router.get("/audit")
    def audit(
        request: Request,
        admin: Admin,
        before: Annotated[int | None, Query(ge=1, le=_LARGEST_ID)] = None,
    ) -> Response:
        entries = read_trail(database, before)
        return templates.TemplateResponse(
            request,
            "staff/audit.html",
            {
                "member": admin,
                "entries": entries,
                "is_first_page": before is None,
                "older": entries[-1].id if len(entries) == PAGE_LENGTH else None,
            },
        )

    return router
