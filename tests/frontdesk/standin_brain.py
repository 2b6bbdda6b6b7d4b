"""A process in place of the brain: its channel over HTTP, with scripted replies."""

import json
import socket
import threading
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

from free_ports import free_port
from live_frontdesk import BRAIN_TOKEN

PREFIX = "/webhooks/frontdesk"
SPEAKERS = ("person", "bot", "staff", "notice")
DANGER_TEXT = "i want to hurt myself"
DANGER = {"outcome": "crisis", "kind": "ideation", "evidence": "hurt myself"}

Json = dict[str, Any]


def response(name: str, text: str, *buttons: tuple[str, str]) -> Json:
    """Builds one named response as the brain returns it."""
    return {
        "name": name,
        "text": text,
        "buttons": [{"title": title, "payload": payload} for title, payload in buttons],
        "metadata": {},
    }


class StandinBrain:
    """Answers `echo: <text>` unless a text has a script, a gate or a fault."""

    def __init__(self) -> None:
        self.port = free_port()
        self.replies: dict[str, list[Json]] = {}
        self.failing: dict[str, list[Json]] = {}
        self.gates: dict[str, threading.Event] = {}
        self.reached: dict[str, threading.Event] = defaultdict(threading.Event)
        self.refused_texts: set[str] = set()
        self.is_refusing = False
        self.received: list[Json] = []
        self._record: dict[str, list[Json]] = defaultdict(list)
        self._turns: dict[tuple[str, str], Json] = {}
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._server: _Server | None = None

    def start(self) -> "StandinBrain":
        """Begins to listen, on the same port as before."""
        handler = type("Handler", (_Handler,), {"brain": self})
        self._server = _Server(("127.0.0.1", self.port), handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def stop(self) -> None:
        """Ends as a killed brain does: what is under way is not answered."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server.break_connections()
            self._server = None

    def hold(self, text: str) -> threading.Event:
        """Makes the turn of a text last until the event is set."""
        self.gates[text] = threading.Event()
        return self.gates[text]

    def wait_until_reached(self, text: str) -> None:
        """Returns when the brain has begun to play a text."""
        assert self.reached[text].wait(30), f"{text!r} was never played"

    def record_of(self, sender: str) -> list[Json]:
        """Returns what is recorded of a conversation, in order."""
        return list(self._record[sender])

    def said(self, sender: str) -> list[Json]:
        """Returns the record as the channel gives it."""
        return [
            {
                "id": str(number),
                "at": "2026-11-22T12:00:00+00:00",
                "danger": DANGER if entry["text"] == DANGER_TEXT else None,
            }
            | entry
            for number, entry in enumerate(self.record_of(sender))
            if entry["speaker"] in SPEAKERS
        ]

    def texts_of(self, sender: str) -> list[str]:
        """Returns the record as `speaker: text`."""
        return [
            f"{entry['speaker']}: {entry['text']}" for entry in self.record_of(sender)
        ]

    def received_of(self, sender: str) -> list[Json]:
        """Returns the requests to play a message of a conversation."""
        return [body for body in self.received if body["sender"] == sender]

    def times_played(self, text: str) -> int:
        """Returns how often a text was really played, not answered from the record."""
        entries = [entry for record in self._record.values() for entry in record]
        return sum(e["speaker"] == "person" and e["text"] == text for e in entries)

    def play(self, body: Json) -> tuple[int, Json]:
        """Plays a message, once."""
        sender, key = body["sender"], body["message_id"]
        text = str(body.get("text") or body.get("choice"))
        self.received.append(body)
        self.reached[text].set()
        if text in self.gates:
            self.gates[text].wait(60)
        with self._locks[sender]:
            if "choice" in body and text not in self._offered(sender):
                return 409, {"error": "not offered"}
            if (sender, key) in self._turns:
                return 200, self._turns[sender, key] | {"replayed": True}
            if text in self.failing:
                failed = {"error": "failed", "responses": self.failing[text]}
                return 500, failed
            turn = self._turn(text, body["owner"])
            self._turns[sender, key] = turn
            self._record[sender].append(
                {"speaker": "person", "text": text, "message_id": key}
            )
            self._record[sender] += [
                {"speaker": "bot", "message_id": key} | reply
                for reply in turn["responses"]
            ]
            return 200, turn

    def add_events(self, sender: str, events: list[Json]) -> tuple[int, Json]:
        """Records what others said, once for each id."""
        if self.refused_texts & {event.get("text") for event in events}:
            return 422, {"error": "refused"}
        with self._locks[sender]:
            known = {entry.get("id") for entry in self._record[sender]}
            new = [event for event in events if event["id"] not in known]
            for event in new:
                if event["type"] == "withheld":
                    for entry in self._record[sender]:
                        if entry["message_id"] == event["message_id"]:
                            entry["withheld"] = True
                self._record[sender].append(
                    {"speaker": event["type"], "text": "", "message_id": None} | event
                )
            return 200, {"recorded": len(new)}

    def forget(self, sender: str) -> tuple[int, Json]:
        """Deletes a conversation."""
        with self._locks[sender]:
            deleted = len(self._record.pop(sender, []))
            return 200, {"deleted": deleted}

    def _turn(self, text: str, owner: str) -> Json:
        turn: Json = {"outcome": "smalltalk", "danger": None, "entities": []}
        if text == DANGER_TEXT:
            crisis = response("utter_crisis_ideation", "Please call 988.")
            return turn | {"outcome": "crisis", "danger": DANGER, "responses": [crisis]}
        if owner == "human":
            return turn | {"outcome": None, "responses": []}
        default = [response("utter_smalltalk_echo", f"echo: {text}")]
        return turn | {"responses": self.replies.get(text, default)}

    def _offered(self, sender: str) -> set[str]:
        return {
            button["payload"]
            for entry in self._record[sender]
            for button in entry.get("buttons", [])
        }


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._connections: list[socket.socket] = []

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remembers the connection; see parent class."""
        self._connections.append(request)
        super().process_request(request, client_address)

    def break_connections(self) -> None:
        """Ends what clients would otherwise keep using."""
        for connection in self._connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_: object) -> None:
        """Says nothing of clients that were killed; see parent class."""


class _Handler(BaseHTTPRequestHandler):
    brain: StandinBrain
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self._refuses():
            return
        if self.path == f"{PREFIX}/messages":
            self._answer(*self.brain.play(body))
        else:
            sender = unquote(self.path.split("/")[-2])
            self._answer(*self.brain.add_events(sender, body["events"]))

    def do_DELETE(self) -> None:
        if not self._refuses():
            self._answer(*self.brain.forget(unquote(self.path.split("/")[-1])))

    def do_GET(self) -> None:
        if not self._refuses():
            sender = unquote(self.path.split("/")[-1])
            self._answer(200, {"messages": self.brain.said(sender)})

    def log_message(self, *_: object) -> None:
        """Says nothing; see parent class."""

    def _refuses(self) -> bool:
        if self.brain.is_refusing:
            self._answer(503, {"error": "refusing"})
        elif self.headers["Authorization"] != f"Bearer {BRAIN_TOKEN}":
            self._answer(401, {"error": "wrong or missing token"})
        else:
            return False
        return True

    def _answer(self, status: int, body: Mapping[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
