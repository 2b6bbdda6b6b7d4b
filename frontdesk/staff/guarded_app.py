"""The staff's application, closed to everyone else before it has a single page."""

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.templating import Jinja2Templates
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

from frontdesk.clock import Clock, utc_now
from frontdesk.database.database import Database
from frontdesk.staff.account_pages import account_pages
from frontdesk.staff.accounts import Accounts
from frontdesk.staff.admin_pages import admin_pages
from frontdesk.staff.cookie import SessionCookie
from frontdesk.staff.guard import Gate, SignInNeeded
from frontdesk.staff.passwords import Passwords
from frontdesk.staff.problem_pages import ProblemPages
from frontdesk.staff.sessions import Sessions
from frontdesk.staff.sign_in import SignIn
from frontdesk.staff.sign_in_pages import SignInRedirect, sign_in_pages
from frontdesk.web.application import new_application
from frontdesk.web.cross_site import CrossSiteRefusal
from frontdesk.web.security_headers import SecurityHeaders
from settings import Settings


def guarded_app(
    database: Database,
    settings: Settings,
    templates: Jinja2Templates,
    now: Clock = utc_now,
) -> FastAPI:
    """Builds an application whose every route needs a session and, to send, its token.

    It has the pages for signing in, for accounts and for the audit trail; routes that
    are included later are guarded in the same way.
    """
    cookie = SessionCookie(settings.desk.secure_cookies)
    passwords = Passwords()
    sessions = Sessions(database, now, settings.desk.session_hours)
    sign_in = SignIn(database, passwords, sessions, now)
    accounts = Accounts(database, passwords, now)
    problems = ProblemPages(templates)
    app = new_application(
        dependencies=[Depends(Gate(sessions, cookie))],
        exception_handlers={
            SignInNeeded: SignInRedirect(templates),
            HTTPException: problems.refused,
            RequestValidationError: problems.invalid,
            DBAPIError: problems.database_failed,
            PoolTimeoutError: problems.database_failed,
            Exception: problems.failed,
        },
    )
    app.state.sessions = sessions
    app.add_middleware(CrossSiteRefusal)
    app.add_middleware(SecurityHeaders)
    app.include_router(sign_in_pages(sign_in, sessions, cookie, templates))
    app.include_router(account_pages(accounts, sign_in, templates))
    app.include_router(admin_pages(database, accounts, templates))
    return app
