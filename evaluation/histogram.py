"""How sure the first guess was, when it was right and when it was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.outcome import DANGER
from evaluation.message import LabelledMessage
from evaluation.result import TurnResult

BINS = 20


@dataclass(frozen=True)
class Bin:
    """Guesses whose confidence is at least `low` and below the next bin's.

    Attributes:
        right: Right guesses in this bin.
        wrong: Wrong guesses in this bin.
        right_above: Right guesses in this bin and all higher ones: what a threshold
            here would answer rightly.
        wrong_above: The same for wrong ones.
    """

    low: float
    right: int
    wrong: int
    right_above: int
    wrong_above: int


def confidence_histogram(
    messages: Sequence[LabelledMessage], results: Sequence[TurnResult]
) -> list[Bin]:
    """Counts first guesses by confidence, for messages that a fact answers."""
    right = [0] * BINS
    wrong = [0] * BINS
    for message, result in zip(messages, results, strict=True):
        if not message.seeks_fact or result.guess is None or result.outcome in DANGER:
            continue
        # 0.15 * 20 is 3.0000000000000004 or 2.9999999999999996: settle it first
        place = min(BINS - 1, int(round(result.guess.confidence * BINS, 6)))
        is_right = result.guess.intent in {f"faq_{topic}" for topic in message.topics}
        (right if is_right else wrong)[place] += 1
    return [
        Bin(i / BINS, right[i], wrong[i], sum(right[i:]), sum(wrong[i:]))
        for i in range(BINS)
    ]
