"""Lists every number that facts print, for a clinician to compare with the sources."""

from __future__ import annotations

import re

from content.checks.library import Library
from content.checks.sentences import sentences

_FIELDS = ("answer.web", "answer.sms", "detail.web", "detail.sms", "proof")
_PLACEHOLDER = re.compile(r"\$\{\w+\}")
_NUMBER = re.compile(
    r"\d|%|\bone (?:in|of|out|to)\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|twenty"
    r"|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?"
    r"|half|thirds?|quarters?|twice|percent)\b",
    re.IGNORECASE,
)


def number_lines(library: Library) -> list[str]:
    """Returns topic, field and sentence, with tabs between, for each such sentence.

    Numbers of the clinic's own (`${...}`) are in the clinic file and left out.
    """
    lines = []
    for text in library.texts:
        topic, _, field = text.name.partition(".")
        if field not in _FIELDS:
            continue
        for sentence in sentences(text.raw):
            if _NUMBER.search(_PLACEHOLDER.sub("", sentence)):
                lines.append(f"{topic}\t{field}\t{sentence}")
    return lines
