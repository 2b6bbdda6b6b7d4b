"""Embeds the examples beside a training, while it loads Rasa and learns other things.

A first training has all of them to embed, on two cores, and for its first seconds it
keeps one of them busy only. What is found here is kept where the training looks for it
(`assistant.nlu.vector_cache`); should this process fail, the training does it itself.
"""

from __future__ import annotations

import gc
from pathlib import Path

from assistant.nlu.passage_featurizer import PassageFeaturizer, embed_examples
from assistant.pipeline_config import component_config
from assistant.read_examples import read_examples
from settings import ROOT

CONFIG = ROOT / "config.yml"


def embed_ahead() -> None:
    """Reads the examples as the training does, and keeps their vectors."""
    kept = component_config(CONFIG, PassageFeaturizer)["vectors"]
    embed_examples(read_examples(CONFIG, ROOT / "data"), Path(kept))


if __name__ == "__main__":
    gc.disable()  # as in `operations.rasa_train`
    embed_ahead()
