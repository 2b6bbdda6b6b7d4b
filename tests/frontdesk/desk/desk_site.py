"""A running front desk with its staff's pages, as people at browsers use it."""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote

from case_bodies import case_body
from live_frontdesk import LiveFrontDesk
from playwright.sync_api import Browser, Page
from standin_brain import StandinBrain
from visitor import Visitor

from frontdesk.clock import utc_now
from frontdesk.database.database import open_database
from frontdesk.database.migrate import migrate
from frontdesk.staff.accounts import Accounts
from frontdesk.staff.member import STAFF
from frontdesk.staff.passwords import Passwords

PASSWORD = "violin gravel teapot umbrella"
PATIENCE_MS = 45_000


class DeskSite:
    """One front desk with a stand-in for the brain; browsers of staff visit it."""

    def __init__(self, folder: Path, browser: Browser) -> None:
        self._browser = browser
        self.brain = StandinBrain().start()
        database_url = f"sqlite:///{folder}/desk.db"
        migrate(database_url)
        self._database = open_database(database_url, 30.0)
        self._accounts = Accounts(self._database, Passwords(), utc_now)
        self.frontdesk = LiveFrontDesk(
            database_url,
            folder / "desk.log",
            overrides={"BRAIN__PORT": str(self.brain.port)},
        ).start()
        self.url = self.frontdesk.desk_url

    def stop(self) -> None:
        """Stops everything."""
        self.frontdesk.stop()
        self.brain.stop()
        self._database.close()

    def new_member(self, name: str, role: str = STAFF) -> str:
        """Makes an account and returns its e-mail address."""
        email = f"{secrets.token_hex(6)}@clinic.example"
        self._accounts.create(email, name, role, PASSWORD, "the tests")
        return email

    def staff(self, name: str, role: str = STAFF, **context: Any) -> Page:
        """Opens a browser of a member of staff, signed in, at the queue."""
        page = self.browser_page(**context)
        page.goto(self.url)
        page.get_by_label("E-mail").fill(self.new_member(name, role))
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="Queue", exact=True).wait_for()
        if context.get("java_script_enabled", True):
            page.get_by_label("Sound").wait_for()  # the scripts have arrived
        return page

    def browser_page(self, **context: Any) -> Page:
        """Opens an empty page in a browser of its own."""
        page = self._browser.new_context(**context).new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    def open_case(self, **changes: Any) -> tuple[str, str]:
        """Stores a case as the action server does; returns its sender and id."""
        body = case_body(**changes)
        answer = self.frontdesk.post(body)
        assert answer.status_code in (200, 201), answer.text
        return str(body["sender"]), str(answer.json()["case_id"])

    def visitor(self) -> Visitor:
        """Lets a person come to the clinic's website."""
        return Visitor(self.frontdesk.url)

    def page_of(self, sender: str) -> str:
        """Returns the address of a conversation's page."""
        return f"{self.url}/conversations/{quote(sender, safe='')}"

    def staff_said(self, sender: str) -> list[str]:
        """Returns what the record has as said by staff."""
        record = self.brain.record_of(sender)
        return [one["text"] for one in record if one["speaker"] == "staff"]
