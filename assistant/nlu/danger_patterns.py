"""Danger patterns that a clinician can read, compiled for spaCy's Matcher.

A phrase template is a line of words: a literal, `(one|of|these)`, `word?` (may be
missing), `*` (up to three words) and `~kill` (any form of the word). See
`data/danger/patterns.yml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

from lemminflect import getAllInflections
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from content.danger import DangerPattern

TokenPattern = dict[str, Any]
Expand = Callable[[str], list[str]]
"""Spells a word as normalisation would: `didnt` becomes `did`, `not`."""

MOST_SKIPPED = 3
_SENTENCE_END = re.compile(r"[.!?;\n]+")


class TemplateError(ValueError):
    """Raised when a phrase template cannot be read; says which word and why."""


@dataclass(frozen=True)
class PatternHit:
    """A pattern found in a message, and the words that it was found in."""

    name: str
    kind: str
    text: str


class DangerPatterns:
    """All patterns, ready to be looked for in a message's normalised words."""

    def __init__(
        self, patterns: list[DangerPattern], vocab: Vocab, expand: Expand
    ) -> None:
        """Compiles the patterns.

        Raises:
            TemplateError: if a template cannot be read.
        """
        self._vocab = vocab
        self._patterns = [
            (
                pattern,
                _Phrases(pattern.match, vocab, expand),
                _Phrases(pattern.unless, vocab, expand),
            )
            for pattern in patterns
        ]

    def find(self, words: list[str]) -> list[PatternHit]:
        """Returns the patterns that a message holds, longest first.

        An exception cancels its own pattern, in the sentence that holds it.
        """
        hits = []
        for sentence in sentences_of(words):
            doc = Doc(self._vocab, words=sentence)
            present = frozenset(sentence)
            for pattern, phrases, exceptions in self._patterns:
                found = phrases.longest(doc, present)
                if found and not exceptions.longest(doc, present):
                    hits.append(PatternHit(pattern.name, pattern.kind, found))
        return sorted(hits, key=lambda hit: -len(hit.text))


class _Phrases:
    """The templates of one pattern, in a matcher that runs only if a match can be.

    spaCy evaluates each `IN` in Python; most sentences lack a word that a template
    needs, and are turned away by sets.
    """

    def __init__(self, templates: list[str], vocab: Vocab, expand: Expand) -> None:
        self._matcher = Matcher(vocab)
        self._needs: dict[str, list[list[frozenset[str]]]] = defaultdict(list)
        compiled = [
            pattern
            for template in templates
            for pattern in compile_template(template, expand)
        ]
        for number, pattern in enumerate(compiled):
            self._matcher.add(str(number), [pattern])
            needs = [
                frozenset(token["LOWER"]["IN"])
                for token in pattern
                if "OP" not in token
            ]
            for word in min(needs, key=len):
                self._needs[word].append(needs)

    def longest(self, doc: Doc, present: frozenset[str]) -> str:
        """Returns the words of the longest match, or an empty text."""
        possible = any(
            all(not present.isdisjoint(need) for need in needs)
            for word in present & self._needs.keys()
            for needs in self._needs[word]
        )
        if not possible:
            return ""
        spans = [doc[start:end].text for _, start, end in self._matcher(doc)]
        return max(spans, key=len, default="")


def sentences_of(words: list[str]) -> list[list[str]]:
    """Splits normalised words at sentence ends and drops other punctuation.

    A message that holds nothing but emoji is one sentence of them.
    """
    sentences: list[list[str]] = [[]]
    for word in words:
        if _SENTENCE_END.fullmatch(word):
            sentences.append([])
        elif any(map(str.isalnum, word)):
            sentences[-1].append(word)
    if not any(sentences):
        sentences = [[sign for word in words for sign in word if _is_emoji(sign)]]
    return [sentence for sentence in sentences if sentence]


def _is_emoji(sign: str) -> bool:
    return unicodedata.category(sign) == "So"


def compile_template(template: str, expand: Expand) -> list[list[TokenPattern]]:
    """Turns a phrase template into spaCy token patterns, one for each reading.

    Raises:
        TemplateError: if a word of it cannot be read.
    """
    readings = [_readings(word, template, expand) for word in template.split()]
    if all(token.get("OP") for reading in readings for token in reading[0]):
        raise TemplateError(
            f"{template!r} may match nothing at all -> write a word that must be there"
        )
    return [
        [token for reading in chosen for token in reading]
        for chosen in product(*readings)
    ]


def _readings(word: str, template: str, expand: Expand) -> list[list[TokenPattern]]:
    """Returns the ways to read one word of a template, each a run of tokens."""
    if word == "*":
        return [[{"OP": "?"}] * MOST_SKIPPED]
    optional = word.endswith("?")
    body = word[:-1] if optional else word
    if body.startswith("(") != body.endswith(")") or not body.strip("()"):
        raise TemplateError(f"{word!r} in {template!r} -> close the bracket")
    single: set[str] = set()
    longer: list[list[TokenPattern]] = []
    for choice in body.strip("()").split("|"):
        spelled = expand(choice.lower())
        single.update(_forms(choice.lower()))
        if len(spelled) == 1:
            single.update(spelled)
        else:
            longer.append([{"LOWER": {"IN": [part]}} for part in spelled])
    token: TokenPattern = {"LOWER": {"IN": sorted(single)}}
    if optional:
        token["OP"] = "?"
    return [[token], *longer]


def _forms(word: str) -> list[str]:
    if not word.startswith("~"):
        return [word]
    inflected = getAllInflections(word[1:])
    return [word[1:], *(form for forms in inflected.values() for form in forms)]
