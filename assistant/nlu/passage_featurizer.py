"""Second step of understanding: features of each message and of its passages."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import vstack

from assistant.nlu.featurized import Featurized
from assistant.nlu.made_from import hash_of
from assistant.nlu.passages import passages_of
from assistant.nlu.sentence_encoder import shared_encoder
from assistant.nlu.spacy_reader import NORMALIZED_TEXT
from assistant.nlu.stored_arrays import load_arrays, save_arrays
from assistant.nlu.terms import Terms
from assistant.nlu.trainable import Trainable
from assistant.nlu.vector_cache import VectorCache

PASSAGES = "passages"
FEATURIZED_PASSAGES = "featurized_passages"

_STORED_FILE = "terms.npz"


class HashedFeatures(Features):
    """Rasa's features, fingerprinted by their bytes: it prints each number, slowly."""

    def fingerprint(self) -> str:
        """Returns a hash of the numbers."""
        if self.is_sparse():
            numbers = self.features.indices.tobytes() + self.features.data.tobytes()
        else:
            numbers = self.features.tobytes()
        return hashlib.sha256(numbers).hexdigest()


def is_featurized(example: Message) -> bool:
    """Whether a training example has features; those without text have none."""
    return any(isinstance(features, HashedFeatures) for features in example.features)


def featurized_examples(examples: list[Message]) -> Featurized:
    """Gathers the features of training examples that have some."""
    ours = [
        features
        for example in examples
        for features in example.features
        if isinstance(features, HashedFeatures)
    ]
    terms = [features.features for features in ours if features.is_sparse()]
    vectors = [features.features for features in ours if features.is_dense()]
    return Featurized.join(
        _texts(examples), vstack(terms).tocsr(), np.concatenate(vectors)
    )


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True
)
class PassageFeaturizer(Trainable):
    """Sets sparse features (TF-IDF) and dense ones (sentence embeddings)."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns the component's default configuration."""
        return {
            # where the vectors of examples are kept from one training to the next
            "vectors": ".rasa/vectors.npz",
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
        terms: Terms | None = None,
    ) -> None:
        """Loads the encoder."""
        super().__init__(config, model_storage, resource)
        self._encoder = shared_encoder()
        if terms:
            self._terms = terms

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> PassageFeaturizer:
        """Loads the terms that were learned."""
        with model_storage.read_from(resource) as folder:
            terms = Terms.from_arrays(load_arrays(folder / _STORED_FILE))
        return cls(config, model_storage, resource, terms)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the terms of the examples."""
        self._terms = Terms.learn(_texts(_readable(training_data)))
        with self._model_storage.write_to(self._resource) as folder:
            save_arrays(self._terms.arrays(), folder / _STORED_FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Featurizes all examples together, each as a whole."""
        examples = _readable(training_data)
        texts = _texts(examples)
        kept = VectorCache(Path(self._config["vectors"]))
        terms = self._terms.of(texts)
        vectors = kept.encode(texts, self._encoder.encode)
        origin = self._config.get(FEATURIZER_CLASS_ALIAS, type(self).__name__)
        for row, example in enumerate(examples):
            for part in (terms[row], vectors[row : row + 1]):
                example.add_features(
                    HashedFeatures(part, FEATURE_TYPE_SENTENCE, TEXT, origin)
                )
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Featurizes messages and their passages together."""
        for message in messages:
            passages = passages_of(message.get(NORMALIZED_TEXT))
            message.set(PASSAGES, passages)
            texts = passages.texts
            terms, vectors = self._terms.of(texts), self._encoder.encode(texts)
            featurized = Featurized.join(texts, terms, vectors)
            message.set(FEATURIZED_PASSAGES, featurized)
        return messages


def _readable(training_data: TrainingData) -> list[Message]:
    return [
        example
        for example in training_data.training_examples
        if example.get(NORMALIZED_TEXT) is not None
    ]


def _texts(examples: list[Message]) -> list[str]:
    return [example.get(NORMALIZED_TEXT) for example in examples]
