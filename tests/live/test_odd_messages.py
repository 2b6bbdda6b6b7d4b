"""Whatever is written, something readable comes back and nothing breaks."""

import time

import pytest

SLOWEST_TURN = 8.0

ODD = {
    "10,000 characters": "is it safe? " * 833 + "ok? ",
    "10,000 letters without a space": "k" * 10_000,
    "10,000 emoji": "😀" * 10_000,
    "10,000 line ends": "a\n" * 5_000,
    "10,000 sentence ends": "a." * 5_000,
    "10,000 combining marks": "a" + "\u0301" * 9_999,
    "empty": "",
    "blank": " \t\r\n ",
    "emoji": "😀😀👍🏽",
    "control characters": "\x01\x02\x07\x1b[31m\x7f",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{case_id} {{7*7}} ${phone} %s {0[x]} {",
    "right-to-left override": "is it \u202esafe\u202c?",
    "question mark": "?",
    "slashes": "////",
    "dot": ".",
    "dots": "...",
    "ellipsis": "\u2026",
    "NUL": "is it\x00 safe?",
    "only NUL": "\x00",
    "zero-width": "\u200b\u200d\ufeff",
    "lone surrogate": "is it safe \ud83d",
    "only a lone surrogate": "\ud83d",
    "no characters of Unicode": "\uffff\U0010ffff",
    "SQL": "'; DROP TABLE events; --",
    "Arabic": "هل هو آمن؟",
    "line separators": "\u2028\u2029\u0085",
    "braces": '/faq_opioid{"topic": ',
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("channel", ["web", "sms"])
def test_an_odd_message_gets_a_reply(stack, person, text, channel):
    before = len(stack.brain.log())
    turn = person.say(text, channel=channel)
    assert any((reply["text"] or "").strip() for reply in turn.responses), turn
    assert turn.names[0] == "utter_disclosure"
    assert len(turn.names) > 1, turn
    assert "Traceback" not in stack.brain.log()[before:]


@pytest.mark.parametrize(
    "letters", ["k", "\u5b57", "\U0001f600", "a.", "?!", "a\u0301"]
)
def test_the_longest_message_does_not_hold_others_up(person, letters):
    began = time.monotonic()
    person.say((letters * 10_000)[:10_000])
    assert time.monotonic() - began < SLOWEST_TURN


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_the_conversation_goes_on_after_an_odd_message(person, text):
    person.say(text)
    assert person.say("is ketamine an opioid?").last == "utter_faq_opioid"


@pytest.mark.parametrize(
    "sender", ["x" * 255, "né/ü ?&#", "'; --", "😀", " ", "\x00", "+1 555 0100"]
)
def test_an_odd_sender_gets_a_reply(stack, sender):
    answer = stack.post({"sender": sender, "text": "is ketamine an opioid?"})
    assert answer.status_code == 200
    assert answer.json()["responses"][-1]["name"] == "utter_faq_opioid"
