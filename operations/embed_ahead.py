"""Embeds the examples beside a training, while it loads Rasa and learns other things.

A first training has all of them to embed, on two cores, and for its first seconds it
keeps one of them busy only. What is found here is kept where the training looks for it
(`assistant.nlu.vector_cache`); should this process fail, the training does it itself.
"""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path

from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource

from assistant.importer import ClinicImporter
from assistant.nlu.passage_featurizer import readable
from assistant.nlu.sentence_encoder import shared_encoder
from assistant.nlu.spacy_reader import NORMALIZED_TEXT, SpacyReader
from assistant.nlu.vector_cache import VectorCache
from settings import KEPT_VECTORS, ROOT


def embed_ahead() -> None:
    """Reads the examples as the training does, and keeps their vectors."""
    data = ClinicImporter(
        str(ROOT / "config.yml"), str(ROOT / "domain.yml"), str(ROOT / "data")
    ).get_nlu_data()
    with tempfile.TemporaryDirectory() as folder:
        reader = SpacyReader(
            SpacyReader.get_default_config(),
            LocalModelStorage(Path(folder)),
            Resource("reader"),
        )
        reader.train(data)
    texts = [
        example.get(NORMALIZED_TEXT)
        for example in readable(reader.process_training_data(data))
    ]
    VectorCache(ROOT / KEPT_VECTORS).encode(texts, shared_encoder().encode)


if __name__ == "__main__":
    gc.disable()  # as in `operations.rasa_train`
    embed_ahead()
