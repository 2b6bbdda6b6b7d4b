"""A danger score learned from our own examples, and the kind it most resembles.

The score is the mean of two views, both around zero where danger and calm meet: the
margin of a linear support vector machine on TF-IDF and embedding, and how much nearer
the closest statements of danger are than the closest calm ones. It is deliberately not
a probability: the thresholds are chosen for recall on labelled messages.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.nlu.condensed import Condensed
from assistant.nlu.featurized import Featurized, Matrix
from assistant.nlu.linear_model import LinearModel
from assistant.nlu.nearness import Neighbours
from assistant.nlu.stored_arrays import (
    load_arrays,
    save_arrays,
    under_prefix,
    with_prefix,
)

NEAREST = 3
NEARNESS_SCALE = 5.0
"""Brings differences of similarity to the size of the other view's margins."""
PENALTY = 1.0
"""Both, and the detector's threshold, were chosen on all labelled messages together."""

_MODEL_FILE = "danger_model.npz"


class DangerModel:
    """Scores texts for danger and names the kind."""

    def __init__(self, seed: int = 0) -> None:
        """Creates an untrained model; `seed` makes training repeatable."""
        self._seed = seed

    def fit(self, examples: Featurized, kinds: list[str]) -> None:
        """Trains on statements of danger and calm messages.

        Args:
            examples: Examples and their features.
            kinds: The kind of danger of each, or an empty text for calm ones.
        """
        labels = np.array(kinds)
        danger = labels != ""
        condensed = Condensed.of(examples)
        features = condensed.features
        alarm = LinearModel.fit(features, danger, PENALTY, self._seed)
        kind = LinearModel.fit(features[danger], labels[danger], PENALTY, self._seed)
        self._alarm, self._kind = condensed.in_full(alarm), condensed.in_full(kind)
        self._dangerous = Neighbours.of(examples.vectors[danger])
        self._calm = Neighbours.of(examples.vectors[~danger])

    def score(self, texts: Featurized) -> NDArray[np.float64]:
        """Returns the danger score of each text; about zero is where danger begins."""
        margins = self._alarm.margins(texts.features)[:, 0]
        dangerous = _closest(texts.vectors, self._dangerous)
        nearness = dangerous - _closest(texts.vectors, self._calm)
        score: NDArray[np.float64] = (margins + NEARNESS_SCALE * nearness) / 2
        return score

    def kind(self, text: Featurized) -> str:
        """Returns the kind of danger that one text resembles most."""
        return self._kind.labels[int(self._kind.margins(text.features)[0].argmax())]

    def save(self, folder: Path) -> None:
        """Stores the trained model."""
        save_arrays(
            {
                **with_prefix("alarm", self._alarm.arrays()),
                **with_prefix("kind", self._kind.arrays()),
                **with_prefix("dangerous", self._dangerous.arrays()),
                **with_prefix("calm", self._calm.arrays()),
            },
            folder / _MODEL_FILE,
        )

    @classmethod
    def load(cls, folder: Path) -> DangerModel:
        """Loads a stored model.

        Raises:
            StoredModelError: if the stored model cannot be trusted.
        """
        arrays = load_arrays(folder / _MODEL_FILE)
        model = cls()
        model._alarm = LinearModel.from_arrays(under_prefix("alarm", arrays))
        model._kind = LinearModel.from_arrays(under_prefix("kind", arrays))
        model._dangerous, model._calm = (
            Neighbours.from_arrays(under_prefix(name, arrays))
            for name in ("dangerous", "calm")
        )
        return model


def _closest(vectors: Matrix, neighbours: Neighbours) -> Matrix:
    found = neighbours.similarities(vectors)
    closest: Matrix = np.partition(found, -NEAREST, axis=1)[:, -NEAREST:]
    return np.asarray(closest.mean(axis=1))
