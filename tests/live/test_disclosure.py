"""It says what it is: once a conversation, first, in the words of the channel."""

import pytest

from content import gsm7

DISCLOSURE = "utter_disclosure"
LONGEST_SMS = 306


@pytest.mark.parametrize(
    "text", ["hello", "is ketamine addictive?", "asdf qwer", "i want to kill myself"]
)
def test_the_first_reply_begins_with_the_disclosure_or_help(person, text):
    turn = person.say(text)
    if turn.outcome == "crisis":
        assert turn.names[0].startswith("utter_crisis_")
    else:
        assert turn.names[0] == DISCLOSURE


def test_the_disclosure_is_made_once(person):
    turns = [person.say(t) for t in ("hello", "is it an opioid?", "thanks", "/restart")]
    assert [turn.names.count(DISCLOSURE) for turn in turns] == [1, 0, 0, 0]


def test_the_disclosure_is_made_when_a_human_had_the_first_message(person):
    person.say("hello", owner="human")
    assert person.say("is ketamine an opioid?").names[0] == DISCLOSURE


def test_each_channel_gets_its_own_disclosure(stack, person, acquainted):
    web = stack.post({"sender": f"{person.sender}-web", "text": "hello"})
    sms = stack.post(
        {"sender": f"{person.sender}-sms", "text": "hello", "channel": "sms"}
    )
    texts = [answer.json()["responses"][0]["text"] for answer in (web, sms)]
    assert len(texts[0]) != len(texts[1])


@pytest.mark.parametrize(
    "text",
    ["hello", "is it addictive?", "i want to kill myself", "should i stop my zoloft"],
)
def test_texts_for_phones_fit_into_two_segments(person, text):
    for reply in person.say(text, channel="sms").responses:
        assert not gsm7.foreign_characters(reply["text"]), reply["name"]
        assert gsm7.length(reply["text"]) <= LONGEST_SMS, reply["name"]
