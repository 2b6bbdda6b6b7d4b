"""SMS encoding: GSM-7 characters and segments.

Source: 3GPP TS 23.038 (alphabet) and Twilio's "What is GSM-7 encoding" and "Segment"
glossary pages (160 characters alone, 153 each when joined; UCS-2: 70 and 67).
"""

from __future__ import annotations

import unicodedata
from math import ceil

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
"""Characters that GSM-7 sends as two (an escape and the character)."""

_REPLACEMENTS = {
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{HYPHEN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{MINUS SIGN}": "-",
    "\N{HORIZONTAL ELLIPSIS}": "...",
    "\N{NO-BREAK SPACE}": " ",
    "\N{BULLET}": "-",
    "\N{MULTIPLICATION SIGN}": "x",
    "\N{GREATER-THAN OR EQUAL TO}": "at least",
    "\N{LESS-THAN OR EQUAL TO}": "at most",
    "\t": " ",
}
"""What to write instead of characters that text programs put in by themselves."""

SINGLE_GSM7, JOINED_GSM7 = 160, 153
SINGLE_UCS2, JOINED_UCS2 = 70, 67


def foreign_characters(text: str) -> set[str]:
    """Returns the characters that would turn the message into UCS-2."""
    return set(text) - BASIC - EXTENDED


def replacement(character: str) -> str:
    """Returns what to write instead; empty when the character has to go."""
    if character in _REPLACEMENTS:
        return _REPLACEMENTS[character]
    plain = unicodedata.normalize("NFKD", character)
    return "".join(part for part in plain if part in BASIC)


def without_typography(text: str) -> str:
    """Returns a text with plain quotation marks, dashes and spaces."""
    return "".join(_REPLACEMENTS.get(character, character) for character in text)


def simplified(text: str) -> str:
    """Returns a text in GSM-7, as far as there is a way to write it so."""
    return "".join(
        (replacement(character) or character)
        if character in foreign_characters(text)
        else character
        for character in text
    )


def length(text: str) -> int:
    """Returns the length in GSM-7 septets; extended characters count twice."""
    return sum(2 if character in EXTENDED else 1 for character in text)


def segments(text: str) -> int:
    """Returns how many SMS segments the text takes."""
    if foreign_characters(text):
        units = len(text.encode("utf-16-le")) // 2
        return 1 if units <= SINGLE_UCS2 else ceil(units / JOINED_UCS2)
    if length(text) <= SINGLE_GSM7:
        return 1
    return _packed_gsm7_segments(text)


def _packed_gsm7_segments(text: str) -> int:
    """Packs joined segments; an escaped pair is never split between two."""
    count, used = 1, 0
    for character in text:
        size = 2 if character in EXTENDED else 1
        if used + size > JOINED_GSM7:
            count, used = count + 1, 0
        used += size
    return count
