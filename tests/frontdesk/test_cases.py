"""Opening and listing cases, on every database."""

import re
from datetime import datetime

import pytest
from case_bodies import case_body
from live_frontdesk import LiveFrontDesk

from frontdesk.cases.case_id import CROCKFORD_BASE32


def test_a_new_case_is_created_and_listed_as_it_was_sent(desk: LiveFrontDesk) -> None:
    body = case_body()
    answer = desk.post(body)
    assert answer.status_code == 201
    case_id = answer.json()["case_id"]
    assert answer.json() == {"case_id": case_id, "created": True}

    [case] = desk.cases(body["sender"])
    [message] = case.pop("messages")
    moments = [case.pop("opened_at"), case.pop("changed_at"), message["received_at"]]
    assert case == {
        "case_id": case_id,
        "sender": body["sender"],
        "kind": "advice",
        "urgency": "normal",
        "status": "waiting",
        "channel": "web",
    }
    assert {name: message[name] for name in message if name != "received_at"} == {
        name: body[name] for name in ("key", "message", "entities", "details")
    }
    assert len(set(moments)) == 1
    assert datetime.fromisoformat(str(moments[0])).tzinfo is not None


def test_case_ids_can_be_said_on_the_phone(desk: LiveFrontDesk) -> None:
    ids = {desk.post(case_body()).json()["case_id"] for _ in range(10)}
    assert len(ids) == 10
    assert all(re.fullmatch(f"KF-[{CROCKFORD_BASE32}]{{6}}", one) for one in ids)
    assert not set("ILOU") & set(CROCKFORD_BASE32)


def test_entities_and_details_may_be_left_out(desk: LiveFrontDesk) -> None:
    body = case_body()
    del body["entities"], body["details"]
    assert desk.post(body).status_code == 201
    [case] = desk.cases(body["sender"])
    [message] = case["messages"]
    assert (message["entities"], message["details"]) == ([], {})


@pytest.mark.parametrize("urgency", ["urgent", "normal"])
def test_danger_is_always_urgent(desk: LiveFrontDesk, urgency: str) -> None:
    body = case_body(kind="danger", urgency=urgency)
    assert desk.post(body).status_code == 201
    [case] = desk.cases(body["sender"])
    assert case["urgency"] == "urgent"


def test_a_further_message_joins_the_open_case(desk: LiveFrontDesk) -> None:
    first = case_body(message="first")
    second = case_body(sender=first["sender"], message="second", details={"a": "b"})
    opened = desk.post(first).json()
    answer = desk.post(second)
    assert answer.status_code == 200
    assert answer.json() == opened | {"created": False, "added": True}

    [case] = desk.cases(first["sender"])
    messages = case["messages"]
    assert [m["message"] for m in messages] == ["first", "second"]
    assert [m["details"] for m in messages] == [first["details"], {"a": "b"}]
    assert case["changed_at"] > case["opened_at"]


def test_urgency_rises_and_never_falls(desk: LiveFrontDesk) -> None:
    body = case_body(urgency="normal")
    seen = []
    for urgency in ("normal", "urgent", "normal"):
        desk.post(case_body(sender=body["sender"], urgency=urgency))
        [case] = desk.cases(body["sender"])
        seen.append(case["urgency"])
    assert seen == ["normal", "urgent", "urgent"]


def test_each_kind_has_a_case_of_its_own(desk: LiveFrontDesk) -> None:
    sender = case_body()["sender"]
    kinds = ["danger", "advice", "human", "screening"]
    answers = [desk.post(case_body(sender=sender, kind=kind)) for kind in kinds]
    assert [answer.status_code for answer in answers] == [201] * 4
    assert [case["kind"] for case in desk.cases(sender)] == kinds


def test_people_do_not_see_each_others_cases(desk: LiveFrontDesk) -> None:
    mine, yours = case_body(), case_body()
    desk.post(mine)
    desk.post(yours)
    [case] = desk.cases(mine["sender"])
    assert case["sender"] == mine["sender"]
    assert desk.cases("nobody") == []


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE cases; --",
        '" OR 1=1 --',
        "Robert'); DELETE FROM case_messages WHERE ('a'='a",
        "%s %(x)s :name ?1 $1 {} ${name}",
        "\\",
    ],
)
def test_text_that_looks_like_sql_is_text(desk: LiveFrontDesk, text: str) -> None:
    sender = f"{text} {case_body()['sender']}"
    body = case_body(sender=sender, message=text, details={text: text})
    body["key"] = f"{text} {body['key']}"
    assert desk.post(body).status_code == 201
    assert desk.post(body).status_code == 200
    [case] = desk.cases(sender)
    [message] = case["messages"]
    assert (message["message"], message["details"]) == (text, {text: text})
