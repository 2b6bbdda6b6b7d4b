"""Outcomes: what a turn came to, read from the names of its responses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

FACT_PREFIX = "utter_faq_"
FOLLOW_UPS = ("more", "sources", "proof", "related")
"""Intents that follow up on a fact."""

FACT_PARTS = (*FOLLOW_UPS, "care")
"""Further texts of a fact: `utter_faq_<topic>_<part>`."""


class Outcome(str, Enum):
    """The fixed vocabulary: every turn of the assistant ends in one of these."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    CRISIS = "crisis"
    EMERGENCY = "emergency"
    ADVICE_HANDOFF = "advice_handoff"
    HUMAN_HANDOFF = "human_handoff"
    SCREENING = "screening"
    REFUSE_ILLICIT = "refuse_illicit"
    SMALLTALK = "smalltalk"
    OUT_OF_SCOPE = "out_of_scope"


_PREFIXES = {
    FACT_PREFIX: Outcome.ANSWER,
    "utter_clarify": Outcome.CLARIFY,
    "utter_crisis": Outcome.CRISIS,
    "utter_emergency": Outcome.EMERGENCY,
    "utter_advice": Outcome.ADVICE_HANDOFF,
    "utter_human": Outcome.HUMAN_HANDOFF,
    "utter_screening": Outcome.SCREENING,
    "utter_ask_callback": Outcome.SCREENING,
    "utter_illicit": Outcome.REFUSE_ILLICIT,
    "utter_smalltalk": Outcome.SMALLTALK,
    "utter_out_of_scope": Outcome.OUT_OF_SCOPE,
}

DANGER = (Outcome.CRISIS, Outcome.EMERGENCY)


def outcome_of_response(name: str) -> Outcome | None:
    """Returns the outcome that a response name stands for, if any."""
    for prefix, outcome in _PREFIXES.items():
        if name.startswith(prefix):
            return outcome
    return None


def outcome_of_turn(response_names: Iterable[str]) -> Outcome | None:
    """Returns danger if any response is, else the first response with an outcome."""
    outcomes = [
        outcome for name in response_names if (outcome := outcome_of_response(name))
    ]
    for outcome in outcomes:
        if outcome in DANGER:
            return outcome
    return outcomes[0] if outcomes else None


def topic_of_response(name: str) -> str | None:
    """Returns the topic of a fact's response (`utter_faq_<topic>[_<part>]`)."""
    if not name.startswith(FACT_PREFIX):
        return None
    topic = name[len(FACT_PREFIX) :]
    for part in FACT_PARTS:
        topic = topic.removesuffix(f"_{part}")
    return topic


def topics_of_turn(response_names: Sequence[str]) -> list[str]:
    """Returns the topics answered in a turn, in order, each once."""
    topics = (topic_of_response(name) for name in response_names)
    return list(dict.fromkeys(topic for topic in topics if topic))
