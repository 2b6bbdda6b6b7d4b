"""The record: each message played once, and all that was said, whoever said it."""

import json
import os
import signal
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone

import pytest
import requests

from tests.live.live_stack import BRAIN_TOKEN

SUICIDAL = "i want to kill myself"
OPIOID = "is ketamine an opioid?"
ADVICE = "I take 2 mg Xanax, should I skip it before my infusion?"
AT = "2025-03-01T10:30:00+00:00"
CANARY = "zzrecordcanary"
HOSTILE = [
    "x" * 255,
    "é" * 255,
    "né/ü ?&#%2F",
    "a/events",
    "../../conversations",
    "'; DROP TABLE events; --",
    "😀",
    " ",
    "\x00",
    "+1 555 0100",
    "%00",
]


def said(event_id, text="Hi, Maria here.", **fields):
    event = {"id": event_id, "type": "said", "speaker": "staff", "text": text}
    return event | {"staff": "Maria", "name": None, "at": AT} | fields


def notice(event_id, text="Maria has joined.", **fields):
    joined = {"speaker": "notice", "staff": None, "name": "staff_joined"}
    return said(event_id, text, **(joined | fields))


def withheld(message_id):
    event_id = f"withheld-{message_id}"
    return {"id": event_id, "type": "withheld", "message_id": message_id}


CARE_CLOSED = {"id": "care-3", "type": "care_closed"}


def speakers(person):
    return [message["speaker"] for message in person.transcript()]


def play(person, text=None, **fields):
    answer = person.post(text, **fields)
    assert answer.status_code == 200, answer.text
    return answer.json()


