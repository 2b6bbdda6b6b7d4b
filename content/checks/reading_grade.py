"""Check: texts can be read with eight years of school.

The Flesch-Kincaid grade counts words per sentence and syllables per word. A medical
name is one name whatever its length, so names from the lexicon and the words of
`unavoidable_words.yml` count as one syllable; links, phone numbers and names of
organisations do as well. Texts under twelve words are left out: with so few words one
long word decides the grade, and the formula says nothing.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from string import Template

import textstat

from content.checks.library import Library
from content.checks.sentences import sentences
from content.checks.texts import Text
from content.problem import Problem
from content.yaml_source import read_yaml

GRADE_LIMIT = 8.0
LEAST_WORDS = 12

_WORDS_FILE = Path(__file__).parent / "unavoidable_words.yml"
_NAMES_OF_CLINIC = ("name", "phone", "address", "website", "email", "screening_link")
_SHORT = "it"
_NOT_WORDS = re.compile(
    r"https?://\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:org|gov|com)\b"
)
_SLOT = re.compile(r"\{\w+\}")


def reading_grade_problems(library: Library) -> list[Problem]:
    """Grades every text that patients read."""
    names = {name.text for name in library.names} | set(_unavoidable_words())
    pattern = re.compile(
        rf"\b(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b",
        re.IGNORECASE,
    )
    clinic = library.clinic.placeholders
    values = {
        name: _SHORT
        if name in _NAMES_OF_CLINIC or name.startswith("crisis_")
        else value
        for name, value in clinic.items()
    }
    problems = []
    for text in library.texts:
        if text.filled is not None and not text.is_button:
            problems += _problems(text, values, pattern)
    return problems


def _problems(
    text: Text, values: dict[str, str], names: re.Pattern[str]
) -> list[Problem]:
    filled = (
        Template(text.raw).substitute(values) if text.takes_placeholders else text.raw
    )
    plain = names.sub(_SHORT, _SLOT.sub(_SHORT, _NOT_WORDS.sub(_SHORT, filled)))
    if len(plain.split()) < LEAST_WORDS:
        return []
    grade = textstat.flesch_kincaid_grade(plain)
    if grade <= GRADE_LIMIT:
        return []
    longest = max(sentences(text.raw), key=lambda sentence: len(sentence.split()))
    return [
        text.problem(
            f"has reading grade {grade:.1f}, {GRADE_LIMIT:g} at most; its longest "
            f"sentence ({len(longest.split())} words) is '{longest}'",
            "split long sentences and use shorter words",
        )
    ]


@cache
def _unavoidable_words() -> list[str]:
    words: list[str] = read_yaml(_WORDS_FILE).value["words"]
    return words
