"""Training examples as the pipeline's reader passes them on, outside of a training."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.importer import ClinicImporter
from assistant.nlu.spacy_reader import SpacyReader
from assistant.pipeline_config import component_config


def read_examples(config_file: Path, data: Path) -> TrainingData:
    """Returns all examples with their normalised texts."""
    training_data = ClinicImporter(
        str(config_file), training_data_paths=[str(data)]
    ).get_nlu_data()
    with TemporaryDirectory() as folder:
        reader = SpacyReader(
            component_config(config_file, SpacyReader),
            LocalModelStorage.create(Path(folder)),
            Resource("reader"),
        )
        reader.train(training_data)
        return reader.process_training_data(training_data)