@contextmanager
def paused(process):
    os.killpg(process.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(process.process.pid, signal.SIGCONT)


@contextmanager
def locked(database):
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


def age(stack, person, hours):
    """Makes a conversation older than it is."""
    seconds = hours * 3600
    with sqlite3.connect(stack.conversations) as database:
        for number, data in database.execute(
            "SELECT id, data FROM events WHERE sender_id = ?", [person.sender]
        ).fetchall():
            event = json.loads(data)
            event["timestamp"] -= seconds
            database.execute(
                "UPDATE events SET data = ?, timestamp = timestamp - ? WHERE id = ?",
                [json.dumps(event), seconds, number],
            )


def sessions(stack, person):
    with sqlite3.connect(stack.conversations) as database:
        return database.execute(
            "SELECT count(*) FROM events WHERE type_name = 'session_started' "
            "AND sender_id = ?",
            [person.sender],
        ).fetchone()[0]


# One message, one turn


@pytest.mark.parametrize(
    "text", [OPIOID, "am i a candidate?", SUICIDAL, ADVICE, "asdf qwer", "call me"]
)
@pytest.mark.parametrize("channel", ["web", "sms"])
def test_the_same_message_is_played_once_and_answered_alike(person, text, channel):
    first = play(person, text, message_id="m1", channel=channel)
    again = play(person, text, message_id="m1", channel=channel)
    assert first["responses"] and not first["replayed"]
    assert again == {**first, "replayed": True}
    assert speakers(person).count("person") == 1


def test_an_earlier_message_is_answered_from_the_record(acquainted):
    first = play(acquainted, ADVICE, message_id="m1")
    acquainted.record(said("out-1"), withheld("m1"))
    play(acquainted, OPIOID, message_id="m2")
    cases = acquainted.cases()
    assert play(acquainted, ADVICE, message_id="m1") == {**first, "replayed": True}
    assert acquainted.cases() == cases


def test_a_message_that_the_bot_was_silent_about_is_played_once(acquainted):
    first = play(acquainted, OPIOID, message_id="m1", owner="human")
    again = play(acquainted, OPIOID, message_id="m1", owner="bot")
    assert (first["responses"], first["outcome"]) == ([], None)
    assert again == {**first, "replayed": True}


def test_a_choice_is_played_once(person):
    play(person, "am i a candidate?")
    button = person.transcript()[-1]["buttons"][0]
    first = play(person, choice=button["payload"], message_id="c1")
    again = play(person, choice=button["payload"], message_id="c1")
    assert again == {**first, "replayed": True}


def test_a_message_sent_twice_at_once_is_played_once(acquainted):
    with ThreadPoolExecutor(4) as pool:
        body = {"message_id": "m1"}
        turns = list(pool.map(lambda _: play(acquainted, OPIOID, **body), range(4)))
    assert sorted(turn["replayed"] for turn in turns) == [False, True, True, True]
    assert all(turn["responses"] == turns[0]["responses"] for turn in turns)


def test_a_message_of_the_session_before_is_not_played_again(stack, person):
    first = play(person, OPIOID, message_id="m1")
    age(stack, person, hours=30)
    play(person, "is ketamine addictive?", message_id="m2")
    assert play(person, OPIOID, message_id="m1") == {**first, "replayed": True}


def test_the_same_id_of_somebody_else_is_another_message(stack, person):
    other = type(person)(stack)
    play(person, OPIOID, message_id="m1")
    assert not play(other, OPIOID, message_id="m1")["replayed"]


def test_a_message_is_not_played_again_after_a_restart(stack, person):
    first = play(person, OPIOID, message_id="m1")
    before = person.transcript()
    stack.brain.kill()
    stack.brain.make_sure_it_runs()
    assert person.transcript() == before
    assert play(person, OPIOID, message_id="m1") == {**first, "replayed": True}


def test_a_turn_that_the_front_desk_did_not_wait_for_is_finished(stack, acquainted):
    body = acquainted.body(ADVICE, message_id="m1")
    with paused(stack.action_server), pytest.raises(requests.Timeout):
        requests.post(
            stack.brain_url("/webhooks/frontdesk/messages"),
            json=body,
            headers={"Authorization": f"Bearer {BRAIN_TOKEN}"},
            timeout=5,
        )
    turn = play(acquainted, ADVICE, message_id="m1")
    assert turn["replayed"] and turn["outcome"] == "advice_handoff"
    assert len(acquainted.cases()) == 1


# What staff are told of a message


def test_danger_is_told_with_its_evidence(person):
    danger = play(person, SUICIDAL)["danger"]
    assert danger["outcome"] == "crisis" and danger["kind"] and danger["evidence"]
    assert set(danger) == {"outcome", "kind", "evidence"}
    assert [m["danger"] for m in person.transcript() if m["speaker"] == "person"] == [
        danger
    ]


def test_danger_is_told_while_the_conversations_cannot_be_stored(stack, person):
    with locked(stack.conversations):
        began = time.monotonic()
        turn = play(person, f"{SUICIDAL} {CANARY}")
        assert time.monotonic() - began < 20  # the front desk's patience
    assert turn["danger"]["outcome"] == turn["outcome"] == "crisis"
    assert CANARY not in stack.logs()


def test_recognised_names_are_told(acquainted):
    entities = play(acquainted, ADVICE)["entities"]
    assert {"entity": "medicine", "text": "Xanax"}.items() <= entities[0].items()
    assert set(entities[0]) == {"entity", "value", "text"}
    assert acquainted.cases()[0]["messages"][0]["entities"] == entities


def test_without_danger_and_names_nothing_is_told(person):
    turn = play(person, "hello")
    assert (turn["danger"], turn["entities"]) == (None, [])


# The transcript


def test_an_unknown_conversation_is_empty(person):
    assert person.transcript() == []


def test_everybody_stands_in_the_transcript_in_their_place(person):
    first = play(person, OPIOID, message_id="m1", channel="sms")
    person.record(notice("out-1"), said("out-2"))
    play(person, "thanks maria", message_id="m2", owner="human", channel="sms")
    person.record(said("out-3", "You are welcome."), notice("out-4", "Maria left."))
    play(person, "is ketamine addictive?", message_id="m3")
    messages = person.transcript()
    assert [(m["speaker"], m["text"]) for m in messages if m["speaker"] != "bot"] == [
        ("person", OPIOID),
        ("notice", "Maria has joined."),
        ("staff", "Hi, Maria here."),
        ("person", "thanks maria"),
        ("staff", "You are welcome."),
        ("notice", "Maria left."),
        ("person", "is ketamine addictive?"),
    ]
    assert [m["speaker"] for m in messages[:3]] == ["person", "bot", "bot"]
    assert [
        {key: m[key] for key in ("name", "text", "buttons", "metadata")}
        for m in messages[1:3]
    ] == first["responses"]
    assert messages[-1]["name"] == "utter_faq_addictive"
    assert (messages[0]["message_id"], messages[0]["channel"]) == ("m1", "sms")


def test_what_staff_said_is_told_with_who_and_when(person):
    person.record(said("out-1", at="2025-03-01T12:30:00+02:00"), notice("out-2"))
    staff, joined = person.transcript()
    assert (staff["staff"], staff["name"], staff["at"]) == ("Maria", None, AT)
    assert (joined["staff"], joined["name"]) == (None, "staff_joined")
    assert not staff["withheld"] and staff["message_id"] is None


def test_every_message_has_the_same_fields_and_a_stable_id(person):
    play(person, SUICIDAL)
    person.record(said("out-1"), notice("out-2"))
    before = person.transcript()
    play(person, OPIOID)
    after = person.transcript()
    assert after[: len(before)] == before
    assert len({m["id"] for m in after}) == len(after)
    assert len({tuple(sorted(m)) for m in after}) == 1
    for message in after:
        at = datetime.fromisoformat(message["at"])
        assert at.utcoffset() == timedelta(0) and at <= datetime.now(timezone.utc)


def test_all_sessions_stand_in_the_transcript(stack, person):
    play(person, OPIOID)
    person.record(said("out-1"))
    before = person.transcript()
    age(stack, person, hours=30)
    play(person, "is ketamine addictive?")
    assert sessions(stack, person) == 2
    person.record(said("out-2", "Second day."))
    after = person.transcript()
    assert [m["id"] for m in after[: len(before)]] == [m["id"] for m in before]
    assert after[-1]["text"] == "Second day."
    assert person.record(said("out-1")) == 0


def test_a_choice_is_shown_as_the_button_said_it(person):
    play(person, "am i a candidate?")
    button = person.transcript()[-1]["buttons"][0]
    play(person, choice=button["payload"])
    (chosen,) = [m for m in person.transcript() if m["speaker"] == "person"][1:]
    assert chosen["text"] == button["title"]


@pytest.mark.parametrize(
    "typed", ["/restart", "//greet", "hello", "", "is it\x00 ok?", "<b>hi</b> 😀"]
)
def test_a_person_s_words_are_shown_as_typed(person, typed):
    play(person, typed)
    assert person.transcript()[0]["text"] == typed


def test_a_lone_surrogate_does_not_break_the_transcript(person):
    play(person, "is it safe \ud83d")
    person.rest("hello \ud83d")
    assert person.transcript()[0]["text"] == "is it safe"


# Recording


def test_an_event_is_recorded_once(person):
    play(person, OPIOID, message_id="m1")
    events = [said("out-1"), withheld("m1"), CARE_CLOSED]
    assert person.record(*events) == 3
    assert person.record(*events) == 0
    assert person.record(said("out-1"), said("out-2"), said("out-2")) == 1
    assert speakers(person).count("staff") == 2


def test_events_recorded_at_once_are_recorded_once(acquainted):
    with ThreadPoolExecutor(4) as pool:
        recorded = list(
            pool.map(
                lambda n: acquainted.record(said("both"), said(f"out-{n}")), range(4)
            )
        )
    assert sum(recorded) == 5
    assert speakers(acquainted).count("staff") == 5


def test_withheld_replies_are_marked_but_never_those_to_danger(person):
    play(person, OPIOID, message_id="m1")
    play(person, SUICIDAL, message_id="m2")
    play(person, "is ketamine addictive?", message_id="m3")
    person.record(withheld("m1"), withheld("m2"))
    for message in person.transcript():
        name = message["name"] or ""
        assert message["withheld"] == (
            message["speaker"] == "bot"
            and message["message_id"] in ("m1", "m2")
            and not name.startswith(("utter_crisis", "utter_emergency"))
        ), message
    assert [m["message_id"] for m in person.transcript() if m["withheld"]]


def test_the_first_event_of_a_conversation_begins_it(person):
    assert person.record(said("out-1")) == 1
    turn = play(person, OPIOID)
    names = [reply["name"] for reply in turn["responses"]]
    assert names == ["utter_disclosure", "utter_faq_opioid"]
    assert speakers(person) == ["staff", "person", "bot", "bot"]


def test_nothing_is_recorded_while_nothing_can_be_stored(stack, acquainted):
    event = said("out-1", CANARY)
    with locked(stack.conversations):
        body = {"events": [event]}
        answer = stack.conversation("POST", acquainted.sender, body)
        assert answer.status_code == 503
        assert stack.conversation("GET", acquainted.sender).status_code == 503
        assert stack.conversation("DELETE", acquainted.sender).status_code == 503
    assert acquainted.record(event) == 1
    assert CANARY not in stack.logs()


# The assistant after staff have spoken


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("tell me more", "utter_faq_opioid_more"),
        ("can you repeat that", "utter_faq_opioid"),
        ("is ketamine addictive?", "utter_faq_addictive"),
    ],
)
def test_what_staff_say_is_not_taken_for_the_assistant_s_words(acquainted, text, name):
    acquainted.say(OPIOID, message_id="m1")
    acquainted.record(said("out-1"), withheld("other"), notice("out-2"))
    assert acquainted.say(text).names == [name]


