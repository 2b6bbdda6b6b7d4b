"""Unsure is said; other treatments are never answered with a fact about ketamine."""

from __future__ import annotations

import pytest


def test_a_second_miss_in_a_row_offers_a_person(visitor):
    visitor.press("/nlu_fallback")
    assert visitor.press("/nlu_fallback") == ["utter_human_offer"]


def test_an_answer_in_between_forgives_the_first_miss(visitor):
    visitor.press("/nlu_fallback")
    visitor.say("is ketamine an opioid?")
    assert visitor.press("/nlu_fallback")[-1].startswith("utter_clarify")


@pytest.mark.parametrize("treatment", ["psilocybin", "mdma", "tms", "ayahuasca", "lsd"])
@pytest.mark.parametrize(
    "question",
    [
        "is {} addictive?",
        "does {} cause brain damage",
        "how long does {} last",
        "is {} legal",
        "what does {} feel like",
        "how much does {} cost",
        "is {} safe during pregnancy",
    ],
)
def test_another_treatment_is_never_answered_with_a_ketamine_fact(
    visitor, treatment, question
):
    assert visitor.outcome(question.format(treatment)) != "answer"


@pytest.mark.parametrize(
    "text",
    ["what's the weather tomorrow", "book me a table for two", "translate hello"],
)
def test_everyday_requests_are_out_of_scope(visitor, text):
    assert visitor.outcome(text) == "out_of_scope"


def test_a_story_of_loss_is_heard_without_an_alarm(visitor):
    story = (
        "We buried my aunt on Friday, she was 91 and taught me to whistle. The house "
        "smells of her soap and I cry in the pantry. I just wanted to tell someone."
    )
    assert visitor.say(story)[-1] == "utter_out_of_scope_hardship"
    assert "988" in visitor.replies[-1]["text"]


def test_the_same_loss_with_a_wish_to_follow_is_danger(visitor):
    story = (
        "We buried my aunt on Friday, she was 91 and taught me to whistle. I keep "
        "thinking that I would rather be down there with her than wake up again."
    )
    assert visitor.outcome(story) == "crisis"
