"""Sending a case again, also at the same time, on every database."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import httpx
from case_bodies import case_body
from live_frontdesk import LiveFrontDesk

RACERS = 20


def race(desk: LiveFrontDesk, bodies: list[dict[str, Any]]) -> list[httpx.Response]:
    """Sends all requests at the same moment."""
    start = Barrier(len(bodies))

    def send(body: dict[str, Any]) -> httpx.Response:
        start.wait()
        return desk.post(body)

    with ThreadPoolExecutor(len(bodies)) as threads:
        return list(threads.map(send, bodies))


def test_the_same_key_again_changes_nothing(desk: LiveFrontDesk) -> None:
    body = case_body(urgency="normal")
    created = desk.post(body).json()
    before = desk.cases(body["sender"])
    again = desk.post(body | {"message": "something else", "urgency": "urgent"})
    assert again.status_code == 200
    assert again.json() == {"case_id": created["case_id"], "created": False}
    assert desk.cases(body["sender"]) == before


def test_the_same_key_of_an_added_message_changes_nothing(desk: LiveFrontDesk) -> None:
    first = case_body()
    second = case_body(sender=first["sender"])
    case_id = desk.post(first).json()["case_id"]
    desk.post(second)
    before = desk.cases(first["sender"])
    again = desk.post(second)
    assert (again.status_code, again.json()) == (
        200,
        {"case_id": case_id, "created": False},
    )
    assert desk.cases(first["sender"]) == before


def test_a_key_of_another_case_is_refused(desk: LiveFrontDesk) -> None:
    body = case_body()
    desk.post(body)
    before = desk.cases(body["sender"])
    assert desk.post(body | {"sender": "sms:someone else"}).status_code == 409
    assert desk.post(body | {"kind": "danger"}).status_code == 409
    assert desk.cases(body["sender"]) == before
    assert desk.cases("sms:someone else") == []


def test_twenty_requests_with_one_key_make_one_case(desk: LiveFrontDesk) -> None:
    body = case_body()
    answers = race(desk, [body] * RACERS)
    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: 19}
    assert len({answer.json()["case_id"] for answer in answers}) == 1
    assert not any("added" in answer.json() for answer in answers)
    [case] = desk.cases(body["sender"])
    assert len(case["messages"]) == 1


def test_twenty_messages_at_once_join_one_case(desk: LiveFrontDesk) -> None:
    sender = case_body()["sender"]
    bodies = [case_body(sender=sender, message=str(i)) for i in range(RACERS)]
    bodies[RACERS // 2]["urgency"] = "urgent"
    answers = race(desk, bodies)
    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: 19}
    assert sum("added" in answer.json() for answer in answers) == RACERS - 1
    [case] = desk.cases(sender)
    stored = {message["message"] for message in case["messages"]}
    assert stored == {str(i) for i in range(RACERS)}
    assert case["urgency"] == "urgent"


def test_twenty_people_at_once_are_all_stored(desk: LiveFrontDesk) -> None:
    bodies = [case_body() for _ in range(RACERS)]
    answers = race(desk, bodies)
    assert {answer.status_code for answer in answers} == {201}
    assert all(len(desk.cases(body["sender"])) == 1 for body in bodies)
