"""Check: nothing that patients read promises, diagnoses, pretends or harms.

What must not be said, why, and what to write instead is in `banned_phrases.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from content.checks.library import Library
from content.checks.texts import Text
from content.problem import Problem
from content.yaml_source import read_yaml

_PHRASES_FILE = Path(__file__).parent / "banned_phrases.yml"
_GAP = r"[\s,;:]+"


@dataclass(frozen=True)
class _Ban:
    reason: str
    remedy: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    only: tuple[str, ...]
    but: tuple[str, ...]

    def holds_for(self, name: str) -> bool:
        """Says whether a text of this name is searched."""
        return any(fnmatchcase(name, glob) for glob in self.only) and not any(
            fnmatchcase(name, glob) for glob in self.but
        )

    def found_in(self, text: str) -> Iterator[str]:
        """Yields the banned phrases that no allowed, longer phrase covers."""
        allowed = [] if not self.unless else list(self.unless.finditer(text))
        for match in self.pattern.finditer(text):
            if not any(
                longer.start() <= match.start() and match.end() <= longer.end()
                for longer in allowed
            ):
                yield match[0]


def banned_phrase_problems(library: Library) -> list[Problem]:
    """Looks for banned phrases in every text and button."""
    return [
        text.problem(f"says '{phrase}': {ban.reason}", ban.remedy)
        for text in library.texts
        for ban in _bans()
        if ban.holds_for(text.name)
        for phrase in ban.found_in(_straight(text))
    ]


def _straight(text: Text) -> str:
    """The text on one line, with a plain apostrophe."""
    straight = text.raw.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return " ".join(straight.split())


@cache
def _bans() -> tuple[_Ban, ...]:
    return tuple(
        _Ban(
            reason=entry["reason"],
            remedy=entry["remedy"],
            pattern=_pattern(entry["phrases"], entry.get("case", False)),
            unless=_pattern(entry["unless"]) if "unless" in entry else None,
            only=tuple(entry.get("only", ["*"])),
            but=tuple(entry.get("except", [])),
        )
        for entry in read_yaml(_PHRASES_FILE).value
    )


def _pattern(phrases: list[str], match_case: bool = False) -> re.Pattern[str]:
    """Compiles phrases as the head of `banned_phrases.yml` explains them."""
    compiled = [
        _GAP.join(
            "(?:" + re.escape(word).replace(r"\|", "|").replace(r"\*", r"\w*") + ")"
            for word in phrase.split()
        )
        for phrase in phrases
    ]
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(compiled)})(?!\w)", 0 if match_case else re.IGNORECASE
    )
