"""A linear support vector machine, kept as what it needs to score: its weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from assistant.nlu.featurized import Matrix
from assistant.nlu.stored_arrays import Arrays, array_to_texts, texts_to_array

TOLERANCE = 0.1
"""Liblinear's own; a thousand times scikit-learn's: trains much faster, ranks the same."""


@dataclass(frozen=True)
class LinearModel:
    """One against the rest for each label (a single row when there are two labels).

    Attributes:
        labels: Names, sorted.
        weights: Shape (features, labels): a text has few features, whose rows are read.
        bias: Shape (labels,).
    """

    labels: list[str]
    weights: Matrix
    bias: Matrix

    @classmethod
    def fit(
        cls, features: csr_matrix, labels: NDArray[Any], penalty: float, seed: int
    ) -> LinearModel:
        """Trains on features of shape (examples, features) and their labels.

        `penalty` is what a wrong example costs: more follows the examples closer.
        """
        machine = LinearSVC(C=penalty, tol=TOLERANCE, random_state=seed)
        machine.fit(features, labels)
        return cls(
            [str(label) for label in machine.classes_],
            np.ascontiguousarray(machine.coef_.T, dtype=np.float32),
            machine.intercept_.astype(np.float32),
        )

    def margins(self, features: csr_matrix) -> NDArray[np.float64]:
        """Returns the signed distances, shape (texts, labels)."""
        margins: NDArray[np.float64] = features @ self.weights + self.bias
        return margins

    def arrays(self) -> Arrays:
        """Returns what it learned, to be stored."""
        return {
            "labels": texts_to_array(self.labels),
            "weights": self.weights,
            "bias": self.bias,
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> LinearModel:
        """Takes back what `arrays` returned."""
        labels = array_to_texts(arrays["labels"])
        return cls(labels, arrays["weights"], arrays["bias"])
