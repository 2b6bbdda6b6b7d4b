"""Phone numbers that are typed into a text."""

import pytest
from content_folder import ContentFolder

FACT = "facts/how_fast.yml"


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        ("988", "write ${crisis_lifeline} instead"),
        ("988lifeline.org", "write ${crisis_lifeline_chat} instead"),
        ("911", "write ${crisis_emergency} instead"),
        ("1-800-222-1222", "write ${crisis_poison_control} instead"),
        ("555-0142", "write ${phone} instead"),
        ("(212) 555-0199", "write a placeholder of data/clinic.yml instead"),
        ("+1 212 555 0199", "write a placeholder of data/clinic.yml instead"),
        ("2125550199", "write a placeholder of data/clinic.yml instead"),
    ],
)
def test_number_in_a_fact(folder: ContentFolder, number: str, remedy: str) -> None:
    folder.replace(FACT, "tell the team", f"call {number}, tell the team")
    folder.expect(FACT, "web:", f"has the phone number '{number}' typed in", remedy)


def test_number_in_a_response(folder: ContentFolder) -> None:
    folder.replace("responses/replies.yml", "${phone}", "555-0142")
    folder.expect(
        "responses/replies.yml",
        "- text: I could not",
        "utter_advice_not_sent has the phone number '555-0142'",
        "write ${phone} instead",
    )


@pytest.mark.parametrize("number", ["2023-24", "3,609", "0.5 to 1", "1962", "1-2"])
def test_other_numbers_are_allowed(folder: ContentFolder, number: str) -> None:
    folder.replace(FACT, "tell the team", f"see {number}, tell the team")
    assert folder.report().problems == []
