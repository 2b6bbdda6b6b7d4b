"""A danger score learned from our own examples, and the kind it most resembles.

The score adds three views, each around zero where danger and calm meet: the margin of a
linear support vector machine on TF-IDF and embedding; how much nearer the closest
statements of danger are than the closest calm ones; and what a perceptron makes of an
inner layer of the encoder, which tells better than the last one whether a thing is said
of oneself and of now, or is denied, over, or a figure of speech. The score is no
probability on purpose: the thresholds are chosen for recall on labelled messages.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.nlu.condensed import Condensed
from assistant.nlu.featurized import Featurized, Matrix
from assistant.nlu.linear_model import LinearModel
from assistant.nlu.nearness import Neighbours
from assistant.nlu.perceptron import Perceptron
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
PERCEPTRON_WEIGHT = 0.4
CERTAIN = 8.0
"""Log odds beyond which the perceptron counts little more: it is often too sure.

These, and the detector's thresholds, were chosen on all labelled messages together.
"""

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
        # A thread is enough: liblinear and NumPy compute without holding Python up.
        with ThreadPoolExecutor(1) as aside:
            inner = aside.submit(
                Perceptron.fit, examples.inner_vectors, danger, self._seed
            )
            alarm = LinearModel.fit(features, danger, PENALTY, self._seed)
            kind = LinearModel.fit(
                features[danger], labels[danger], PENALTY, self._seed
            )
            self._inner = inner.result()
        self._alarm, self._kind = condensed.in_full(alarm), condensed.in_full(kind)
        self._dangerous = Neighbours.of(examples.vectors[danger])
        self._calm = Neighbours.of(examples.vectors[~danger])

    def score(self, texts: Featurized) -> NDArray[np.float64]:
        """Returns the danger score of each text; about zero is where danger begins."""
        margins = self._alarm.margins(texts.features)[:, 0]
        dangerous = _closest(texts.vectors, self._dangerous)
        nearness = dangerous - _closest(texts.vectors, self._calm)
        of_sentence = (margins + NEARNESS_SCALE * nearness) / 2
        of_inner_layer = np.tanh(self._inner.log_odds(texts.inner_vectors) / CERTAIN)
        score: NDArray[np.float64] = of_sentence + PERCEPTRON_WEIGHT * of_inner_layer
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
                **with_prefix("inner", self._inner.arrays()),
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
        model._inner = Perceptron.from_arrays(under_prefix("inner", arrays))
        return model


def _closest(vectors: Matrix, neighbours: Neighbours) -> Matrix:
    found = neighbours.similarities(vectors)
    closest: Matrix = np.partition(found, -NEAREST, axis=1)[:, -NEAREST:]
    return np.asarray(closest.mean(axis=1))
