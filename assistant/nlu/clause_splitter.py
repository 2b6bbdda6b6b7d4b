"""Cuts a short message into clauses, each of which may be about something else.

People also ask two things without asking: "I heard it is a rave drug. And the price?",
"side effects and duration of a visit", "does it help ocd what happens first". The parts
of `question_splitter` miss these. Clauses are cut freely; what is no clause by itself
is no harm, for the models are hardly ever sure about half a question.
"""

from __future__ import annotations

import re

from assistant.nlu.question_splitter import JOINT, SENTENCE_END, without_openers

MOST_WORDS = 40
"""A longer message tells a story, and its clauses are about many things."""
MOST = 8
SHORTEST = 2
SHORTEST_UNMARKED = 3
"""Words on each side of a cut where nothing but a question word tells of one."""

ASKING = frozenset({"how", "what", "why"})
AUXILIARIES = frozenset({"does", "do", "is", "are", "can", "will", "did"})
"""They begin another question after one of their own: "does it help is it legal"."""
LEADING_IN = frozenset(
    {
        "about",
        "and",
        "are",
        "ask",
        "asking",
        "exactly",
        "explain",
        "for",
        "idea",
        "in",
        "is",
        "know",
        "matter",
        "me",
        "no",
        "of",
        "on",
        "or",
        "out",
        "see",
        "so",
        "sure",
        "tell",
        "that",
        "to",
        "understand",
        "was",
        "with",
        "wonder",
        "wondering",
    }
)
"""After these a question word belongs to what was said: "I want to know how"."""

_BOUND = re.compile(rf",?\s+then\s+|{SENTENCE_END.pattern}|{JOINT.pattern}")


def split_clauses(text: str) -> list[str]:
    """Returns the clauses of a normalised message; none if it is one, or long."""
    if len(text.split()) > MOST_WORDS:
        return []
    clauses = [
        " ".join(words)
        for piece in _BOUND.split(text)
        for words in _at_question_words(without_openers(piece.split()))
        if len(words) >= SHORTEST
    ]
    distinct = list(dict.fromkeys(clauses))
    return distinct[:MOST] if len(distinct) > 1 else []


def _at_question_words(words: list[str]) -> list[list[str]]:
    """Cuts where another question begins without any mark."""
    clauses: list[list[str]] = []
    start = 0
    for position, word in enumerate(words):
        clause = words[start:position]
        is_long_enough = min(len(clause), len(words) - position) >= SHORTEST_UNMARKED
        if is_long_enough and _begins_another(word, clause):
            clauses.append(clause)
            start = position
    return [*clauses, words[start:]]


def _begins_another(word: str, clause: list[str]) -> bool:
    if clause[-1] in LEADING_IN:
        return False
    return word in ASKING or (word in AUXILIARIES and clause[0] in AUXILIARIES)
