"""Hand-made messages and results for the tests of the evaluation."""

from __future__ import annotations

from assistant.outcome import Outcome
from evaluation.figure import Figure
from evaluation.figures import compute_figures
from evaluation.message import LabelledMessage
from evaluation.result import TurnResult

Turn = tuple[LabelledMessage, TurnResult]


def expecting(
    *outcomes: str, file: str, topics: tuple[str, ...] = ()
) -> LabelledMessage:
    """A message of a file with its accepted outcomes and topics."""
    expect = tuple(Outcome(name) for name in outcomes)
    return LabelledMessage("text", expect, topics, file=file)


def question(*topics: str, other: tuple[str, ...] = ()) -> LabelledMessage:
    """A question that a fact answers."""
    return expecting("answer", *other, file="questions", topics=topics)


def two_questions(*questions: tuple[str, ...]) -> LabelledMessage:
    """A message that asks several things."""
    return LabelledMessage(
        "text", (Outcome.ANSWER,), questions=questions, file="two_questions"
    )


def answered(*topics: str) -> TurnResult:
    """A turn that answered facts."""
    return TurnResult(Outcome.ANSWER, topics=topics)


def offered(*topics: str) -> TurnResult:
    """A turn that offered facts as choices."""
    return TurnResult(Outcome.CLARIFY, offered=topics)


def came_to(outcome: str) -> TurnResult:
    """A turn that came to an outcome other than an answer."""
    return TurnResult(Outcome(outcome))


SILENCE = TurnResult(None)


def figure(name: str, *turns: Turn) -> Figure:
    """One figure of some turns."""
    messages = [message for message, _ in turns]
    results = [result for _, result in turns]
    return {f.name: f for f in compute_figures(messages, results)}[name]


def count(name: str, *turns: Turn) -> tuple[int, int]:
    """Hits and total of one figure of some turns."""
    share = figure(name, *turns).share
    return share.hits, share.total
