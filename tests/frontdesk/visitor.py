"""A visitor as a website would be one: a session, messages and an event stream."""

import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpx
from httpx_sse import connect_sse
from live_frontdesk import VISITOR_KEY

from frontdesk.clock import utc_now
from frontdesk.visitors.tokens import VisitorTokens

PATIENCE_SECONDS = 90.0
"""Longer than a lease of a front desk that was killed."""

Json = dict[str, Any]


def eventually(found: Callable[[], Any], what: str = "it") -> Any:
    """Waits until something is found, and returns it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        result = found()
        if result:
            return result
        time.sleep(0.02)
    raise AssertionError(f"{what} did not happen in {PATIENCE_SECONDS:.0f} s")


class Visitor:
    """Sends, and keeps what comes; reconnects as browsers do."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.feed: list[Json] = []
        """Everything, also what this person wrote."""
        self.messages: list[Json] = []
        """What was said to them."""
        self.states: list[Json] = []
        self._ended = threading.Event()
        self.client = httpx.Client(timeout=30.0)
        self.move_to(url)
        self.token = token or self.client.post("/chat/sessions").json()["token"]
        self.client.headers["Authorization"] = f"Bearer {self.token}"

    @property
    def sender(self) -> str:
        """The name of the conversation, which only the front desks can read."""
        tokens = VisitorTokens(VISITOR_KEY, days=30, now=utc_now)
        return str(tokens.sender_of(self.token))

    def move_to(self, url: str) -> None:
        """Talks to another front desk from now on."""
        self.url = url
        self.client.base_url = httpx.URL(url)

    def follow(self) -> "Visitor":
        """Opens the event stream, and opens it again when it ends."""
        threading.Thread(target=self._follow, daemon=True).start()
        eventually(lambda: self.states, "the stream's first state")
        return self

    def leave_page(self) -> None:
        """Lets the stream end."""
        self._ended.set()

    def send(self, text: str, key: str | None = None) -> httpx.Response:
        """Sends a text."""
        return self.post({"id": key or uuid.uuid4().hex, "text": text})

    def choose(self, payload: str) -> httpx.Response:
        """Sends a choice."""
        return self.post({"id": uuid.uuid4().hex, "choice": payload})

    def send_until_accepted(self, text: str) -> None:
        """Sends a text again until it is accepted, as clients are told to."""
        key = uuid.uuid4().hex

        def is_accepted() -> bool:
            with suppress(httpx.TransportError):
                return self.send(text, key).status_code == 202
            return False

        eventually(is_accepted, "acceptance")

    def post(self, body: Json) -> httpx.Response:
        """Sends a message as it is."""
        return self.client.post("/chat/messages", json=body)

    def texts(self) -> list[str]:
        """Returns what has come, as `speaker: text`."""
        return [f"{one['speaker']}: {one['text']}" for one in self.messages]

    def replies(self) -> list[str]:
        """Returns what the assistant has said."""
        return [one["text"] for one in self.messages if one["speaker"] == "bot"]

    def named(self, name: str) -> list[Json]:
        """Returns what has come with the name of a response or notice."""
        return [one for one in self.messages if one["name"] == name]

    def wait_for(self, text: str) -> None:
        """Waits for a message."""
        eventually(
            lambda: any(one["text"] == text for one in self.messages), f"{text!r}"
        )

    def wait_for_notice(self, name: str, count: int = 1) -> list[Json]:
        """Waits until a notice has come so often."""
        found: list[Json] = eventually(
            lambda: len(self.named(name)) >= count and self.named(name), name
        )
        return found

    @property
    def state(self) -> Json:
        """What the stream said last about who has the conversation."""
        return self.states[-1]

    def _follow(self) -> None:
        while not self._ended.is_set():
            with suppress(httpx.TransportError):
                self._read_stream()
            time.sleep(0.05)

    def _read_stream(self) -> None:
        last = str(self.feed[-1]["id"]) if self.feed else "0"
        headers = {"Last-Event-ID": last, "Authorization": f"Bearer {self.token}"}
        patience = httpx.Timeout(5.0, read=30.0)
        with (
            httpx.Client(base_url=self.url, timeout=patience) as client,
            connect_sse(client, "GET", "/chat/events", headers=headers) as source,
        ):
            for event in source.iter_sse():
                if self._ended.is_set():
                    return
                if not event.data:
                    continue  # a sign of life
                self._keep(event.event, event.json())

    def _keep(self, kind: str, data: Json) -> None:
        if kind != "message":
            self.states.append(data)
            return
        self.feed.append(data)
        if data["speaker"] != "person":
            self.messages.append(data)
