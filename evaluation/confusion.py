"""Confusion matrices: what was expected against what came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.outcome import Outcome
from evaluation.message import LabelledMessage
from evaluation.result import TurnResult
from evaluation.verdict import is_accepted

NOTHING = "(nothing)"
OTHER_FACT = "answer (not accepted)"


@dataclass(frozen=True)
class Confusion:
    """Counts of (expected, got); rows and columns without a count are absent.

    What was accepted counts as what was expected, so that everything beside the
    diagonal is a miss.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: dict[tuple[str, str], int]

    def count(self, row: str, column: str) -> int:
        """Returns how many messages of a row ended in a column."""
        return self.counts.get((row, column), 0)

    def total(self, row: str) -> int:
        """Returns how many messages a row has."""
        return sum(self.count(row, column) for column in self.columns)


def confusion_by_outcome(
    messages: Sequence[LabelledMessage], results: Sequence[TurnResult]
) -> Confusion:
    """Counts all messages by their preferred outcome."""
    pairs = []
    for message, result in zip(messages, results, strict=True):
        expected = message.preferred.value
        accepted = is_accepted(message, result)
        got = expected if accepted else _outcome_name(result)
        if got == expected and not accepted:
            got = OTHER_FACT
        pairs.append((expected, got))
    return _confusion(pairs, [outcome.value for outcome in Outcome])


def confusion_by_topic(
    messages: Sequence[LabelledMessage], results: Sequence[TurnResult]
) -> Confusion:
    """Counts the messages that a fact answers by their preferred topic."""
    pairs = []
    for message, result in zip(messages, results, strict=True):
        if message.seeks_fact:
            expected = message.topics[0]
            accepted = is_accepted(message, result)
            pairs.append((expected, expected if accepted else _topic_name(result)))
    return _confusion(pairs, sorted({expected for expected, _ in pairs}))


def _outcome_name(result: TurnResult) -> str:
    return result.outcome.value if result.outcome else NOTHING


def _topic_name(result: TurnResult) -> str:
    if result.outcome is Outcome.ANSWER and result.topics:
        return result.topics[0]
    return f"({_outcome_name(result).strip('()')})"


def _confusion(pairs: Iterable[tuple[str, str]], order: Sequence[str]) -> Confusion:
    """Orders names as given, names not given after them."""
    counts = Counter(pairs)

    def place(name: str) -> tuple[int, str]:
        return (order.index(name) if name in order else len(order), name)

    return Confusion(
        tuple(sorted({row for row, _ in counts}, key=place)),
        tuple(sorted({column for _, column in counts}, key=place)),
        dict(counts),
    )
