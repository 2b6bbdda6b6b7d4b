"""The training examples just as the intent classifier is given them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource

from assistant.nlu.featurized import Featurized
from assistant.nlu.intent_classifier import IntentClassifier
from assistant.nlu.intent_ranker import IntentRanker
from assistant.nlu.passage_featurizer import PassageFeaturizer
from assistant.pipeline_config import component_config
from assistant.read_examples import read_examples


@dataclass(frozen=True)
class TrainingExamples:
    """Examples with their features, and their intents, in the same order."""

    featurized: Featurized
    intents: list[str]


class RecordingRanker(IntentRanker):
    """Stands in for the ranker: keeps what it is to be trained on, learns nothing."""

    def fit(self, examples: Featurized, intents: list[str]) -> None:
        """Keeps the examples."""
        self.examples = TrainingExamples(examples, intents)

    def save(self, folder: Path) -> None:
        """Stores nothing."""


def read_training_examples(config_file: Path, data: Path) -> TrainingExamples:
    """Takes the project's examples through the pipeline's own components."""
    training_data = read_examples(config_file, data)
    ranker = RecordingRanker()
    with TemporaryDirectory() as folder:
        storage = LocalModelStorage.create(Path(folder))
        featurizer = PassageFeaturizer(
            component_config(config_file, PassageFeaturizer),
            storage,
            Resource("featurizer"),
        )
        featurizer.train(training_data)
        featurizer.process_training_data(training_data)
        IntentClassifier(
            component_config(config_file, IntentClassifier),
            storage,
            Resource("classifier"),
            ranker,
        ).train(training_data)
    return ranker.examples
