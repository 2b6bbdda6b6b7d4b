"""The messages that did not get what was expected, file by file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.message import LabelledMessage
from evaluation.result import TurnResult
from evaluation.share import Share
from evaluation.verdict import Verdict, is_accepted, judge


@dataclass(frozen=True)
class Miss:
    """One message with what came of it."""

    message: LabelledMessage
    result: TurnResult
    verdict: Verdict


@dataclass(frozen=True)
class FileMisses:
    """How many messages of a file were accepted, and those that were not."""

    file: str
    accepted: Share
    misses: tuple[Miss, ...]


def misses_by_file(
    messages: Sequence[LabelledMessage], results: Sequence[TurnResult]
) -> list[FileMisses]:
    """Returns each file's misses in the order of its lines."""
    turns = list(zip(messages, results, strict=True))
    found = []
    for file in dict.fromkeys(message.file for message in messages):
        of_file = [turn for turn in turns if turn[0].file == file]
        misses = tuple(
            Miss(message, result, judge(message, result))
            for message, result in of_file
            if not is_accepted(message, result)
        )
        accepted = Share(len(of_file) - len(misses), len(of_file))
        found.append(FileMisses(file, accepted, misses))
    return found
