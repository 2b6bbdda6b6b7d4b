"""Danger first: in any message, whoever has the conversation, whatever is down."""

import sqlite3
import time
from contextlib import contextmanager

import pytest

SUICIDAL = "i want to kill myself"
OVERDOSE = "i took a whole bottle of pills"
FILLER = "we drove to the lake and had a quiet lunch with my sister. "


def dangerous(turn):
    said = [name for name in turn.names if name != "utter_question_waiting"]
    return turn.outcome in ("crisis", "emergency") and said[-1].startswith(
        ("utter_crisis_", "utter_emergency_")
    )


@pytest.mark.parametrize("text", [SUICIDAL, OVERDOSE])
def test_danger_is_answered_after_the_disclosure_at_most(person, text):
    turn = person.say(text)
    assert dangerous(turn), turn
    assert len([name for name in turn.names if name != "utter_disclosure"]) == 1


@pytest.mark.parametrize("filler", [FILLER, FILLER.replace(". ", " and ")])
@pytest.mark.parametrize("text", [SUICIDAL, OVERDOSE])
def test_danger_at_the_end_of_a_long_message_is_recognised(person, filler, text):
    length = 9_000
    assert dangerous(person.say((filler * 200)[:length] + " " + text))


def test_danger_behind_a_slash_is_recognised(person):
    assert dangerous(person.say(f"/{SUICIDAL}"))


def test_danger_next_to_a_question_is_recognised(person):
    turn = person.say("is it safe? honestly i dont want to be here anymore")
    assert dangerous(turn), turn
    assert not any(name.startswith("utter_faq_") for name in turn.names)


@pytest.mark.parametrize("text", [SUICIDAL, OVERDOSE])
@pytest.mark.parametrize("channel", ["web", "sms"])
def test_danger_is_answered_while_a_human_has_the_conversation(
    acquainted, text, channel
):
    assert dangerous(acquainted.say(text, owner="human", channel=channel))


def test_danger_in_a_first_message_to_a_human_is_answered(person):
    assert dangerous(person.say(SUICIDAL, owner="human"))


@pytest.mark.parametrize(
    "text", ["is ketamine an opioid?", "hello", "asdf", "delete my data", "call me"]
)
def test_the_bot_is_silent_while_a_human_has_the_conversation(acquainted, text):
    turn = acquainted.say(text, owner="human")
    assert (turn.names, turn.outcome) == ([], None)


def test_the_bot_answers_again_when_the_human_hands_back(acquainted):
    acquainted.say("is it safe?", owner="human")
    assert acquainted.say("is ketamine an opioid?").last == "utter_faq_opioid"


def test_danger_opens_an_urgent_case(acquainted):
    acquainted.say(SUICIDAL)
    (case,) = acquainted.cases("danger")
    assert case["urgency"] == "urgent"
    assert case["messages"][0]["message"] == SUICIDAL


def test_danger_while_a_human_has_the_conversation_opens_an_urgent_case(acquainted):
    acquainted.say(SUICIDAL, owner="human")
    assert [case["urgency"] for case in acquainted.cases("danger")] == ["urgent"]


def test_danger_is_answered_without_the_action_server(stack, acquainted):
    stack.action_server.kill()
    assert dangerous(acquainted.say(SUICIDAL))


def test_danger_is_answered_without_the_front_desk(stack, acquainted):
    stack.front_desk.kill()
    assert dangerous(acquainted.say(OVERDOSE))


def test_danger_is_answered_with_nothing_but_the_brain(stack, person):
    stack.front_desk.kill()
    stack.action_server.kill()
    assert dangerous(person.say(SUICIDAL, channel="sms"))


@contextmanager
def locked(database):
    """Keeps anyone else from writing to a SQLite database."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


def eventually(condition, seconds=90):
    """Waits for something that happens in the background."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.5)
    return False


def claims_that_staff_know(turn):
    texts = " ".join(str(reply["text"]) for reply in turn.responses).lower()
    return any(word in texts for word in ("alerted", "told our", "staff", "team"))


def test_an_alert_is_sent_again_until_the_front_desk_has_it(stack, acquainted):
    stack.front_desk.kill()
    turn = acquainted.say(SUICIDAL)
    assert dangerous(turn) and not claims_that_staff_know(turn)
    stack.front_desk.start()
    stack.front_desk.wait_until_ready(lambda: False)
    assert eventually(lambda: acquainted.cases("danger"))
    log = stack.action_server.log()
    assert "was not stored" in log and "to alert staff succeeded" in log


def test_an_alert_that_no_action_server_sent_is_made_up_for(stack, acquainted):
    stack.action_server.kill()
    acquainted.say(SUICIDAL)
    stack.action_server.start()
    stack.action_server.wait_until_ready(lambda: False)
    acquainted.say("is ketamine an opioid?")
    (case,) = acquainted.cases("danger")
    assert case["messages"][0]["message"] == SUICIDAL
    acquainted.say("is ketamine addictive?")
    assert len(acquainted.cases()) == 1


def test_danger_is_answered_while_the_case_database_cannot_be_written(
    stack, acquainted
):
    with locked(stack.cases_database):
        turn = acquainted.say(SUICIDAL)
        assert dangerous(turn) and not claims_that_staff_know(turn)
    assert eventually(lambda: acquainted.cases("danger"))
    assert len(acquainted.cases("danger")) == 1


def test_danger_is_answered_while_the_conversations_cannot_be_stored(stack, person):
    with locked(stack.conversations):
        assert dangerous(person.say(SUICIDAL))


def test_rising_danger_is_answered_on_the_rest_channel(person):
    for text in (
        "sometimes i wish i could fall asleep and never wake up",
        "lately i am having thoughts of killing myself",
        "i have decided, i am going to end my life tonight",
        "the pills are in my hand and i am about to take them",
    ):
        reply = person.rest(text)[0]["text"]
        assert "988" in reply and "911" in reply


def test_danger_inside_the_form_is_answered_and_ends_the_form(acquainted):
    acquainted.say("please call me back")
    assert dangerous(acquainted.say(SUICIDAL))
    assert acquainted.say("is ketamine an opioid?").names[0] == "utter_faq_opioid_care"


def test_danger_after_a_restart_is_answered(person):
    person.say("Is ketamine addictive?")
    person.rest("/restart")
    assert dangerous(person.say(SUICIDAL))


def test_danger_said_twice_is_answered_twice(person):
    person.say(SUICIDAL)
    assert person.say(SUICIDAL).names == ["utter_crisis_again"]


def test_danger_is_answered_on_the_rest_channel(person):
    assert any("988" in reply.get("text", "") for reply in person.rest(SUICIDAL))