def test_the_form_goes_on_after_staff_have_spoken(acquainted):
    asked = acquainted.say("please call me back")
    assert acquainted.record(said("out-1")) == 1
    answered = acquainted.say("Lopez")
    assert answered.names and answered.names != asked.names
    assert answered.last.startswith("utter_ask_callback")


def test_care_lasts_through_what_staff_say_until_they_close_it(acquainted):
    acquainted.say(SUICIDAL)
    acquainted.record(said("out-1"))
    assert acquainted.say(OPIOID).names[0] == "utter_faq_opioid_care"
    acquainted.record(CARE_CLOSED)
    assert acquainted.say(OPIOID).names == ["utter_faq_opioid"]


def test_danger_after_care_was_closed_is_answered_in_full(acquainted):
    first = acquainted.say(SUICIDAL)
    acquainted.record(CARE_CLOSED)
    assert acquainted.say(SUICIDAL).names == first.names
    acquainted.record(CARE_CLOSED)  # the same id: nothing new
    assert acquainted.say(OPIOID).names[0] == "utter_faq_opioid_care"


# Forgetting


def test_a_forgotten_conversation_is_gone(stack, person):
    other = type(person)(stack)
    other.say(OPIOID)
    person.say(f"zzforgotten {OPIOID}", message_id="m1")
    person.record(said("out-1", "zzforgotten hello"))
    answer = stack.conversation("DELETE", person.sender)
    assert answer.status_code == 200 and answer.json()["deleted"] > 0
    assert person.transcript() == []
    assert b"zzforgotten" not in stack.conversations.read_bytes()
    assert stack.conversation("DELETE", person.sender).json() == {"deleted": 0}
    assert other.transcript()
    assert not play(person, OPIOID, message_id="m1")["replayed"]


