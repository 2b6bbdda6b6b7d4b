"""A message and the parts of it that are looked at by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.nlu.question_splitter import split_questions
from assistant.nlu.windows import windows_of


@dataclass(frozen=True)
class Passages:
    """Each distinct text once, and which of them are what.

    Attributes:
        texts: The whole message first.
        questions: Indices of the parts that may each hold a question.
        windows: Indices of the parts that may each hold danger.
    """

    texts: list[str]
    questions: list[int]
    windows: list[int]


def passages_of(text: str) -> Passages:
    """Cuts a normalised message into its passages."""
    questions, windows = split_questions(text), windows_of(text)
    texts = list(dict.fromkeys([text, *questions, *windows]))
    return Passages(
        texts,
        [texts.index(part) for part in questions],
        [texts.index(part) for part in windows],
    )
