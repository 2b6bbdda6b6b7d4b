"""The staff's pages on a real port, with a clock that tests can move."""

import re
import secrets
import tempfile
import threading
import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import anyio
import httpx
import uvicorn
from fastapi import Depends, Form, Request
from fastapi.responses import PlainTextResponse, StreamingResponse
from free_ports import free_port
from live_frontdesk import environment

from frontdesk.clock import utc_now
from frontdesk.database.database import open_database
from frontdesk.database.migrate import migrate
from frontdesk.desk.app import build_desk
from frontdesk.services import build_services
from frontdesk.staff.accounts import Accounts
from frontdesk.staff.guard import SignedInMember, signed_in, still_signed_in
from frontdesk.staff.member import ADMIN, STAFF
from frontdesk.staff.passwords import Passwords
from frontdesk.web.request_log import RequestLog
from settings import create_secrets, load_settings

PASSWORD = "violin gravel teapot umbrella"
_PATIENCE_SECONDS = 30.0
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


class MovableClock:
    """Stands still until a test moves it, however slow the machine is."""

    def __init__(self) -> None:
        self._moment = utc_now()

    def __call__(self) -> datetime:
        return self._moment

    def move(self, **distance: float) -> None:
        """Lets time pass."""
        self._moment += timedelta(**distance)


class Visit:
    """One browser at one address."""

    def __init__(self, url: str) -> None:
        self.address = str(secrets.choice(range(1, 255))) + "".join(
            f".{secrets.randbelow(255)}" for _ in range(3)
        )
        self.client = httpx.Client(
            base_url=url,
            headers={"X-Forwarded-For": self.address},
            timeout=_PATIENCE_SECONDS,
        )

    def sign_in(
        self, email: str, password: str = PASSWORD, **fields: str
    ) -> httpx.Response:
        """Sends the form of the sign-in page."""
        form = {"email": email, "password": password} | fields
        return self.client.post("/sign-in", data=form)

    def is_signed_in(self) -> bool:
        """Whether the account page is shown, or the way to the sign-in page."""
        answer = self.client.get("/account")
        assert answer.status_code in (200, 303), answer.text
        return answer.status_code == 200

    def csrf(self) -> str:
        """Returns the token that the forms of this session carry."""
        found = _CSRF.search(self.client.get("/account").text)
        assert found
        return found[1]

    def send(self, path: str, **fields: str) -> httpx.Response:
        """Sends a form as its page would."""
        return self.client.post(path, data={"csrf": self.csrf()} | fields)


class StaffSite:
    """Serves the staff's pages, and two routes of the tests' own."""

    def __init__(self, database_url: str, **overrides: str) -> None:
        migrate(database_url)
        self._folder = tempfile.TemporaryDirectory()
        secrets_file = Path(self._folder.name) / "secrets.env"
        create_secrets(secrets_file)
        settings = load_settings(
            environment=environment(SECRETS_FILE=str(secrets_file), **overrides)
        )
        self.clock = MovableClock()
        self.database = open_database(database_url, _PATIENCE_SECONDS)
        self.app = build_desk(build_services(settings, self.database, self.clock))
        self._add_routes()
        self.accounts = Accounts(self.database, Passwords(), self.clock)
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        config = uvicorn.Config(
            RequestLog(self.app), port=port, log_config=None, access_log=False
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def start(self) -> "StaffSite":
        """Starts the server and returns when it answers."""
        self._thread.start()
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not self._server.started:
            assert time.monotonic() < deadline, "the staff's pages did not start"
            time.sleep(0.01)
        return self

    def stop(self) -> None:
        """Stops the server in good order."""
        self._server.should_exit = True
        self._thread.join(_PATIENCE_SECONDS)
        self.database.close()
        self._folder.cleanup()

    def visit(self) -> Visit:
        """Opens a browser of its own."""
        return Visit(self.url)

    def new_member(self, role: str = STAFF, password: str = PASSWORD) -> str:
        """Makes an account and returns its e-mail address."""
        email = f"{secrets.token_hex(6)}@clinic.example"
        self.accounts.create(email, "Ana Ruiz", role, password, "the tests")
        return email

    def signed_in(self, role: str = STAFF) -> tuple[str, Visit]:
        """Makes an account, signs in, and returns its address and the browser."""
        email, visit = self.new_member(role), self.visit()
        assert visit.sign_in(email).status_code == 303
        return email, visit

    def admin(self) -> Visit:
        """Returns the browser of a new administrator."""
        return self.signed_in(ADMIN)[1]

    def id_of(self, email: str) -> int:
        """Returns the number of an account."""
        return next(one.id for one in self.accounts.everyone() if one.email == email)

    def _add_routes(self) -> None:
        # Written as a forgetful person would: nothing but what they do.
        @self.app.post("/test/echo")
        def echo(text: Annotated[str, Form()] = "") -> PlainTextResponse:
            return PlainTextResponse(text)

        @self.app.get("/test/stream")
        async def stream(
            request: Request, member: Annotated[SignedInMember, Depends(signed_in)]
        ) -> StreamingResponse:
            async def events() -> AsyncIterator[str]:
                while await still_signed_in(request):
                    yield f": {member.id}\n\n"
                    await anyio.sleep(0.05)

            return StreamingResponse(events(), media_type="text/event-stream")
