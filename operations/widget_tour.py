"""The website chat in a browser, with the whole project behind it.

For the screenshots and the figures; needs the front desk's environment with what tests
need.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Response, sync_playwright

from operations.private_stack import STAFF_PASSWORD, PrivateStack
from operations.service import ServiceError
from operations.trained_model import ModelUnusable

PATIENCE_MS = 60_000
_OPEN_SHADOW = """
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) {
  return attach.call(this, { ...options, mode: "open" });
};"""


class ChromiumMissing(Exception):
    """Raised when there is no browser; says what to do."""


class Tour:
    """A running project and a browser that visits its demo page."""

    def __init__(self, stack: PrivateStack, browser: Browser) -> None:
        self.stack = stack
        self._browser = browser
        self.on_response: Callable[[Response], None] = lambda _: None
        """Told of every answer that a visitor's page gets."""

    def visit(self, **options: Any) -> TouredChat:
        """Opens the demo page in a browser of somebody who was never here."""
        context = self._browser.new_context(**options)
        context.add_init_script(_OPEN_SHADOW)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("response", lambda response: self.on_response(response))
        page.goto(self.stack.front_desk_url("/"))
        return TouredChat(page)

    def staff(self, name: str) -> Page:
        """Signs a member of staff in, at the queue."""
        page = self._browser.new_context().new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(self.stack.desk_url)
        page.get_by_label("E-mail").fill(self.stack.add_staff(name))
        page.get_by_label("Password").fill(STAFF_PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="Queue", exact=True).wait_for()
        return page


class TouredChat:
    """A page with the chat on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.panel = page.locator(".panel")
        self.launcher = page.locator(".launcher")
        self.launcher.wait_for()

    def open(self) -> TouredChat:
        """Opens the chat."""
        self.launcher.click()
        return self

    def ask(self, text: str) -> Locator:
        """Writes a message and waits for the first part of its answer."""
        answer = self.answer(self.page.locator("ol.said > .from-bot").count())
        box = self.page.get_by_role("textbox", name="Your message")
        box.fill(text)
        box.press("Enter")
        answer.wait_for()
        return answer

    def press(self, name: str) -> Locator:
        """Presses a button and waits for the first part of its answer."""
        answer = self.answer(self.page.locator("ol.said > .from-bot").count())
        self.page.get_by_role("button", name=name, exact=True).last.click()
        answer.wait_for()
        return answer

    def answer(self, number: int) -> Locator:
        """What the assistant says for the nth time."""
        return self.page.locator("ol.said > .from-bot").nth(number)

    def close(self) -> None:
        """Leaves the page."""
        self.page.context.close()


@contextmanager
def touring() -> Iterator[Tour]:
    """Starts the whole project and a browser, and stops both at the end.

    Raises:
        ChromiumMissing: if there is no browser.
    """
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        raise ChromiumMissing("no Chromium -> install your system's chromium package")
    with (
        tempfile.TemporaryDirectory(prefix="widget-tour-") as folder,
        sync_playwright() as playwright,
    ):
        stack = PrivateStack(Path(folder))
        # Sandboxes need rights that containers do not give.
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox"]
        )
        try:
            stack.start()
            yield Tour(stack, browser)
        finally:
            browser.close()
            stack.stop()


def run(name: str, act: Callable[[Tour], None]) -> int:
    """Runs one command of the tour and returns its exit code."""
    try:
        with touring() as tour:
            act(tour)
    except (ChromiumMissing, ModelUnusable, ServiceError) as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 1
    return 0
