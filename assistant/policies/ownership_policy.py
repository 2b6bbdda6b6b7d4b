"""While a person of the clinic has the conversation, the bot is silent."""

from __future__ import annotations

from typing import Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain

from assistant.policies.turn import Turn
from assistant.policies.turn_policy import Step, TurnPolicy

OWNER = "owner"
HUMAN = "human"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class OwnershipPolicy(TurnPolicy):
    """Says nothing when the front desk tells that a human owns the conversation.

    Ownership is the front desk's to keep: Rasa's own pause ends with the session and
    would silence the danger reply too. `DangerPolicy` stands above this one.
    """

    def next_step(self, turn: Turn, domain: Domain) -> Optional[Step]:
        """Listens at once while a human owns the conversation."""
        return Step(ACTION_LISTEN_NAME) if is_owned_by_human(turn) else None


def is_owned_by_human(turn: Turn) -> bool:
    """Whether a person of the clinic has the conversation, as the front desk says."""
    return (turn.message.metadata or {}).get(OWNER) == HUMAN
