"""After danger the tone stays: plain answers, nothing pushed, the line at the end."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import SlotSet

DANGER = "i want to kill myself"
LINE = "utter_care_line"


@pytest.fixture
def cared_for(visitor):
    visitor.say(DANGER)
    return visitor


def test_a_question_is_answered_plainly_with_the_line_at_the_end(cared_for):
    assert cared_for.say("is ketamine addictive?") == ["utter_faq_addictive_care", LINE]
    answer, line = cared_for.replies
    assert "verdict" not in answer["metadata"]
    assert not answer["text"].startswith(("Myth", "Fact", "Mostly", "It depends"))
    assert "988" in line["text"]


def test_two_questions_are_both_answered_plainly(cared_for):
    names = cared_for.say("is it addictive, and is it an opioid?")
    assert names == ["utter_faq_addictive_care", "utter_faq_opioid_care", LINE]


def test_booking_is_not_pushed(cared_for):
    assert cared_for.say("how do i start treatment?") == ["utter_screening_care"]
    assert not any("callback" in button["payload"] for button in cared_for.buttons)


@pytest.mark.parametrize(
    "text", ["i'm safe now", "yes", "im ok now, my sister is here with me"]
)
def test_being_safe_is_heard(cared_for, text):
    assert cared_for.say(text) == ["utter_crisis_safe"]


@pytest.mark.parametrize("text", ["no", "nope"])
def test_not_being_safe_is_urgent(cared_for, text):
    assert cared_for.say(text) == ["utter_crisis_not_safe"]
    assert "911" in cared_for.replies[0]["text"]


def test_i_am_not_safe_is_danger(cared_for):
    (name,) = cared_for.say("no i am not safe")
    assert name.startswith("utter_crisis")
    assert name != "utter_crisis_safe"


def test_thanks_are_answered_kindly(cared_for):
    assert cared_for.say("thank you") == ["utter_crisis_thanks"]


@pytest.mark.parametrize("text", ["hello", "ok", "bye"])
def test_small_talk_carries_the_line(cared_for, text):
    (name,) = cared_for.say(text)
    assert name.startswith("utter_smalltalk_care")
    assert "988" in cared_for.replies[0]["text"]


def test_an_honest_cannot_say_carries_the_line(cared_for):
    assert cared_for.say("who won the world cup?") == ["utter_out_of_scope", LINE]


def test_no_about_somebody_else_is_answered_for_them(visitor):
    visitor.say("my brother says he wants to die")
    assert visitor.say("no") == ["utter_crisis_other_not_safe"]


def test_no_and_yes_mean_the_usual_later_in_the_conversation(cared_for):
    cared_for.say("is ketamine addictive?")
    assert cared_for.say("no")[0] == "utter_smalltalk_okay"


def test_an_emergency_is_followed_in_kind(visitor):
    visitor.say("chest pain and i cant breathe")
    assert visitor.say("no") == ["utter_emergency_alone"]


def test_advice_is_still_handed_over_truthfully(cared_for):
    names = cared_for.say("should i stop my zoloft before my infusion? i take 50 mg")
    assert names[0] == "utter_advice"
    assert names[-2:] == ["utter_advice_not_sent", LINE]  # no action server here


def test_danger_in_care_mode_is_danger(cared_for):
    assert cared_for.say("i really want to die") == ["utter_crisis_again"]
    assert cared_for.say("i just want to be dead") == ["utter_crisis_again_2"]


def test_the_opening_text_waits(cared_for):
    assert "utter_disclosure" not in cared_for.say("is ketamine addictive?")


def test_a_question_beside_danger_is_offered_again(visitor):
    names = visitor.say("is it addictive? honestly i dont want to be here anymore")
    assert names == ["utter_crisis_ideation", "utter_question_waiting"]
    assert visitor.buttons[0]["payload"] == "/faq_addictive"
    assert visitor.press("/faq_addictive")[0] == "utter_faq_addictive_care"


def test_no_question_is_offered_out_of_the_danger_itself(visitor):
    names = visitor.say("how many pills would it take to kill me?")
    assert "utter_question_waiting" not in names


def test_a_new_session_changes_nothing_while_a_human_has_the_conversation(visitor):
    visitor.say("is ketamine addictive?")
    visitor.age(hours=30)
    assert visitor.say("is it an opioid?", owner="human") == []
    assert visitor.say(DANGER, owner="human") == ["utter_crisis_ideation"]


def test_staff_end_it(cared_for):
    cared_for.record([SlotSet("care_closed", True)])
    assert "utter_faq_addictive" in cared_for.say("is ketamine addictive?")


def test_it_starts_again_with_new_danger(cared_for):
    cared_for.record([SlotSet("care_closed", True)])
    cared_for.say(DANGER)
    assert cared_for.say("is ketamine addictive?")[-1] == LINE


def test_it_ends_after_a_day(visitor):
    visitor.say(DANGER)
    visitor.age(hours=25)
    assert visitor.say("is ketamine addictive?")[-1] == "utter_faq_addictive"


def test_it_lasts_for_hours(visitor):
    visitor.say(DANGER)
    visitor.age(hours=22)
    assert visitor.say("is ketamine addictive?")[-1] == LINE


def test_it_outlasts_a_typed_restart(cared_for):
    cared_for.say("/restart")
    assert cared_for.say("is ketamine addictive?")[-1] == LINE


def test_danger_is_found_a_thousand_turns_into_a_conversation(visitor, agent, loop):
    visitor.say("is ketamine addictive?")
    tracker = loop.run_until_complete(agent.tracker_store.retrieve(visitor.sender))
    turn = list(tracker.events)[-8:]
    visitor.record(turn * 1000)
    assert visitor.say(DANGER) == ["utter_crisis_ideation"]
