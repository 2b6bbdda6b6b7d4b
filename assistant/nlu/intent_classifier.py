"""Ranks the intents of a message and of its parts (see `intent_ranker`)."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.example_features import featurized_examples, is_featurized
from assistant.nlu.featurized import Featurized, Matrix
from assistant.nlu.intent_ranker import IntentRanker
from assistant.nlu.made_from import hash_of
from assistant.nlu.passage_featurizer import FEATURIZED_PASSAGES, PASSAGES
from assistant.nlu.passages import Passages
from assistant.nlu.spacy_reader import NORMALIZED_TEXT
from assistant.nlu.trainable import Trainable

RANKING_LENGTH = 10
PART_RANKINGS = "question_part_rankings"
CLAUSE_RANKINGS = "clause_rankings"
NEAREST_EXAMPLES = "nearest_examples"
"""The examples that a message resembles most, for staff to see why."""

Ranking = list[dict[str, Any]]


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True
)
class IntentClassifier(Trainable):
    """Intent classifier with calibrated confidence, free of TensorFlow."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns the component's default configuration."""
        return {
            # the same data and seed give the same model
            "random_seed": 42,
            # recognised apart, by the danger detector; here they would only attract
            # harmless messages with alarming words
            "ignored_intents": ["crisis", "emergency", "danger_look_alike"],
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Returns a hash of what it is trained from beside the examples."""
        return hash_of()

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        ranker: IntentRanker | None = None,
    ) -> None:
        """Creates a classifier, trained when a ranker is given."""
        self._ignored = frozenset(config["ignored_intents"])
        super().__init__(config, model_storage, resource)
        self._ranker = ranker or IntentRanker(config["random_seed"])

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """Loads the trained ranker."""
        with model_storage.read_from(resource) as folder:
            ranker = IntentRanker.load(folder)
        return cls(config, model_storage, resource, ranker)

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on the examples, in an order that does not depend on file order."""
        examples = sorted(
            (
                example
                for example in training_data.intent_examples
                if is_featurized(example) and example.get(INTENT) not in self._ignored
            ),
            key=lambda example: (example.get(INTENT), example.get(NORMALIZED_TEXT)),
        )
        self._ranker.fit(
            featurized_examples(examples),
            [example.get(INTENT) for example in examples],
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._ranker.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets intent and ranking, and rankings for each part and each clause."""
        for message in messages:
            passages: Featurized = message.get(FEATURIZED_PASSAGES)
            parts: Passages = message.get(PASSAGES)
            first_clause = 1 + len(parts.questions)
            ranked = self._ranker.rank(
                passages.rows([0, *parts.questions, *parts.clauses])
            )
            rankings = list(map(self._ranking, ranked.scores, ranked.closest))
            message.set(INTENT, rankings[0][0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, rankings[0], add_to_output=True)
            message.set(PART_RANKINGS, rankings[1:first_clause])
            message.set(CLAUSE_RANKINGS, rankings[first_clause:])
            message.set(
                NEAREST_EXAMPLES,
                [
                    {**near._asdict(), "similarity": round(near.similarity, 3)}
                    for near in ranked.nearest
                ],
                add_to_output=True,
            )
        return messages

    def _ranking(self, scores: Matrix, similarities: Matrix) -> Ranking:
        order = np.argsort(-scores, kind="stable")[:RANKING_LENGTH]
        return [
            {
                INTENT_NAME_KEY: self._ranker.intents[i],
                PREDICTED_CONFIDENCE_KEY: round(float(scores[i]), 4),
                "similarity": round(float(similarities[i]), 4),
            }
            for i in order
        ]
