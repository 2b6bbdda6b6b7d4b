"""Check: no example stands twice, in one intent or (worse) in two."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

from content.checks.examples import Example
from content.checks.library import Library
from content.danger import NOT_DANGER
from content.problem import Problem

_APOSTROPHE = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]")


def duplicate_problems(library: Library) -> list[Problem]:
    """Compares all examples by their words."""
    by_words: defaultdict[str, list[Example]] = defaultdict(list)
    problems = []
    for example in library.examples:
        words = normalised(example.text)
        earlier = next((e for e in by_words[words] if _clash(e, example)), None)
        if earlier:
            problems.append(_problem(example, earlier))
        by_words[words].append(example)
    return problems


def normalised(text: str) -> str:
    """Returns the words and emoji of a text in lower case, or the text if it has none.

    An emoji is kept because it changes what a message says.
    """
    plain = _APOSTROPHE.sub("", unicodedata.normalize("NFC", text).lower())
    words = "".join(c if _is_said(c) else " " for c in plain).split()
    return " ".join(words) or text


def _is_said(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) == "So"


def _clash(one: Example, other: Example) -> bool:
    """Look-alikes are no intent: they may equal what is neither danger nor another."""
    if NOT_DANGER in (one.intent, other.intent):
        return one.is_danger or other.is_danger or one.intent == other.intent
    return True


def _problem(example: Example, earlier: Example) -> Problem:
    if example.intent == earlier.intent:
        where, remedy = earlier.place, "remove one of them"
    else:
        where = f"{earlier.intent} at {earlier.place}"
        remedy = "keep it in one intent only"
    return example.problem(
        f"the example '{example.text}' of {example.intent} also stands in {where}",
        remedy,
    )
