"""Base of our policies: at most one opinion on what to do next in a turn."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional

from rasa.core.constants import DEFAULT_POLICY_PRIORITY, POLICY_PRIORITY
from rasa.core.featurizers.precomputation import MessageContainerForCoreFeaturization
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.policies.turn import Turn


@dataclass(frozen=True)
class Step:
    """What to do next, and slots to set when it is done."""

    action: str
    events: list[Event] = field(default_factory=list)


class TurnPolicy(Policy):
    """A policy that looks at the turn under way and may name the next action.

    It outranks Rasa's RulePolicy by its priority, also inside a form: Rasa lets a form
    go on whatever other policies predict, unless they too predict without regard to
    the user's message (`is_no_user_prediction`).
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Returns the default configuration; config.yml sets each policy's priority."""
        return {POLICY_PRIORITY: DEFAULT_POLICY_PRIORITY}

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> None:
        """Creates the policy."""
        super().__init__(config, model_storage, resource, execution_context)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TurnPolicy:
        """Loads the policy: nothing is learned, so nothing is stored."""
        return cls(config, model_storage, resource, execution_context)

    @abstractmethod
    def next_step(self, turn: Turn, domain: Domain) -> Optional[Step]:
        """Returns the next step of the turn, or None to leave it to other policies."""

    def train(
        self,
        training_trackers: List[TrackerWithCachedStates],
        domain: Domain,
        **kwargs: Any,
    ) -> Resource:
        """Learns nothing."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: Optional[Dict[str, Any]] = None,
        precomputations: Optional[MessageContainerForCoreFeaturization] = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Predicts the next step with full confidence, or nothing at all."""
        turn = Turn.of(tracker)
        if turn is None or turn.is_over:
            return self._prediction(self._default_predictions(domain))
        step = self.next_step(turn, domain)
        if step is None:
            return self._prediction(self._default_predictions(domain))
        probabilities = self._default_predictions(domain)
        probabilities[domain.index_for_action(step.action)] = 1.0
        return self._prediction(
            probabilities, optional_events=step.events, is_no_user_prediction=True
        )
