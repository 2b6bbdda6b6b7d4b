"""Makes messages comparable: plain characters, full words, usual spelling.

Text-message spelling is expanded from `data/lexicon/sms_spelling.yml`, then words that
no dictionary knows are corrected with SymSpell (Garbe 2012, symmetric delete).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import spacy
from spacy.symbols import ORTH
from symspellpy import SymSpell, Verbosity

from content.lexicon import SmsSpelling

MAX_CHARACTERS = 12_000
"""Longer messages keep their beginning and their end; danger often stands last."""

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0f]")
_ENDLESS = re.compile(r"\S{100,}")
LONGEST_WORD = 50
_REPEATED = re.compile(r"(.)\1{2,}")
_DOUBLED = re.compile(r"(.)\1+")
_PLAIN = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_UNITS = {"mg", "ml", "mcg", "kg"}

MOST_EDITS = 2
SHORTEST_CORRECTED = 4
LONG_WORD = 8
"""Words of this length and above may differ in two letters, shorter ones in one."""
LONGEST_CORRECTED = 24
REMEMBERED = 20_000
"""Words whose spelling was looked up; the same slips are made again and again."""
PREFIX = 6
"""Letters by which SymSpell finds words. Fewer than its 7 prepare the dictionary sooner
and in half the memory; what is found stays the same."""


@dataclass(frozen=True)
class Normalized:
    """A message in its usual spelling, and where each word came from.

    Attributes:
        words: The words after normalisation.
        spans: For each word, (start, end) in the message as it was written.
    """

    words: list[str]
    spans: list[tuple[int, int]]

    @property
    def text(self) -> str:
        """The words as one text, for the encoder and the n-gram features."""
        return re.sub(r" (?=[.,?!;:])", "", " ".join(self.words))


class Normalizer:
    """Normalises messages; the same for training and for what people write."""

    def __init__(
        self,
        spelling: SmsSpelling,
        known_words: Collection[str],
        kept_words: Collection[str] = (),
    ) -> None:
        """Prepares the dictionary.

        Args:
            spelling: Text-message spellings.
            known_words: Words beyond the English dictionary that are never corrected
                and towards which misspellings are (medicines, topic words).
            kept_words: Words that are left as they are and correct nothing (slang and
                misspellings that danger patterns look for).
        """
        self._spelling = spelling
        self._kept = frozenset(kept_words)
        nlp: Any = spacy.blank("en")
        self._tokenizer = nlp.tokenizer
        for word in spelling.replace:  # kept whole: spaCy would split "im" and "cant"
            self._tokenizer.add_special_case(word, [{ORTH: word}])
        self._own_words = SymSpell(MOST_EDITS)
        for word in sorted(known_words):
            if word.isalpha():
                self._own_words.create_dictionary_entry(word, 1)
        self._correct = lru_cache(REMEMBERED)(self._look_up)

    def spell(self, word: str) -> list[str]:
        """Spells one plain word as messages are, but corrects nothing."""
        return self._spelling.replace.get(word, word).split()

    def normalize(self, text: str) -> Normalized:
        """Normalises one message."""
        doc = self._tokenizer(clean(text))
        tokens = [token.text for token in doc]
        words: list[str] = []
        spans: list[tuple[int, int]] = []
        for index, token in enumerate(doc):
            for word in self._expand(tokens, index, token.norm_):
                words.append(word)
                spans.append((token.idx, token.idx + len(tokens[index])))
        return Normalized(words, spans)

    def _expand(self, tokens: list[str], index: int, norm: str) -> list[str]:
        word = tokens[index]
        if not word.strip():
            return []
        following = tokens[index + 1] if index + 1 < len(tokens) else ""
        if word in ("2", "4"):
            joins = following in self._spelling.digits_before
            return [{"2": "to", "4": "for"}[word]] if joins else [word]
        if word == "k":
            return [self._spelling.k_means] if len(tokens) > 1 else ["ok"]
        if word == "im" and following in ("injection", "shot", "ketamine"):
            return ["intramuscular"]
        replaced = self._spelling.replace.get(word)
        if replaced is not None:
            return replaced.split()
        if norm != word and norm.isascii() and norm.isalpha():
            return [norm]  # spaCy's own exceptions: "n't" is "not", "'m" is "am"
        return [self._correct(word)]

    def _look_up(self, word: str) -> str:
        if not (word.isascii() and word.isalpha()):
            return word
        if not SHORTEST_CORRECTED <= len(word) <= LONGEST_CORRECTED:
            return word
        if word in _UNITS or word in self._kept or self._is_spelled_right(word):
            return word
        # A held key is no letter of its own: "wnatt" is "wnat" is "want".
        squeezed = [_REPEATED.sub(r"\1", word), _DOUBLED.sub(r"\1", word)]
        for spelling in squeezed:
            if self._is_spelled_right(spelling):
                return spelling
        edits = MOST_EDITS if len(word) >= LONG_WORD else 1
        found = [
            suggestion
            for speller in (self._own_words, _english())
            for spelling in squeezed
            for suggestion in speller.lookup(spelling, Verbosity.TOP, edits)
        ]
        # of equally close words the first is taken: our own
        closest = min(found, key=lambda suggestion: suggestion.distance, default=None)
        return closest.term if closest else word

    def _is_spelled_right(self, word: str) -> bool:
        return word in self._own_words.words or word in _english().words


@cache
def _english() -> SymSpell:
    """Returns SymSpell's English dictionary; it takes seconds to prepare."""
    speller = SymSpell(MOST_EDITS, PREFIX)
    dictionary = files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    speller.load_dictionary(str(dictionary), 0, 1)
    return speller


def clean(text: str) -> str:
    """Lower-cases and blanks what cannot be read; every position stays as it was."""
    if len(text) > MAX_CHARACTERS:
        half = MAX_CHARACTERS // 2
        text = text[:half] + " " * (len(text) - 2 * half) + text[-half:]
    plain = "".join(map(_clean_character, text.translate(_PLAIN)))
    return _ENDLESS.sub(_broken_up, plain)


def _broken_up(run: re.Match[str]) -> str:
    """Cuts a run that is no word: tokenisers take quadratic time over it."""
    text = run.group()
    cut = [
        text[start : start + LONGEST_WORD - 1] + " "
        for start in range(0, len(text), LONGEST_WORD)
    ]
    return "".join(cut)[: len(text)]


@lru_cache(maxsize=4096)
def _clean_character(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower()
    unreadable = (
        len(folded) != 1
        or _INVISIBLE.match(folded)
        or unicodedata.category(folded) in ("Cc", "Cs", "Co", "Cn")
    )
    return " " if unreadable else folded
