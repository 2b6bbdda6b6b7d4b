"""What cross-validation of the training examples found.

It tells how well examples of one intent foretell each other, before any message is
labelled. Examples of one writer resemble each other, so it flatters: figures from
labelled messages are what counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.outcome import Outcome, outcome_of_response
from evaluation.share import Share

SHOWN_PAIRS = 20


@dataclass(frozen=True)
class ConfusedPair:
    """How many examples of one intent were taken for another."""

    expected: str
    predicted: str
    count: int


@dataclass(frozen=True)
class CrossValidation:
    """What the classifier makes of examples it was not trained on.

    Attributes:
        overall: Examples whose intent is ranked first.
        facts: The same among the examples of facts.
        out_of_scope_found: Out-of-scope examples taken for any out-of-scope intent.
        out_of_scope_claimed: Other examples taken for out of scope (lower is better).
        confused: The most frequent confusions, most frequent first.
        left_out: Intents with fewer examples than folds.
    """

    overall: Share
    facts: Share
    out_of_scope_found: Share
    out_of_scope_claimed: Share
    confused: tuple[ConfusedPair, ...]
    left_out: tuple[str, ...] = ()


def summarize(
    expected: Sequence[str], predicted: Sequence[str], left_out: tuple[str, ...] = ()
) -> CrossValidation:
    """Returns the shares and confusions of predicted intents."""
    pairs = list(zip(expected, predicted, strict=True))
    confused = Counter(pair for pair in pairs if pair[0] != pair[1])
    # equally frequent ones by name: the same data gives the same list
    ordered = sorted(confused.items(), key=lambda item: (-item[1], item[0]))
    strange = [pair for pair in pairs if _leads_to(Outcome.OUT_OF_SCOPE, pair[0])]
    familiar = [pair for pair in pairs if not _leads_to(Outcome.OUT_OF_SCOPE, pair[0])]
    return CrossValidation(
        overall=_same(pairs),
        facts=_same([pair for pair in pairs if _leads_to(Outcome.ANSWER, pair[0])]),
        out_of_scope_found=_taken_as_strange(strange),
        out_of_scope_claimed=_taken_as_strange(familiar),
        confused=tuple(
            ConfusedPair(*pair, count) for pair, count in ordered[:SHOWN_PAIRS]
        ),
        left_out=left_out,
    )


def _leads_to(outcome: Outcome, intent: str) -> bool:
    return outcome_of_response(f"utter_{intent}") is outcome


def _same(pairs: list[tuple[str, str]]) -> Share:
    return Share(sum(expected == got for expected, got in pairs), len(pairs))


def _taken_as_strange(pairs: list[tuple[str, str]]) -> Share:
    taken = sum(_leads_to(Outcome.OUT_OF_SCOPE, got) for _, got in pairs)
    return Share(taken, len(pairs))
