"""Deleting all that is stored of a person, on every database."""

import uuid
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from case_bodies import case_body
from conftest import NewVisitor, StartDesk
from live_frontdesk import LiveFrontDesk
from own_services import new_member, services_on
from standin_brain import StandinBrain
from visitor import Visitor


def delete(desk: LiveFrontDesk, sender: str) -> httpx.Response:
    """Asks for a person to be forgotten."""
    return desk.client.delete(f"/internal/people/{quote(sender, safe='')}")


def deleted(cases: int = 0, messages: int = 0, notes: int = 0) -> dict[str, int]:
    """Returns what is answered when so much was deleted."""
    return {
        "deleted_cases": cases,
        "deleted_messages": messages,
        "deleted_notes": notes,
    }


def test_a_person_is_forgotten_and_others_are_not(desk: LiveFrontDesk) -> None:
    leaving, staying = case_body(), case_body()
    desk.post(leaving)
    desk.post(case_body(sender=leaving["sender"]))
    desk.post(case_body(sender=leaving["sender"], kind="human"))
    desk.post(staying)

    answer = delete(desk, leaving["sender"])
    assert (answer.status_code, answer.json()) == (200, deleted(cases=2))
    assert desk.cases(leaving["sender"]) == []
    assert len(desk.cases(staying["sender"])) == 1

    again = delete(desk, leaving["sender"])
    assert (again.status_code, again.json()) == (200, deleted())


def test_a_forgotten_key_opens_a_new_case(desk: LiveFrontDesk) -> None:
    body = case_body()
    first = desk.post(body).json()["case_id"]
    delete(desk, body["sender"])
    answer = desk.post(body)
    assert answer.status_code == 201
    assert answer.json()["case_id"] != first


@pytest.mark.parametrize(
    "sender", ["+1 555 0142", "web:a/b c", "a?b#c&d=e%2F", "Zoë 🙂", "'--"]
)
def test_any_sender_can_be_forgotten(desk: LiveFrontDesk, sender: str) -> None:
    delete(desk, sender)
    desk.post(case_body(sender=sender))
    assert len(desk.cases(sender)) == 1
    assert delete(desk, sender).json() == deleted(cases=1)


def test_no_trace_is_left_in_sqlite_files(
    own_desk: LiveFrontDesk, sqlite_file: Path
) -> None:
    body = case_body(message="trace-of-a-person")
    own_desk.post(body)
    files = [sqlite_file, Path(f"{sqlite_file}-wal")]
    assert any(b"trace-of-a-person" in file.read_bytes() for file in files)
    delete(own_desk, body["sender"])
    assert not any(b"trace-of-a-person" in file.read_bytes() for file in files)


def test_a_conversation_is_forgotten_with_its_messages_and_notes(
    start_desk: StartDesk, sqlite_file: Path
) -> None:
    desk = start_desk(f"sqlite:///{sqlite_file}")
    visitor = Visitor(desk.url)
    visitor.send("trace-of-a-person")
    services = services_on(desk.database_url)
    maria = new_member(services, "Maria")
    services.acts.reply(maria, visitor.sender, "trace-of-a-reply", "k1")
    services.acts.note(maria, visitor.sender, "trace-of-a-note")
    # The message, the notice that Maria has joined, and her reply.
    assert delete(desk, visitor.sender).json() == deleted(messages=3, notes=1)
    files = [sqlite_file, Path(f"{sqlite_file}-wal")]
    assert not any(b"trace-of-a" in file.read_bytes() for file in files)


def test_a_reply_to_the_deletion_itself_still_arrives(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor, brain: StandinBrain
) -> None:
    text = f"delete my data {uuid.uuid4()}"
    gate = brain.hold(text)
    visitor = new_visitor(visited_desk)
    visitor.send("hello")
    visitor.send(text)
    brain.wait_until_reached(text)
    # As the action server does in the middle of the turn.
    assert delete(visited_desk, visitor.sender).status_code == 200
    gate.set()
    visitor.wait_for(f"echo: {text}")
    visitor.send("and now?")
    visitor.wait_for("echo: and now?")
    assert visitor.replies() == ["echo: hello", f"echo: {text}", "echo: and now?"]
