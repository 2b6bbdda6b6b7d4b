"""The first reply of a conversation is preceded by what this assistant is."""

from __future__ import annotations

from typing import Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted, SlotSet

from assistant.policies.care import is_in_care
from assistant.policies.turn import Turn, response_name
from assistant.policies.turn_policy import Step, TurnPolicy

DISCLOSURE = "utter_disclosure"
DISCLOSED_SLOT = "disclosed"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class OpeningPolicy(TurnPolicy):
    """Says once a conversation: automated, not for emergencies, what is kept."""

    def next_step(self, turn: Turn, domain: Domain) -> Optional[Step]:
        """Discloses before anything else is said, unless that was done already."""
        if turn.actions or turn.tracker.get_slot(DISCLOSED_SLOT):
            return None
        if _is_disclosed(turn):
            return None  # the slot is not set in a conversation that `rasa test` plays
        if is_in_care(turn):
            return None  # whoever has just told of danger hears no opening text
        return Step(DISCLOSURE, [SlotSet(DISCLOSED_SLOT, True)])


def _is_disclosed(turn: Turn) -> bool:
    """Whether it was said since the session began; the one before does not count."""
    for event in reversed(turn.tracker.events):
        if isinstance(event, SessionStarted):
            return False
        if response_name(event) == DISCLOSURE:
            return True
    return False
