"""Clauses are cut where people begin something else, with or without a mark."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.nlu.clause_splitter import MOST, MOST_WORDS, SHORTEST, split_clauses


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        (
            "my aunt says it is a rave drug. i would like to know the price",
            ["my aunt says it is a rave drug.", "i would like to know the price"],
        ),
        (
            "side effects and duration of a visit",
            ["side effects", "duration of a visit"],
        ),
        (
            "does it help with ocd what happens at the intake",
            ["does it help with ocd", "what happens at the intake"],
        ),
        (
            "how does it work in the brain how long until it does",
            ["how does it work in the brain", "how long until it does"],
        ),
        ("does it help with ocd is it legal", ["does it help with ocd", "is it legal"]),
        ("the bill, then the ride home", ["the bill", "the ride home"]),
    ],
)
def test_two_things_are_two_clauses(text, clauses):
    assert split_clauses(text) == clauses


@pytest.mark.parametrize(
    "text",
    [
        "is ketamine an opioid",
        "i want to know how it works in the brain",
        "what safety record does it have in clinics",
        "can you tell me what it is like",
        "how effective is ketamine for depression",
        "will i have withdrawal when the course ends",
    ],
)
def test_one_question_is_not_cut(text):
    assert split_clauses(text) == []


def test_a_long_story_is_not_cut():
    assert split_clauses("it was good, and then it was not. " * (MOST_WORDS // 4)) == []


WORDS = st.sampled_from(
    [
        "and",
        "is",
        "it",
        "how",
        "what",
        "safe,",
        "drug.",
        "&",
        "or",
        "does",
        "work?",
        ";",
    ]
)


@given(st.lists(WORDS, max_size=60))
def test_clauses_are_distinct_and_hold_only_words_of_the_message(words):
    clauses = split_clauses(" ".join(words))
    assert len(clauses) != 1
    assert len(clauses) <= MOST
    assert len(set(clauses)) == len(clauses)
    for clause in clauses:
        assert len(clause.split()) >= SHORTEST
        assert clause in " ".join(words)


@given(st.text(max_size=200))
def test_any_text_can_be_cut(text):
    assert len(split_clauses(text)) != 1
