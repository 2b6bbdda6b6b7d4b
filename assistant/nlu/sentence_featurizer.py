"""Embeds each message, and each part of it that may hold a question of its own."""

from __future__ import annotations

import hashlib
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.joint_features import Matrix
from assistant.nlu.question_splitter import split_questions
from assistant.nlu.sentence_encoder import shared_encoder
from assistant.nlu.spacy_reader import NORMALIZED_TEXT

QUESTION_PARTS = "question_parts"
PART_VECTORS = "question_part_vectors"


class SentenceFeatures(Features):
    """Rasa's features, fingerprinted by their bytes: it prints each number, slowly."""

    def fingerprint(self) -> str:
        """Returns a hash of the vector."""
        return hashlib.sha256(self.features.tobytes()).hexdigest()


def is_embedded(message: Message) -> bool:
    """Whether the message has a sentence vector; stories' examples have none."""
    return any(isinstance(features, SentenceFeatures) for features in message.features)


def vector_of(message: Message) -> Matrix:
    """Returns the sentence vector of an embedded message, shape (dimensions,)."""
    vector: Matrix = next(
        features.features[0]
        for features in message.features
        if isinstance(features, SentenceFeatures)
    )
    return vector


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False
)
class SentenceFeaturizer(GraphComponent):
    """Sets dense sentence features from all-MiniLM-L6-v2 on onnxruntime."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Loads the encoder."""
        self._config = config
        self._encoder = shared_encoder()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Creates the component (see parent class)."""
        return cls(config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Embeds all examples in one batch."""
        examples = [
            example
            for example in training_data.training_examples
            if example.get(NORMALIZED_TEXT) is not None
        ]
        vectors = self._encoder.encode(
            [example.get(NORMALIZED_TEXT) for example in examples]
        )
        for example, vector in zip(examples, vectors):
            self._set_features(example, vector)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Embeds messages and their question-like parts together."""
        for message in messages:
            text = message.get(NORMALIZED_TEXT)
            parts = split_questions(text)
            vectors = self._encoder.encode([text, *parts])
            self._set_features(message, vectors[0])
            message.set(QUESTION_PARTS, parts)
            message.set(PART_VECTORS, vectors[1:])
        return messages

    def _set_features(self, message: Message, vector: Matrix) -> None:
        origin = self._config.get(FEATURIZER_CLASS_ALIAS, type(self).__name__)
        message.add_features(
            SentenceFeatures(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, origin)
        )
