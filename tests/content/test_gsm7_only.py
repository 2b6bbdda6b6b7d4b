"""Characters that an SMS cannot carry in GSM-7."""

import pytest
from content_folder import ContentFolder

from content import gsm7


def test_curly_apostrophe_in_an_sms_answer(folder: ContentFolder) -> None:
    folder.replace("facts/how_fast.yml", "Others needed more sessions", "It\u2019s so")
    folder.expect(
        "facts/how_fast.yml",
        "sms:",
        "has '\u2019' (RIGHT SINGLE QUOTATION MARK)",
        "write ''' instead",
    )


def test_emoji_in_a_response_without_an_sms_variation(folder: ContentFolder) -> None:
    folder.replace("responses/replies.yml", "just now.", "just now \U0001f641.")
    folder.expect(
        "responses/replies.yml",
        "- text: I could not",
        "(SLIGHTLY FROWNING FACE)",
        "remove it",
    )


def test_long_dash_in_a_web_text_is_allowed(folder: ContentFolder) -> None:
    folder.replace("facts/how_fast.yml", "Keep\n    all", "Keep \u2014\n    all")
    assert folder.report().problems == []


def test_value_of_the_clinic(folder: ContentFolder) -> None:
    folder.replace("clinic.yml", "text: Mon-Fri", "text: Mon\u2013Fri")
    folder.expect(
        "clinic.yml", "text:", "hours_text has '\u2013' (EN DASH)", "write '-'"
    )


def test_crisis_line_of_the_clinic(folder: ContentFolder) -> None:
    folder.replace("clinic.yml", "spanish: oprima 2", "spanish: oprim\u00ed 2")
    folder.expect("clinic.yml", "spanish:", "crisis_spanish has '\u00ed'", "write 'i'")


def test_short_name_of_a_source(folder: ContentFolder) -> None:
    folder.replace("sources.yml", "Review of trials 2020", "Revi\u00eb 2020")
    folder.expect("sources.yml", "short:", "review.short has '\u00eb'", "write 'e'")


@pytest.mark.parametrize(
    ("character", "replacement"),
    [
        ("\u201c", '"'),
        ("\u2026", "..."),
        ("\u00a0", " "),
        ("\u00fa", "u"),
        ("\u4e2d", ""),
    ],
)
def test_replacement(character: str, replacement: str) -> None:
    assert gsm7.replacement(character) == replacement
