"""What it is, is said once, first."""

from __future__ import annotations

DISCLOSURE = "utter_disclosure"


def test_the_first_reply_is_preceded_by_the_disclosure(visitor):
    assert visitor.say("hello")[0] == DISCLOSURE


def test_the_disclosure_is_made_once(visitor):
    visitor.say("hello")
    assert DISCLOSURE not in visitor.say("is it addictive")


def test_a_new_session_begins_with_it(visitor):
    visitor.say("hello")
    visitor.age(hours=25)
    assert visitor.say("is it addictive") == [DISCLOSURE, "utter_faq_addictive"]
    assert DISCLOSURE not in visitor.say("is it an opioid")


def test_danger_is_answered_before_the_disclosure(visitor):
    assert DISCLOSURE not in visitor.say("i want to kill myself")


def test_are_you_human_is_answered_truthfully(visitor):
    visitor.say("hi")
    assert visitor.say("are you human?") == ["utter_smalltalk_bot_challenge"]
    assert "not a person" in visitor.replies[0]["text"]
