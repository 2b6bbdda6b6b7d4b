"""Splits a message into the parts that may each hold a question."""

from __future__ import annotations

import re

MAX_PARTS = 6
"""Parts looked at in a long message; the last ones, where people ask."""

STARTERS = frozenset(
    [
        "is",
        "are",
        "am",
        "was",
        "does",
        "do",
        "did",
        "can",
        "could",
        "will",
        "would",
        "should",
        "may",
        "has",
        "have",
        "had",
        "how",
        "what",
        "when",
        "where",
        "who",
        "whose",
        "why",
        "which",
        "any",
        "if",
        "isnt",
        "arent",
        "doesnt",
        "wont",
        "cant",
        "explain",
        "describe",
        "wondering",
        "curious",
        "worried",
    ]
)
"""Words that begin a question in English, after normalisation."""
SHARED_STARTERS = STARTERS - {"if"}
"""Those that another end may follow: "is it safe and legal", not "if it is"."""

OPENERS = frozenset(
    [
        "so",
        "and",
        "also",
        "but",
        "or",
        "well",
        "plus",
        "then",
        "ok",
        "okay",
        "hi",
        "hello",
        "hey",
        "thanks",
        "please",
        "um",
        "oh",
        "btw",
        "anyway",
        "just",
    ]
)
LONGEST_SHARED_TAIL = 4
"""'Is it safe and legal': a tail this short shares the beginning of its sentence."""

SENTENCE_END = re.compile(r"(?<=[.?!;])\s+|\n+")
JOINT = re.compile(r",?\s+(?:and also|and|&|also|plus|or|but)\s+|,\s+")


def split_questions(text: str) -> list[str]:
    """Splits a normalised message into question-like parts.

    Returns:
        The parts that look like questions, in order; the whole message is not among
        them when it is one part only.
    """
    parts: list[str] = []
    for sentence in SENTENCE_END.split(text):
        parts += _split_sentence(sentence.strip())
    questions = [part for part in parts if is_question(part)]
    if len(questions) == 1 and questions[0].rstrip(" ?.!") == text.rstrip(" ?.!"):
        return []
    return list(dict.fromkeys(questions))[-MAX_PARTS:]


def is_question(part: str) -> bool:
    """Whether a part asks something: by its mark or by how it begins."""
    words = without_openers(part.split())
    if len(words) < 2:
        return False
    return part.endswith("?") or words[0] in STARTERS


def _split_sentence(sentence: str) -> list[str]:
    """Splits at 'and', 'or', a comma: where another question begins or is shared."""
    asks = sentence.endswith("?")
    parts: list[str] = []
    for piece in JOINT.split(sentence):
        words = without_openers(piece.split())
        if not words:
            continue
        if words[0] in STARTERS and len(words) > 1:
            parts.append(" ".join(words))
        elif parts and _shares_beginning(words, parts[-1], asks):
            beginning = parts[-1].split()[:2]
            parts.append(" ".join([*beginning, *words]))
        elif parts:
            parts[-1] = f"{parts[-1]} {' '.join(words)}"
        else:
            parts.append(" ".join(words))
    if not parts:
        return [sentence] if sentence else []
    if asks:
        parts = [part if part.endswith("?") else f"{part}?" for part in parts]
    return parts


def _shares_beginning(words: list[str], previous: str, asks: bool) -> bool:
    starts_question = previous.split()[0] in SHARED_STARTERS
    return starts_question and asks and len(words) <= LONGEST_SHARED_TAIL


def without_openers(words: list[str]) -> list[str]:
    """Returns the words without what people begin with ("so", "hi", "and also")."""
    index = 0
    while index < len(words) and words[index].strip(",.!") in OPENERS:
        index += 1
    return words[index:]
