"""The terminal client, against a door that behaves as ours does at its worst."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from terminal import chatting


def message(number: int, text: str) -> bytes:
    """Builds a message as the event stream has it."""
    said = {"id": number, "speaker": "bot", "text": text, "buttons": []}
    return f"event: message\nid: {number}\ndata: {json.dumps(said)}\n\n".encode()


class Door(BaseHTTPRequestHandler):
    """Ends its stream after one message, and is silent for long in the next."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._begin("application/json")
        self.wfile.write(b'{"token": "t", "expires_at": ""}')

    def do_GET(self) -> None:
        self._begin("text/event-stream")
        if self.headers["Last-Event-ID"] == "0":
            self.wfile.write(message(1, "before the line was lost"))
            return
        self.wfile.write(message(2, "before the silence"))
        # What FastAPI sends as a sign of life.
        self.wfile.write(b": ping\n\n")
        self.wfile.write(message(3, "after the silence"))

    def _begin(self, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Prints nothing."""


@pytest.fixture
def door() -> Iterator[str]:
    """The address of such a door."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_neither_a_lost_line_nor_a_silence_loses_a_message(door: str) -> None:
    with chatting(door) as terminal:
        terminal.wait_for("Assistant: after the silence")
        assert terminal.messages()[:3] == [
            ("Assistant", "before the line was lost"),
            ("Assistant", "before the silence"),
            ("Assistant", "after the silence"),
        ]
