"""Follow-ups mean the last fact."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("tell me more", "more"),
        ("MORE", "more"),
        ("SOURCES", "sources"),
        ("says who?", "sources"),
        ("why?", "more"),
        ("is that proven?", "proof"),
    ],
)
def test_a_follow_up_uses_the_last_fact(visitor, text, part):
    visitor.say("is ketamine an opioid?")
    assert visitor.say(text) == [f"utter_faq_opioid_{part}"]


def test_a_button_of_an_older_card_means_that_card(visitor):
    visitor.say("is ketamine an opioid?")
    more = next(b["payload"] for b in visitor.buttons if b["title"] == "Tell me more")
    visitor.say("is it legal")
    assert visitor.press(more) == ["utter_faq_opioid_more"]


def test_a_follow_up_on_nothing_asks_which_topic(visitor):
    assert visitor.say("tell me more")[-1] == "utter_clarify_which_topic"


def test_repeat_says_the_last_answer_again(visitor):
    visitor.say("is ketamine an opioid?")
    assert visitor.say("can you say that again")[-1] == "utter_faq_opioid"


def test_yes_to_the_offer_of_a_person_hands_over(visitor):
    visitor.press("/nlu_fallback")
    assert visitor.press("/nlu_fallback")[-1] == "utter_human_offer"
    assert visitor.say("yes please")[0] == "utter_human"
