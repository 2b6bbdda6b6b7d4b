"""The whole project with its staff and its visitors."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from live_frontdesk import VISITOR_KEY
from playwright.sync_api import Browser, Page
from receivers import MailServer
from sms.text_line import Phone
from visitor import Visitor

from operations.private_stack import (
    BRAIN_TOKEN,
    FRONTDESK_TOKEN,
    STAFF_PASSWORD,
    PrivateProcess,
    free_port,
)
from operations.sms_stack import SmsStack

SENT = "utter_advice_sent"
DOSING = "I take 2 mg Xanax, should I skip it before my infusion?"
OPIOID = "is ketamine an opioid?"
SUICIDAL = "i want to kill myself"
PATIENCE_MS = 90_000


class Project(SmsStack):
    """The running project, with a text line."""

    def __init__(self, folder: Path) -> None:
        self.mail = MailServer(free_port())
        """It does not listen unless a test lets it."""
        changes = {
            "VISITOR_KEY": VISITOR_KEY,
            # The desk does not wait longer than this for a brain that is stopped.
            "FRONTDESK__BRAIN_TIMEOUT_SECONDS": "6",
            "NOTIFY__EMAIL_TO": "staff@clinic.example",
            "NOTIFY__EMAIL_FROM": "desk@clinic.example",
            "NOTIFY__SMTP_PORT": str(self.mail.port),
            "NOTIFY__FOLD_SECONDS": "1",
            "SMS__RETRY_SECONDS": "1",
        }
        super().__init__(folder, "us", changes)
        self.url = self.front_desk_url("")
        self._staff: dict[str, str] = {}
        self._inner = httpx.Client(
            base_url=self.url, headers={"Authorization": f"Bearer {FRONTDESK_TOKEN}"}
        )

    def visitor(self, token: str | None = None) -> Visitor:
        """Lets a person come to the clinic's website."""
        return Visitor(self.url, token=token).follow()

    def staff_page(self, browser: Browser, name: str) -> Page:
        """Opens a browser of a member of staff, signed in, at the queue."""
        page = browser.new_context().new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(self.desk_url)
        page.get_by_label("E-mail").fill(self._email_of(name))
        page.get_by_label("Password").fill(STAFF_PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="Queue", exact=True).wait_for()
        return page

    def staff(self, name: str) -> "Staff":
        """Signs a member of staff in, without a browser."""
        return Staff(self.desk_url, self._email_of(name))

    def phone(self) -> Phone:
        """Lets a person text the clinic's number."""
        return Phone(self.twilio)

    def cases(self, sender: str) -> list[dict[str, Any]]:
        """Returns what the front desk stores of a person."""
        answer = self._inner.get("/internal/cases", params={"sender": sender})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["cases"]
        return found

    def open_case(self, **body: object) -> str:
        """Stores a case as the action server does, and returns its id."""
        answer = self._inner.post("/internal/cases", json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["case_id"])

    def news(self) -> str:
        """Returns the mails that staff have got."""
        return "\n".join(mail.get_content() for mail in self.mail.mails)

    def record(self, sender: str) -> list[dict[str, Any]]:
        """Returns what was said, as the brain has it."""
        path = f"/webhooks/frontdesk/conversations/{quote(sender, safe='')}"
        answer = httpx.get(
            self.brain_url(path),
            headers={"Authorization": f"Bearer {BRAIN_TOKEN}"},
            timeout=60,
        )
        assert answer.status_code == 200, answer.text
        said: list[dict[str, Any]] = answer.json()["messages"]
        return said

    def written_by(self, visitor: Visitor) -> list[str]:
        """Returns what a person said, as the brain has it."""
        record = self.record(visitor.sender)
        return [one["text"] for one in record if one["speaker"] == "person"]

    @contextmanager
    def paused(self, name: str) -> Iterator[None]:
        """Stops a process in its tracks, and lets it go on at the end."""
        process: PrivateProcess = getattr(self, name)
        assert process.process
        os.killpg(process.process.pid, signal.SIGSTOP)
        yield
        os.killpg(process.process.pid, signal.SIGCONT)

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """Kills a process, and starts it again at the end."""
        process: PrivateProcess = getattr(self, name)
        process.kill()
        yield
        process.make_sure_it_runs()

    def _email_of(self, name: str) -> str:
        if name not in self._staff:
            self._staff[name] = self.add_staff(name)
        return self._staff[name]


class Staff:
    """A member of staff who uses the forms of the desk."""

    def __init__(self, url: str, email: str) -> None:
        self.client = httpx.Client(base_url=url, timeout=60)
        form = {"email": email, "password": STAFF_PASSWORD}
        assert self.client.post("/sign-in", data=form).status_code == 303

    def act(self, sender: str, act: str, **fields: str) -> httpx.Response:
        """Sends a form of a conversation's page: take, reply, hand-back, notes."""
        return self.send(f"/conversations/{quote(sender, safe='')}/{act}", **fields)

    def send(self, path: str, **fields: str) -> httpx.Response:
        """Sends a form."""
        return self.client.post(path, data={"csrf": self.csrf()} | fields)

    def csrf(self) -> str:
        """Returns the token that the forms of this session carry."""
        page = self.client.get("/account").text
        return page.split('name="csrf" value="')[1].split('"')[0]

    def queue(self) -> str:
        """Returns the page that lists what waits."""
        return self.client.get("/").text

    def page_of(self, sender: str) -> str:
        """Returns the page of a conversation."""
        return self.client.get(f"/conversations/{quote(sender, safe='')}").text


def said_to(visitor: Visitor) -> list[str]:
    """Returns what a person was told, by name or text; not what hangs on the hour."""
    return [
        one["name"] or one["text"]
        for one in visitor.messages
        if one["name"] not in ("closed_now", "delayed")
    ]
