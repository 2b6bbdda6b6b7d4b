"""Loads a folder of labelled messages; a fault names file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assistant.outcome import Outcome
from content.problem import ContentError, Problem
from evaluation.message import LabelledMessage
from evaluation.read_rows import READERS, Row, read_rows

FILES = (
    "questions",
    "two_questions",
    "crisis",
    "crisis_negatives",
    "advice",
    "human_screening",
    "oos",
    "sms",
)
"""The names that figures are taken from."""

NO_TOPIC = ("none", "none_of_these", "")
OUTCOMES = tuple(outcome.value for outcome in Outcome)


class LabelError(Exception):
    """Raised when a label cannot be used; says why and what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        """Creates the error."""
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def load_messages(folder: Path) -> list[LabelledMessage]:
    """Loads every `.jsonl` and `.csv` file of a folder.

    Raises:
        ContentError: naming file, line and remedy of each fault.
    """
    paths = _message_files(folder)
    if not paths:
        remedy = "name a folder with files as tests/messages/README.md describes them"
        raise ContentError([Problem(folder, 1, "holds no .jsonl or .csv file", remedy)])
    messages: list[LabelledMessage] = []
    problems: list[Problem] = []
    for path in paths:
        if path.stem not in FILES:
            remedy = f"rename it to one of {', '.join(FILES)}"
            problems.append(Problem(path, 1, "no figure uses this name", remedy))
            continue
        for row in read_rows(path):
            if isinstance(row, Problem):
                problems.append(row)
                continue
            try:
                messages.append(_message(row, path.stem))
            except LabelError as error:
                problems.append(Problem(path, row.line, error.message, error.remedy))
    if problems:
        raise ContentError(problems)
    return messages


def unknown_topics(
    messages: Iterable[LabelledMessage], known: Iterable[str]
) -> list[str]:
    """Returns the expected topics that no fact has: misspelled, or without a fact."""
    expected = {
        topic
        for message in messages
        for topics in (message.topics, *message.questions)
        for topic in topics
    }
    return sorted(expected - set(known))


def _message_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.suffix in READERS)


def _message(row: Row, file: str) -> LabelledMessage:
    text = row.values.get("text")
    if not isinstance(text, str) or not text.strip():
        raise LabelError("'text' is missing", "give the message as it was sent")
    expect = tuple(_outcome(name) for name in _names(row, "expect"))
    if not expect:
        raise LabelError("'expect' is missing", f"give one of {', '.join(OUTCOMES)}")
    topics = _known(_names(row, "topic"))
    questions = _questions(row.values.get("topics"))
    if Outcome.ANSWER in expect and not questions and not _names(row, "topic"):
        raise LabelError(
            "'topic' is missing though 'answer' is accepted",
            "give the fact's topic, or none_of_these",
        )
    style = row.values.get("style") or "chat"
    if not isinstance(style, str):
        raise LabelError("'style' is not a text", "give faq, chat, forum, sms or query")
    return LabelledMessage(
        text, expect, topics, questions, style.strip().lower(), file, row.line
    )


def _names(row: Row, key: str) -> list[str]:
    return _as_list(row.values.get(key), key)


def _as_list(value: Any, key: str) -> list[str]:
    if value is None:
        return []
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
        raise LabelError(f"'{key}' is neither a name nor a list of names", "correct it")
    return [name.strip() for name in names]


def _outcome(name: str) -> Outcome:
    try:
        return Outcome(name)
    except ValueError as error:
        raise LabelError(
            f"'expect' holds the unknown outcome '{name}'",
            f"use {', '.join(OUTCOMES)}",
        ) from error


def _questions(value: Any) -> tuple[tuple[str, ...], ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) < 2:
        raise LabelError(
            "'topics' does not list the topics of two questions",
            "give a topic, or a list of accepted topics, for each question",
        )
    questions = tuple(_known(_as_list(topics, "topics")) for topics in value)
    if not all(questions):
        raise LabelError(
            "'topics' holds a question without a topic",
            "give a topic for each question",
        )
    return questions


def _known(topics: Iterable[str]) -> tuple[str, ...]:
    return tuple(topic for topic in topics if topic not in NO_TOPIC)
