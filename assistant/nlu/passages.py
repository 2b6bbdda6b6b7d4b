"""A message and the parts of it that are looked at by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from assistant.nlu.clause_splitter import split_clauses
from assistant.nlu.question_splitter import split_questions
from assistant.nlu.windows import windows_of


@dataclass(frozen=True)
class Passages:
    """Each distinct text once, and which of them are what.

    Attributes:
        texts: The whole message first.
        questions: Indices of the parts that may each hold a question.
        clauses: Indices of the parts that may each be about something else.
        windows: Indices of the parts that may each hold danger.
    """

    texts: list[str]
    questions: list[int]
    clauses: list[int]
    windows: list[int]


def passages_of(text: str) -> Passages:
    """Cuts a normalised message into its passages."""
    kinds = split_questions(text), split_clauses(text), windows_of(text)
    texts = list(dict.fromkeys(chain([text], *kinds)))
    return Passages(texts, *([texts.index(part) for part in kind] for kind in kinds))
