"""What the frontdesk channel takes and refuses."""

import pytest


def test_a_request_without_a_token_is_refused(stack, person):
    assert stack.post(person.body("hello"), token=None).status_code == 401


@pytest.mark.parametrize("token", ["wrong", "", "é", "brain-token-of-the-test"])
def test_a_request_with_a_wrong_token_is_refused(stack, person, token):
    header = {"Authorization": f"Bearer {token}".encode()}
    assert stack.post(person.body("hello"), token=None).status_code == 401
    assert _post_with(stack, person, header).status_code == 401


def test_a_token_in_the_query_string_is_refused(stack, person):
    answer = stack.post({**person.body("hello"), "token": "x"}, token=None)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        {"sender": None},
        {"sender": ""},
        {"sender": 7},
        {"sender": "x" * 256},
        {"text": None},
        {"text": ["hello"]},
        {"text": "x" * 10_001},
        {"choice": "/greet"},
        {"channel": "fax"},
        {"channel": ["web"]},
        {"channel": None},
        {"owner": "dog"},
        {"owner": {}},
        {"message_id": 7},
    ],
    ids=lambda change: str(change)[:40],
)
def test_a_request_with_a_wrong_field_is_refused(person, change):
    answer = person.post(**({"text": "hello"} | change))
    assert answer.status_code == 422
    assert answer.json()["error"]


@pytest.mark.parametrize("field", ["sender", "text"])
def test_a_request_that_lacks_a_field_is_refused(stack, person, field):
    body = person.body("hello")
    del body[field]
    assert stack.post(body).status_code == 422


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"hello"',
        b"not json",
        b'{"sender": "p", "text": "\xff\xfe"}',
        b'{"sender": "p", "text": "\xc3"}',
        b"\x00",
        b"[" * 100_000,
    ],
    ids=lambda raw: repr(raw)[:20],
)
def test_a_body_that_cannot_be_read_is_refused(stack, raw):
    assert stack.post(raw).status_code == 422


def test_a_refused_request_leaves_no_stack_trace(stack, person):
    before = len(stack.brain.log())
    stack.post(b"[" * 100_000)
    stack.post(b'{"sender": "p", "text": "\xff"}')
    person.post("hello", channel="fax")
    assert "Traceback" not in stack.brain.log()[before:]


def test_a_choice_that_was_not_offered_is_refused(acquainted):
    assert acquainted.post(choice="/confirm_delete").status_code == 409


@pytest.mark.parametrize("choice", ["/restart", "/session_start", "/back", "", "human"])
def test_a_command_given_as_a_choice_is_refused(acquainted, choice):
    assert acquainted.post(choice=choice).status_code == 409


def test_a_choice_before_anything_was_offered_is_refused(person):
    assert person.post(choice="/human").status_code == 409


def test_a_choice_offered_to_somebody_else_is_refused(stack, person, acquainted):
    offered = acquainted.say("am i a candidate?").responses[-1]["buttons"]
    assert offered
    answer = stack.post(
        {"sender": person.sender + "-other", "choice": offered[0]["payload"]}
    )
    assert answer.status_code == 409


def test_a_choice_that_was_offered_is_taken(person):
    offered = person.say("am i a candidate?").responses[-1]["buttons"]
    payload = next(b["payload"] for b in offered if "screening_process" in b["payload"])
    assert person.say(choice=payload).last == "utter_faq_screening_process"


def _post_with(stack, person, headers):
    import requests

    return requests.post(
        stack.brain_url("/webhooks/frontdesk/messages"),
        json=person.body("hello"),
        headers=headers,
        timeout=60,
    )
