"""How a turn compares with what was expected of it."""

from __future__ import annotations

from enum import Enum
from itertools import permutations

from assistant.outcome import DANGER, Outcome
from evaluation.message import LabelledMessage
from evaluation.result import TurnResult


class Verdict(str, Enum):
    """Every turn gets exactly one."""

    RIGHT = "right fact"
    ACCEPTED = "accepted outcome"
    OFFERED = "offered as a choice"
    WRONG = "wrong fact"
    FALSE_ALARM = "false alarm"
    MISSED = "missed"


def judge(message: LabelledMessage, result: TurnResult) -> Verdict:
    """Returns the verdict on a turn."""
    if result.outcome is Outcome.ANSWER:
        return Verdict.RIGHT if _answers(message, result) else Verdict.WRONG
    if result.outcome is Outcome.CLARIFY and set(message.topics) & set(result.offered):
        return Verdict.OFFERED
    if result.outcome in message.expect:
        return Verdict.ACCEPTED
    if result.outcome in DANGER and not message.accepts_danger:
        return Verdict.FALSE_ALARM
    return Verdict.MISSED


def is_accepted(message: LabelledMessage, result: TurnResult) -> bool:
    """Whether a turn did what was asked: accepted outcome, accepted topic."""
    is_wrong = judge(message, result) is Verdict.WRONG
    return result.outcome in message.expect and not is_wrong


def _answers(message: LabelledMessage, result: TurnResult) -> bool:
    if Outcome.ANSWER not in message.expect:
        return False
    if not message.questions:
        return bool(set(message.topics) & set(result.topics))
    # each question by a fact of its own
    return any(
        all(
            topic in accepted
            for topic, accepted in zip(topics, message.questions, strict=True)
        )
        for topics in permutations(result.topics, len(message.questions))
    )
