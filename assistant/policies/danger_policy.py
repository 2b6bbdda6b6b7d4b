"""Danger first, in any state: the reply needs no action server, case or desk."""

from __future__ import annotations

from typing import Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import (
    ACTION_DEACTIVATE_LOOP_NAME,
    ACTION_LISTEN_NAME,
)
from rasa.shared.core.domain import Domain

from assistant.nlu.danger_detector import DANGER
from assistant.outcome import DANGER as DANGER_OUTCOMES
from assistant.outcome import outcome_of_response
from assistant.policies.handoff_policy import OPEN_CASE
from assistant.policies.turn import Turn, responses_before
from assistant.policies.turn_policy import Step, TurnPolicy

DEFAULT_KINDS = {"crisis": "ideation", "emergency": "body_danger"}
"""What to reply to when only the intent is known (a test, a button)."""


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class DangerPolicy(TurnPolicy):
    """Answers danger before anything else, then alerts staff."""

    def next_step(self, turn: Turn, domain: Domain) -> Optional[Step]:
        """Replies; then ends a form; then opens an urgent case; then listens."""
        reply = danger_reply(turn)
        if reply is None:
            return None
        if reply not in turn.actions:
            return Step(reply)
        if turn.tracker.active_loop_name and (
            ACTION_DEACTIVATE_LOOP_NAME not in turn.actions
        ):
            return Step(ACTION_DEACTIVATE_LOOP_NAME)
        if OPEN_CASE not in turn.actions and OPEN_CASE in domain.action_names_or_texts:
            return Step(OPEN_CASE)
        return Step(ACTION_LISTEN_NAME)


def danger_reply(turn: Turn) -> str | None:
    """Returns the name of the reply to the danger in a message, if there is any."""
    danger = turn.understood(DANGER, None)
    if danger:
        outcome, kind = danger["outcome"], danger["kind"]
    elif turn.intent in DEFAULT_KINDS:
        outcome, kind = turn.intent, DEFAULT_KINDS[turn.intent]
    else:
        return None
    again = any(
        outcome_of_response(name) in DANGER_OUTCOMES for name in responses_before(turn)
    )
    return f"utter_{outcome}_again" if again else f"utter_{outcome}_{kind}"
