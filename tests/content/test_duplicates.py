"""Examples that stand twice."""

import pytest
from content_folder import ContentFolder

from content.checks.duplicates import normalised


@pytest.mark.parametrize("example", ["do i need a ride", "Do I need a  ride?!"])
def test_in_two_facts(folder: ContentFolder, example: str) -> None:
    folder.replace("facts/how_fast.yml", "- onset time", f"- {example}")
    first = f"faq_driving_after at {folder.path('facts/driving_after.yml')}:26"
    folder.expect(
        "facts/how_fast.yml",
        f"- {example}",
        f"the example '{example}' of faq_how_fast also stands in {first}",
        "keep it in one intent only",
    )


def test_in_one_intent(folder: ContentFolder) -> None:
    folder.replace("nlu/smalltalk.yml", "- thank you", "- Thanks!")
    folder.expect(
        "nlu/smalltalk.yml",
        "- Thanks!",
        f"also stands in {folder.path('nlu/smalltalk.yml')}:10",
        "remove one of them",
    )


def test_in_an_intent_and_in_danger(folder: ContentFolder) -> None:
    folder.replace("nlu/smalltalk.yml", "- good morning", "- I wish I was dead.")
    folder.expect(
        "danger/ideation.yml",
        "- i wish i was dead",
        f"of crisis also stands in greet at {folder.path('nlu/smalltalk.yml')}:7",
        "keep it in one intent only",
    )


def test_in_danger_and_its_look_alikes(folder: ContentFolder) -> None:
    folder.replace("danger/not_danger.yml", "- my phone is dead", "- i want to die")
    folder.expect(
        "danger/not_danger.yml",
        "- i want to die",
        "of none also stands in crisis",
        "keep it in one intent only",
    )


def test_look_alike_may_be_an_example_of_an_intent(folder: ContentFolder) -> None:
    folder.replace("danger/not_danger.yml", "- my phone is dead", "- does it hurt")
    assert folder.report().problems == []


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Isn't it safe?", "isnt it safe"),
        ("at-home  use", "At home use"),
        ("cr\u00e9me", "cre\u0301me"),
    ],
)
def test_same_words(text: str, same: str) -> None:
    assert normalised(text) == normalised(same)


@pytest.mark.parametrize(("text", "other"), [("?", "..."), ("yes \U0001f642", "yes")])
def test_not_the_same_words(text: str, other: str) -> None:
    assert normalised(text) != normalised(other)
