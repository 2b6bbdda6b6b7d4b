"""The training examples just as the intent classifier is given them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource

from assistant.importer import ClinicImporter
from assistant.nlu.featurized import Featurized
from assistant.nlu.intent_classifier import IntentClassifier
from assistant.nlu.intent_ranker import IntentRanker
from assistant.nlu.passage_featurizer import PassageFeaturizer
from assistant.nlu.spacy_reader import SpacyReader
from evaluation.pipeline_config import component_config


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
    training_data = ClinicImporter(
        str(config_file), training_data_paths=[str(data)]
    ).get_nlu_data()
    context = ExecutionContext(GraphSchema({}))
    ranker = RecordingRanker()
    with TemporaryDirectory() as folder:
        storage = LocalModelStorage.create(Path(folder))
        reader = SpacyReader.create(
            component_config(config_file, SpacyReader),
            storage,
            Resource("reader"),
            context,
        )
        reader.train(training_data)
        reader.process_training_data(training_data)
        featurizer = PassageFeaturizer.create(
            component_config(config_file, PassageFeaturizer),
            storage,
            Resource("featurizer"),
            context,
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
