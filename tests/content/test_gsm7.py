"""Counting SMS segments.

The limits are those of Twilio's "What is the SMS character limit?": 160 characters or
153 for each joined segment, and 70 or 67 when a character is not in GSM-7.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import gsm7

GSM7_TEXT = st.text(alphabet=sorted(gsm7.BASIC | gsm7.EXTENDED))


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 459, 3),
        ("a" * 460, 4),
        ("\u2019" * 70, 1),
        ("\u2019" * 71, 2),
        ("\u2019" * 134, 2),
        ("\u2019" * 135, 3),
        ("a" * 69 + "\u2019", 1),
        ("a" * 70 + "\u2019", 2),
        ("\U0001f642" * 35, 1),
        ("\U0001f642" * 36, 2),
        ("\u20ac" * 80, 1),
        ("\u20ac" * 81, 2),
    ],
)
def test_segments(text: str, segments: int) -> None:
    assert gsm7.segments(text) == segments


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("{" + "2" * 158, 1),
        ("{" + "2" * 159, 2),
        ("1" * 307, 3),
        ("\U0001f61c" + "2" * 68, 1),
        ("\U0001f61c" + "2" * 69, 2),
        ("\U0001f61c" + "2" * 133, 3),
    ],
)
def test_segments_of_twilios_own_calculator(text: str, segments: int) -> None:
    # The cases that its tests have (TwilioDevEd/message-segment-calculator).
    assert gsm7.segments(text) == segments


def test_escaped_pair_is_not_split_between_segments() -> None:
    # 306 septets, but the 153rd and 154th are one character: it opens segment two.
    text = "a" * 152 + "\u20ac" + "a" * 152
    assert gsm7.length(text) == 306
    assert gsm7.segments(text) == 3


@pytest.mark.parametrize("character", list("^{}\\[~]|\u20ac\f"))
def test_extended_characters_count_twice(character: str) -> None:
    assert gsm7.length(character) == 2
    assert gsm7.foreign_characters(character) == set()


@pytest.mark.parametrize(
    "character", ["\u2019", "\u2014", "\u00ed", "`", "\t", "\u00e7"]
)
def test_foreign_characters(character: str) -> None:
    assert gsm7.foreign_characters(f"a{character}b") == {character}


def test_alphabet_is_complete() -> None:
    # 128 places; one is the escape that begins an extended character.
    assert len(gsm7.BASIC) == 127
    assert not gsm7.BASIC & gsm7.EXTENDED


@given(GSM7_TEXT)
def test_segments_hold_the_text_and_waste_at_most_a_pair_each(text: str) -> None:
    length, segments = gsm7.length(text), gsm7.segments(text)
    if length <= gsm7.SINGLE_GSM7:
        assert segments == 1
    else:
        assert length <= segments * gsm7.JOINED_GSM7
        assert length > (segments - 1) * (gsm7.JOINED_GSM7 - 1)


@given(st.text(), st.text())
def test_a_longer_text_never_takes_fewer_segments(text: str, more: str) -> None:
    assert gsm7.segments(text + more) >= gsm7.segments(text)


@given(GSM7_TEXT)
def test_length_is_at_most_two_for_each_character(text: str) -> None:
    assert len(text) <= gsm7.length(text) <= 2 * len(text)


def test_typography_becomes_plain() -> None:
    text = "\u201cIt\u2019s\u201d \u2013 \u00e9 \u0142 Se\u00f1or \u015eefik\u2026"
    assert (
        gsm7.without_typography(text)
        == '"It\'s" - \u00e9 \u0142 Se\u00f1or \u015eefik...'
    )
    assert gsm7.simplified(text) == '"It\'s" - \u00e9 \u0142 Se\u00f1or Sefik...'
