"""No action server runs here: nothing may be said to have been sent."""

from __future__ import annotations


def test_a_medical_question_is_not_answered_and_not_said_to_be_sent(visitor):
    names = visitor.say("I take 2 mg Xanax, should I skip it before my infusion?")
    assert names[1:] == ["utter_advice", "utter_advice_not_sent"]
    assert "555-0142" in visitor.replies[-1]["text"]


def test_a_request_for_a_person_is_not_said_to_be_sent(visitor):
    names = visitor.say("i want to talk to a person")
    assert names[1:] == ["utter_human", "utter_human_not_sent"]


def test_facts_are_answered_all_the_same(visitor):
    visitor.say("i want to talk to a person")
    assert visitor.topics("is ketamine an opioid?") == ["opioid"]


def test_the_call_back_form_says_that_it_cannot_be_sent(visitor):
    assert visitor.press("/request_callback")[-1] == "utter_screening_not_sent"


def test_data_that_were_not_deleted_are_not_said_to_be(visitor):
    visitor.say("delete my data")
    assert visitor.press("/confirm_delete") == ["utter_smalltalk_not_deleted"]


def test_general_questions_about_medicines_are_answered(visitor):
    text = "Do benzos interfere with ketamine?"
    assert visitor.topics(text) == ["medication_interactions_general"]
