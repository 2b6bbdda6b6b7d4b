"""Rasa's RulePolicy, blind to what our policies say beside the rules."""

from __future__ import annotations

import warnings
from typing import Any, Dict, List, Optional

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME

from assistant.nlu.answer_gate import QUESTIONS
from assistant.policies.opening_policy import DISCLOSURE
from assistant.policies.turn import Turn

# Rasa looks for RulePolicy itself and warns about its subclasses, which serve as well.
warnings.filterwarnings("ignore", message="'RulePolicy' is not included")


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class AsideBlindRulePolicy(RulePolicy):
    """A rule goes on although a disclosure or a second answer was said in between."""

    def _prediction_states(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        use_text_for_last_user_input: bool = False,
        rule_only_data: Optional[Dict[str, Any]] = None,
    ) -> List[State]:
        states: List[State] = super()._prediction_states(
            tracker, domain, use_text_for_last_user_input, rule_only_data
        )
        asides = self._asides(tracker)
        if not asides:
            return states
        return [
            state
            for state in states
            if state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME) not in asides
        ]

    @staticmethod
    def _asides(tracker: DialogueStateTracker) -> set[str]:
        turn = Turn.of(tracker)
        if turn is None or ACTION_LISTEN_NAME in turn.actions:
            return {DISCLOSURE}
        second = turn.understood(QUESTIONS, [])[1:]
        return {DISCLOSURE, *(f"utter_{intent}" for intent in second)}
