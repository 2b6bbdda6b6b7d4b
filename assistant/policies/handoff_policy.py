"""A handoff is never pretended: what is said depends on whether the case was stored."""

from __future__ import annotations

from typing import Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain

from assistant.policies.turn import Turn
from assistant.policies.turn_policy import Step, TurnPolicy
from assistant.tracker_store import ERASE_SLOT

OPEN_CASE = "action_open_case"
CASE_SLOT = "case_id"
HANDOFFS = ("utter_advice", "utter_human")
"""Replies that announce the attempt to pass something on to a person."""

DELETE_DATA = "action_delete_my_data"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class HandoffPolicy(TurnPolicy):
    """Tells how an action ended that needs the front desk.

    Rasa logs a failed action and goes on; so success is what the action reported in
    this turn, and anything else is failure.
    """

    def next_step(self, turn: Turn, domain: Domain) -> Optional[Step]:
        """Returns the next step of a handoff or a deletion under way."""
        announced = next((name for name in HANDOFFS if name in turn.actions), None)
        if announced:
            return open_case_then(turn, f"{announced}_sent", f"{announced}_not_sent")
        if DELETE_DATA in turn.actions:
            done = turn.slot_set_since(DELETE_DATA, ERASE_SLOT)
            reply = "utter_smalltalk_deleted" if done else "utter_smalltalk_not_deleted"
            return Step(ACTION_LISTEN_NAME if reply in turn.actions else reply)
        return None


def open_case_then(turn: Turn, sent: str, not_sent: str) -> Step:
    """Opens a case, then says which of the two came of it, then listens."""
    if OPEN_CASE not in turn.actions:
        return Step(OPEN_CASE)
    reply = sent if turn.slot_set_since(OPEN_CASE, CASE_SLOT) else not_sent
    return Step(ACTION_LISTEN_NAME if reply in turn.actions else reply)