# Requests


@pytest.mark.parametrize("sender", HOSTILE, ids=ascii)
def test_any_sender_has_a_record_of_its_own(stack, person, sender):
    person.sender = sender
    person.record(said("out-1"))
    play(person, OPIOID, message_id="m1")
    assert speakers(person) == ["staff", "person", "bot", "bot"]
    assert stack.conversation("DELETE", sender).json()["deleted"] > 0
    assert person.transcript() == []


def test_no_log_holds_who_wrote_or_what(stack, person):
    person.sender = f"{CANARY}/sender"
    person.say(f"{CANARY} {OPIOID}")
    person.record(said("out-1", CANARY, staff=CANARY))
    person.transcript()
    stack.conversation("POST", person.sender, {"events": [{"id": CANARY}]})
    stack.conversation("GET", person.sender, token="wrong")
    stack.conversation("PUT", person.sender)
    stack.conversation("DELETE", person.sender)
    assert CANARY not in stack.logs()


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("token", [None, "", "wrong"])
def test_the_record_needs_the_token(stack, acquainted, method, token):
    before = acquainted.transcript()
    body = {"events": [said("out-1")]}
    answer = stack.conversation(method, acquainted.sender, body, token)
    assert answer.status_code == 401
    assert acquainted.transcript() == before


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_sender_that_is_too_long_is_refused(stack, method):
    body = {"events": [said("out-1")]}
    assert stack.conversation(method, "x" * 256, body).status_code == 422


@pytest.mark.parametrize("field", ["sender", "message_id"])
def test_an_id_that_cannot_be_stored_is_refused(stack, person, field):
    assert person.post("hello", **{field: "\ud83d"}).status_code == 422
    assert person.post("hello", **{field: "x" * 256}).status_code == 422


@pytest.mark.parametrize(
    "event",
    [
        None,
        "said",
        {},
        {"id": "x"},
        {"type": "care_closed"},
        CARE_CLOSED | {"id": ""},
        CARE_CLOSED | {"id": 7},
        CARE_CLOSED | {"id": "x" * 256},
        CARE_CLOSED | {"type": "user"},
        CARE_CLOSED | {"type": ["said"]},
        {"id": "x", "type": "withheld"},
        {"id": "x", "type": "withheld", "message_id": ""},
        said("x", ""),
        said("x", None),
        said("x", ["hello"]),
        said("x", "h" * 10_001),
        said("x", "hello \ud83d"),
        said("x", speaker="bot"),
        said("x", speaker=None),
        said("x", staff=7),
        said("x", name={}),
        said("x", at=None),
        said("x", at="yesterday"),
        said("x", at="2025-03-01T10:30:00"),
        said("x", at="0001-01-01T00:00:00+14:00"),
        said("x", at=1740825000),
    ],
    ids=lambda event: ascii(event)[:60],
)
def test_a_wrong_event_is_refused_and_nothing_recorded(stack, person, event):
    body = {"events": [said("out-1"), event]}
    answer = stack.conversation("POST", person.sender, body)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("events[1]: ")
    assert person.transcript() == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"[]", b"{}", b'{"events": []}', b'{"events": {}}']
)
def test_a_body_without_events_is_refused(stack, person, body):
    answer = stack.conversation("POST", person.sender, body)
    assert answer.status_code == 422 and answer.json()["error"]


def test_a_time_may_be_given_with_z(person):
    person.record(said("out-1", at="2025-03-01T10:30:00Z"))
    assert person.transcript()[0]["at"] == AT
