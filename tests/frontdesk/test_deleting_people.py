"""Deleting all that is stored of a person, on every database."""

from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from case_bodies import case_body
from live_frontdesk import LiveFrontDesk


def delete(desk: LiveFrontDesk, sender: str) -> httpx.Response:
    """Asks for a person to be forgotten."""
    return desk.client.delete(f"/internal/people/{quote(sender, safe='')}")


def test_a_person_is_forgotten_and_others_are_not(desk: LiveFrontDesk) -> None:
    leaving, staying = case_body(), case_body()
    desk.post(leaving)
    desk.post(case_body(sender=leaving["sender"]))
    desk.post(case_body(sender=leaving["sender"], kind="human"))
    desk.post(staying)

    answer = delete(desk, leaving["sender"])
    assert (answer.status_code, answer.json()) == (200, {"deleted_cases": 2})
    assert desk.cases(leaving["sender"]) == []
    assert len(desk.cases(staying["sender"])) == 1

    again = delete(desk, leaving["sender"])
    assert (again.status_code, again.json()) == (200, {"deleted_cases": 0})


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
    assert delete(desk, sender).json() == {"deleted_cases": 1}


def test_no_trace_is_left_in_sqlite_files(
    own_desk: LiveFrontDesk, sqlite_file: Path
) -> None:
    body = case_body(message="trace-of-a-person")
    own_desk.post(body)
    files = [sqlite_file, Path(f"{sqlite_file}-wal")]
    assert any(b"trace-of-a-person" in file.read_bytes() for file in files)
    delete(own_desk, body["sender"])
    assert not any(b"trace-of-a-person" in file.read_bytes() for file in files)
