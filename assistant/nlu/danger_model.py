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

from assistant.nlu.joint_features import JointFeatures, Matrix
from assistant.nlu.linear_model import LinearModel
from assistant.nlu.stored_arrays import (
    load_arrays,
    save_arrays,
    under_prefix,
    with_prefix,
)

NEAREST = 3
NEARNESS_SCALE = 4.0
"""Brings differences of similarity to the size of the other view's margins."""

_MODEL_FILE = "danger_model.npz"


class DangerModel:
    """Scores texts for danger and names the kind."""

    def __init__(self, seed: int = 0) -> None:
        """Creates an untrained model; `seed` makes training repeatable."""
        self._seed = seed

    def fit(self, texts: list[str], vectors: Matrix, kinds: list[str]) -> None:
        """Trains on statements of danger and calm messages.

        Args:
            texts: Normalised examples.
            vectors: Their unit embeddings, shape (examples, dimensions).
            kinds: The kind of danger of each, or an empty text for calm ones.
        """
        labels = np.array(kinds)
        danger = labels != ""
        self._features = JointFeatures.learn(texts)
        features = self._features.of(texts, vectors)
        self._alarm = LinearModel.fit(features, danger, self._seed)
        self._kind = LinearModel.fit(features[danger], labels[danger], self._seed)
        self._dangerous, self._calm = vectors[danger], vectors[~danger]

    def score(self, texts: list[str], vectors: Matrix) -> NDArray[np.float64]:
        """Returns the danger score of each text; above zero means danger."""
        margins = self._alarm.margins(self._features.of(texts, vectors))[:, 0]
        nearness = _closest(vectors, self._dangerous) - _closest(vectors, self._calm)
        score: NDArray[np.float64] = (margins + NEARNESS_SCALE * nearness) / 2
        return score

    def kind(self, text: str, vector: Matrix) -> str:
        """Returns the kind of danger that a text resembles most."""
        features = self._features.of([text], vector[None, :])
        return self._kind.labels[int(self._kind.margins(features)[0].argmax())]

    def save(self, folder: Path) -> None:
        """Stores the trained model."""
        save_arrays(
            {
                **with_prefix("features", self._features.arrays()),
                **with_prefix("alarm", self._alarm.arrays()),
                **with_prefix("kind", self._kind.arrays()),
                "dangerous": self._dangerous,
                "calm": self._calm,
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
        model._features = JointFeatures.from_arrays(under_prefix("features", arrays))
        model._alarm = LinearModel.from_arrays(under_prefix("alarm", arrays))
        model._kind = LinearModel.from_arrays(under_prefix("kind", arrays))
        model._dangerous, model._calm = arrays["dangerous"], arrays["calm"]
        return model


def _closest(vectors: Matrix, examples: Matrix) -> Matrix:
    similarities = vectors @ examples.T
    closest: Matrix = np.partition(similarities, -NEAREST, axis=1)[:, -NEAREST:]
    return np.asarray(closest.mean(axis=1))
