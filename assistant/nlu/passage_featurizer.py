"""Second step of understanding: features of each message and of its passages."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from assistant.nlu.example_features import ExampleFeatures
from assistant.nlu.featurized import Featurized
from assistant.nlu.made_from import hash_of
from assistant.nlu.passages import passages_of
from assistant.nlu.sentence_encoder import Vectors, shared_encoder
from assistant.nlu.spacy_reader import NORMALIZED_TEXT
from assistant.nlu.stored_arrays import load_arrays, save_arrays
from assistant.nlu.terms import Terms
from assistant.nlu.trainable import Trainable
from assistant.nlu.vector_cache import VectorCache
from settings import KEPT_VECTORS

PASSAGES = "passages"
FEATURIZED_PASSAGES = "featurized_passages"

_STORED_FILE = "terms.npz"


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
            "vectors": KEPT_VECTORS,
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
        self._terms, _ = _learned(tuple(_texts(_readable(training_data))))
        with self._model_storage.write_to(self._resource) as folder:
            save_arrays(self._terms.arrays(), folder / _STORED_FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Featurizes all examples together, each as a whole."""
        examples = _readable(training_data)
        texts = _texts(examples)
        _, terms = _learned(tuple(texts))
        vectors = embed_examples(training_data, Path(self._config["vectors"]))
        together = Featurized(texts, terms, vectors)
        origin = self._config.get(FEATURIZER_CLASS_ALIAS, type(self).__name__)
        for row, example in enumerate(examples):
            example.add_features(ExampleFeatures(together, row, origin))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Featurizes messages and their passages together."""
        for message in messages:
            passages = passages_of(message.get(NORMALIZED_TEXT))
            message.set(PASSAGES, passages)
            texts = passages.texts
            terms, vectors = self._terms.of(texts), self._encoder.encode(texts)
            message.set(FEATURIZED_PASSAGES, Featurized(texts, terms, vectors))
        return messages


@lru_cache(maxsize=1)
def _learned(texts: tuple[str, ...]) -> tuple[Terms, csr_matrix]:
    """Returns the terms learned from texts, and those of each text.

    Rasa trains one component and featurizes by another one that it has loaded; both
    need this, and it takes seconds.
    """
    return Terms.learn(list(texts))


def embed_examples(training_data: TrainingData, kept: Path) -> Vectors:
    """Returns the vector of each example that has a text, and keeps them in a file.

    Those that the file has already are taken from there.
    """
    texts = _texts(_readable(training_data))
    return VectorCache(kept).encode(texts, shared_encoder().encode)


def _readable(training_data: TrainingData) -> list[Message]:
    return [
        example
        for example in training_data.training_examples
        if example.get(NORMALIZED_TEXT) is not None
    ]


def _texts(examples: list[Message]) -> list[str]:
    return [example.get(NORMALIZED_TEXT) for example in examples]
