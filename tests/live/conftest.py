"""Starts the real processes once, and gives each test a person who writes to them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
import requests

from tests.live.live_stack import TURN_PATIENCE, LiveStack


class Turn:
    """What came back for one message."""

    def __init__(self, answer: requests.Response) -> None:
        assert answer.status_code == 200, (answer.status_code, answer.text)
        self.outcome: str | None = answer.json()["outcome"]
        self.responses: list[dict] = answer.json()["responses"]
        self.names: list[str] = [reply["name"] for reply in self.responses]

    @property
    def last(self) -> str:
        return self.names[-1] if self.names else ""

    def __repr__(self) -> str:
        return f"Turn({self.outcome}, {self.names})"


class Person:
    """Somebody with a conversation of their own."""

    def __init__(self, stack: LiveStack) -> None:
        self.stack = stack
        self.sender = f"person/{uuid.uuid4().hex}"

    def body(self, text: str | None = None, **fields: object) -> dict:
        typed = {} if text is None else {"text": text}
        return {"sender": self.sender, "message_id": uuid.uuid4().hex, **typed} | fields

    def post(self, text: str | None = None, **fields: object) -> requests.Response:
        return self.stack.post(self.body(text, **fields))

    def say(self, text: str | None = None, **fields: object) -> Turn:
        return Turn(self.post(text, **fields))

    def record(self, *events: dict) -> int:
        answer = self.stack.conversation("POST", self.sender, {"events": [*events]})
        assert answer.status_code == 200, (answer.status_code, answer.text)
        return answer.json()["recorded"]

    def transcript(self) -> list[dict]:
        answer = self.stack.conversation("GET", self.sender)
        assert answer.status_code == 200, (answer.status_code, answer.text)
        return answer.json()["messages"]

    def rest(self, message: str) -> list[dict]:
        """Writes by Rasa's own channel, which staff scripts use."""
        answer = requests.post(
            self.stack.brain_url("/webhooks/rest/webhook"),
            json={"sender": self.sender, "message": message},
            timeout=TURN_PATIENCE,
        )
        return answer.json()

    def cases(self, kind: str | None = None) -> list[dict]:
        found = self.stack.cases(self.sender)
        return [case for case in found if kind in (None, case["kind"])]


@pytest.fixture(scope="session")
def running_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveStack]:
    stack = LiveStack(tmp_path_factory.mktemp("live"))
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


@pytest.fixture
def stack(running_stack: LiveStack) -> Iterator[LiveStack]:
    """All processes; those that the test kills are started again after it."""
    yield running_stack
    for process in running_stack.processes:
        process.make_sure_it_runs()


@pytest.fixture
def person(stack: LiveStack) -> Person:
    return Person(stack)


@pytest.fixture
def acquainted(person: Person) -> Person:
    """Somebody who has read the disclosure."""
    person.say("Is ketamine addictive?")
    return person
