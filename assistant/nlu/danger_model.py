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
from sklearn.svm import LinearSVC

from assistant.nlu.joint_features import Matrix, join, new_vectorizer
from assistant.nlu.trusted_model import load_model, save_model

SVM_C = 0.5
NEAREST = 3
NEARNESS_SCALE = 4.0
"""Brings differences of similarity to the size of the other view's margins."""

_MODEL_FILE = "danger_model.skops"


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
        self._vectorizer = new_vectorizer()
        features = join(self._vectorizer.fit_transform(texts), vectors)
        self._alarm = LinearSVC(C=SVM_C, random_state=self._seed)
        self._alarm.fit(features, danger)
        self._kind = LinearSVC(C=SVM_C, random_state=self._seed)
        self._kind.fit(features[danger], labels[danger])
        self._dangerous, self._calm = vectors[danger], vectors[~danger]

    def score(self, texts: list[str], vectors: Matrix) -> NDArray[np.float64]:
        """Returns the danger score of each text; above zero means danger."""
        margins = self._alarm.decision_function(self._features(texts, vectors))
        nearness = _closest(vectors, self._dangerous) - _closest(vectors, self._calm)
        score: NDArray[np.float64] = (margins + NEARNESS_SCALE * nearness) / 2
        return score

    def kind(self, text: str, vector: Matrix) -> str:
        """Returns the kind of danger that a text resembles most."""
        return str(self._kind.predict(self._features([text], vector[None, :]))[0])

    def save(self, folder: Path) -> None:
        """Stores the trained model."""
        save_model(
            {
                "vectorizer": self._vectorizer,
                "alarm": self._alarm,
                "kind": self._kind,
                "dangerous": self._dangerous,
                "calm": self._calm,
            },
            folder / _MODEL_FILE,
        )

    @classmethod
    def load(cls, folder: Path) -> DangerModel:
        """Loads a stored model."""
        stored = load_model(folder / _MODEL_FILE)
        model = cls()
        model._vectorizer = stored["vectorizer"]
        model._alarm = stored["alarm"]
        model._kind = stored["kind"]
        model._dangerous = stored["dangerous"]
        model._calm = stored["calm"]
        return model

    def _features(self, texts: list[str], vectors: Matrix) -> Matrix:
        features: Matrix = join(self._vectorizer.transform(texts), vectors)
        return features


def _closest(vectors: Matrix, examples: Matrix) -> Matrix:
    similarities = vectors @ examples.T
    closest: Matrix = np.partition(similarities, -NEAREST, axis=1)[:, -NEAREST:]
    return np.asarray(closest.mean(axis=1))
