"""Placeholders that do not exist, and stray dollar signs."""

import pytest
from content_folder import ContentFolder


@pytest.mark.parametrize(
    ("old", "new", "message", "remedy"),
    [
        ("${phone}", "${fax}", "has the unknown placeholder ${fax}", "use one of"),
        ("${phone}", "$phone", "has '$phone' without braces", "write ${phone}"),
        ("your ride", "$40 for it", "has a single '$'", "write $$"),
    ],
)
def test_fault_in_a_fact(
    folder: ContentFolder, old: str, new: str, message: str, remedy: str
) -> None:
    folder.replace("facts/driving_after.yml", old, new)
    folder.expect("facts/driving_after.yml", "web:", message, remedy)


def test_unknown_placeholder_in_a_response(folder: ContentFolder) -> None:
    folder.replace("responses/replies.yml", "${answer_time}", "${when}")
    folder.expect(
        "responses/replies.yml",
        "text: I have passed",
        "utter_advice_sent has the unknown placeholder ${when}",
        "answer_time",
    )


def test_placeholder_in_a_title(folder: ContentFolder) -> None:
    folder.replace("facts/how_fast.yml", "title: How fast it works", "title: ${name}")
    folder.expect(
        "facts/how_fast.yml",
        "title:",
        "titles and claims are printed as they are",
        "write it without a placeholder",
    )


def test_dollar_sign_written_twice_is_allowed(folder: ContentFolder) -> None:
    folder.replace("facts/driving_after.yml", "your ride", "$$40 for it")
    assert folder.report().problems == []
