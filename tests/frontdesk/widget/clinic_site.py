"""A clinic's website on a host of its own, with the chat on its pages."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from live_frontdesk import LiveFrontDesk
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from standin_brain import StandinBrain

from widget.said import script

PATIENCE_MS = 45_000
STRICT = (
    "default-src 'none'; script-src {desk}; connect-src {desk}; style-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""What a careful clinic's page allows: nothing but the chat."""

HOSTILE_STYLE = (
    "body * { all: unset !important; display: none !important; visibility: hidden;"
    " font-size: 1px !important; direction: rtl !important; color: red !important; }"
)
PAGE = """<!doctype html><html lang="en"><title>A clinic</title>
<main><h1>A clinic</h1><a href="#">A link</a><p>{text}</p></main>
<script src="{desk}/widget.js" defer {attributes}></script>"""
HOSTILE_PAGE = """<!doctype html><base href="https://elsewhere.invalid/">
<style>{style}</style><script src="{desk}/widget.js"></script>"""

OPEN_SHADOW = """
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) {
  return attach.call(this, { ...options, mode: "open" });
};"""
"""Tests look inside; a page cannot."""


class ClinicSite:
    """A front desk with a stand-in for the brain, and a website with its chat."""

    def __init__(self, folder: Path, browser: Browser, **overrides: str) -> None:
        self._browser = browser
        self.brain = StandinBrain().start()
        self._pages = _serve(self)
        self.url = f"http://127.0.0.1:{self._pages.server_port}"
        self.desk = LiveFrontDesk(
            f"sqlite:///{folder}/desk.db",
            folder / "desk.log",
            overrides={
                "BRAIN__PORT": str(self.brain.port),
                "VISITORS__ALLOWED_ORIGINS": self.url,
                "VISITORS__MESSAGES_PER_MINUTE": "0",
            }
            | overrides,
        ).start()
        self.config: dict[str, Any] = httpx.get(f"{self.desk.url}/chat/config").json()
        script(self.brain, self.config["disclosure"])

    def stop(self) -> None:
        """Stops everything."""
        self._pages.shutdown()
        self.desk.stop()
        self.brain.stop()

    def page_of(self, path: str) -> tuple[str, str | None]:
        """Returns a page and its Content-Security-Policy."""
        address = urlsplit(path)
        if address.path == "/hostile":
            return HOSTILE_PAGE.format(style=HOSTILE_STYLE, desk=self.desk.url), None
        attributes = address.query.replace("&", " ").replace("%23", "#")
        page = PAGE.format(
            desk=self.desk.url, attributes=attributes, text="Words. " * 2000
        )
        return page, STRICT.format(desk=self.desk.url)

    def new_context(self, **options: Any) -> BrowserContext:
        """Makes a browser of somebody who was never here."""
        context = self._browser.new_context(**options)
        context.add_init_script(OPEN_SHADOW)
        context.set_default_timeout(PATIENCE_MS)
        return context

    def visit(
        self, path: str = "/", context: BrowserContext | None = None, **options: Any
    ) -> "ChatPage":
        """Opens a page of the clinic."""
        page = (context or self.new_context(**options)).new_page()
        page.goto(self.url + path)
        return ChatPage(page)

    def chat(self, **options: Any) -> "ChatPage":
        """Opens a page of the clinic, and the chat on it."""
        return self.visit(**options).open()


class ChatPage:
    """A page with the chat, as its reader uses it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.panel = page.get_by_role("dialog", name="Chat with")
        self.launcher = page.locator(".launcher")
        self.messages = page.locator("ol.said > li")
        self.box = page.get_by_role("textbox", name="Your message")
        self.help = page.locator(".help")
        self.writing = page.locator(".writing")

    def open(self) -> "ChatPage":
        """Opens the chat."""
        self.launcher.click()
        expect(self.box).to_be_focused()
        return self

    def send(self, text: str) -> None:
        """Writes a message."""
        self.box.fill(text)
        self.box.press("Enter")

    def ask(self, text: str) -> Locator:
        """Writes a message, waits for an answer and returns its first part."""
        answer = self.from_bot.nth(self.from_bot.count())
        self.send(text)
        expect(answer).to_be_visible()
        return answer

    @property
    def from_bot(self) -> Locator:
        """What the assistant has said."""
        return self.page.locator("ol.said > .from-bot")

    def button(self, name: str) -> Locator:
        """A button, by its whole name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def texts(self) -> list[str]:
        """Returns what is shown as said, in order."""
        return self.page.locator("ol.said > li .text").all_text_contents()

    def announced(self) -> list[str]:
        """Returns what screen readers have been told since `listen`, and how."""
        told: list[str] = self.page.evaluate("window.told")
        return told

    def listen(self) -> None:
        """Begins to keep what the live regions say."""
        self.page.evaluate(
            """() => {
              window.told = [];
              const root = document.querySelector("ketamine-facts-chat").shadowRoot;
              for (const region of root.querySelectorAll("[aria-live]")) {
                new MutationObserver((changes) => changes.forEach((change) =>
                  change.addedNodes.forEach((node) =>
                    window.told.push(`${region.ariaLive}: ${node.textContent}`))
                )).observe(region, { childList: true });
              }
            }"""
        )


def _serve(site: ClinicSite) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page, policy = site.page_of(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            """Says nothing; see parent class."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
