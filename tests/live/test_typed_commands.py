"""What a person types is text, also when it looks like a command of Rasa's."""

import json
import sqlite3

import pytest

COMMANDS = [
    "/restart",
    "/faq_opioid",
    "/utter_crisis",
    '/human{"a":1}',
    " /session_start",
    "//greet",
    "/back",
    '/inform{"callback_name": "Eve"}',
    "/ /restart",
    "\ufeff/restart",
    "\u200b/restart",
    "\x00/restart",
    "\u00a0/restart",
    "\u3000/restart",
    "／restart",  # noqa: RUF001
]


@pytest.mark.parametrize("typed", COMMANDS, ids=ascii)
def test_a_typed_command_is_read_as_words(stack, person, typed):
    person.say(typed)
    last = _user_messages(stack, person)[-1]["parse_data"]
    intent = last["intent"]
    assert intent.get("confidence", 0) < 1.0, intent
    assert not (last.get("text") or "").startswith("/")


def test_a_typed_fact_intent_leads_to_no_certain_answer_about_something_else(person):
    assert person.say('/human{"a":1}').outcome != "answer"


@pytest.mark.parametrize("typed", ["/restart", " /session_start", "//restart"])
def test_a_typed_restart_keeps_the_conversation(stack, acquainted, typed):
    turn = acquainted.say(typed)
    assert turn.responses
    assert "utter_disclosure" not in turn.names
    more = acquainted.say("is ketamine an opioid?")
    assert "utter_disclosure" not in more.names
    events = _events(stack, acquainted)
    assert not any(event["event"] == "restart" for event in events)
    assert sum(_is_session_start(event) for event in events) == 1


@pytest.mark.parametrize("typed", ["/restart", "/session_start"])
def test_a_typed_restart_does_not_take_the_conversation_from_a_human(acquainted, typed):
    assert acquainted.say(typed, owner="human").names == []
    assert acquainted.say("is it an opioid?", owner="human").names == []


def _is_session_start(event):
    return event["event"] == "action" and event["name"] == "action_session_start"


def _user_messages(stack, person):
    return [event for event in _events(stack, person) if event["event"] == "user"]


def _events(stack, person):
    with sqlite3.connect(stack.conversations) as database:
        rows = database.execute(
            "SELECT data FROM events WHERE sender_id = ? ORDER BY id", [person.sender]
        ).fetchall()
    return [json.loads(row[0]) for row in rows]
