"""Care mode: for a day after danger, or until staff close it, the tone stays calm.

It is read from the conversation itself: which replies to danger were given, and when.
"""

from __future__ import annotations

from collections.abc import Iterator

from rasa.shared.core.events import Event, SlotSet, UserUttered

from assistant.policies.handoff_policy import CASE_SLOT
from assistant.policies.turn import Turn, response_name
from content.danger import OUTCOME_OF_KIND

CARE_SECONDS = 24 * 60 * 60
CARE_CLOSED_SLOT = "care_closed"
"""Set to true by staff when nobody is in danger any more."""

AGAIN = {
    "crisis": ("utter_crisis_again", "utter_crisis_again_2"),
    "emergency": ("utter_emergency_again", "utter_emergency_again_2"),
}
"""Shorter texts for danger told again, in turn: the same block is never pasted."""

NOT_SAFE = frozenset(
    ["utter_crisis_not_safe", "utter_crisis_other_not_safe", "utter_emergency_alone"]
)
"""Answers to "no" when we asked whether somebody is safe."""

ABOUT_OTHERS = frozenset({"other_person", "harm_to_others"})
"""Kinds of danger in which others than the one who writes may be unsafe."""

FIRST_REPLIES = {
    f"utter_{outcome}_{kind}": kind for kind, outcome in OUTCOME_OF_KIND.items()
}

GRADES = {
    "ideation": 1,
    "other_person": 1,
    "self_harm": 1,
    "harm_to_others": 2,
    "plan_or_means": 2,
    "intent_or_act": 3,
    "reaction_after_treatment": 1,
    "body_danger": 1,
    "overdose": 1,
}
"""How urgent a kind is among those of its outcome (after the Columbia scale)."""

_REPLIES_TO_DANGER = frozenset(
    [*FIRST_REPLIES, *(name for names in AGAIN.values() for name in names)]
)


def danger_told(turn: Turn) -> list[str]:
    """Returns the replies to danger given before this message while care lasts."""
    return list(_danger_told(turn))[::-1]


def is_in_care(turn: Turn) -> bool:
    """Whether danger was told within a day and staff have not closed it."""
    return next(_danger_told(turn), None) is not None


def reply_to(outcome: str, kind: str, told: list[str]) -> str:
    """Returns the reply to danger of a kind, after what was told before.

    Each kind's own reply comes once, and again a shorter one; what has become more
    urgent is answered in full.
    """
    full = f"utter_{outcome}_{kind}"
    grades = [
        GRADES[FIRST_REPLIES[name]]
        for name in told
        if name in FIRST_REPLIES and name.startswith(f"utter_{outcome}")
    ]
    if full not in told and GRADES[kind] >= max(grades, default=0):
        return full
    shorter = AGAIN[outcome]
    return shorter[sum(name in shorter for name in told) % len(shorter)]


def asked_whether_safe(names: list[str]) -> bool:
    """Whether one of a turn's responses asked if somebody is safe."""
    return any(name in _REPLIES_TO_DANGER | NOT_SAFE for name in names)


def reply_to_no(told: list[str]) -> str:
    """Returns the reply to somebody who is not safe, after what was told before."""
    if told[-1].startswith("utter_emergency"):
        return "utter_emergency_alone"
    kinds = [FIRST_REPLIES[name] for name in told if name in FIRST_REPLIES]
    about_others = bool(kinds) and kinds[-1] in ABOUT_OTHERS
    return "utter_crisis_other_not_safe" if about_others else "utter_crisis_not_safe"


def is_alert_missing(turn: Turn) -> bool:
    """Whether staff were not alerted to the latest danger: nothing ran that could.

    An alert that the front desk did not take is sent again by the action server; this
    is about an action server that did not answer at all.
    """
    for event in _before_message(turn):
        if isinstance(event, SlotSet) and event.key == CASE_SLOT:
            return False
        if response_name(event) in _REPLIES_TO_DANGER | NOT_SAFE:
            return True
    return False


def _danger_told(turn: Turn) -> Iterator[str]:
    """Yields the replies to danger before this message, latest first."""
    oldest = turn.message.timestamp - CARE_SECONDS
    for event in _before_message(turn):
        if event.timestamp < oldest:
            return
        if isinstance(event, SlotSet) and event.key == CARE_CLOSED_SLOT and event.value:
            return
        name = response_name(event)
        if name in _REPLIES_TO_DANGER:
            yield name


def _before_message(turn: Turn) -> Iterator[Event]:
    passed_message = False
    for event in reversed(turn.tracker.events):
        if passed_message:
            yield event
        elif isinstance(event, UserUttered):
            passed_message = True
