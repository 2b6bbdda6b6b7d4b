"""A linear support vector machine, kept as what it needs to score: its weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from assistant.nlu.featurized import Matrix
from assistant.nlu.stored_arrays import Arrays, array_to_texts, texts_to_array

TOLERANCE = 0.1
"""Liblinear's own; a thousand times scikit-learn's. Trains faster, ranks the same."""

REST = ""
"""The name of everything that is none of the labels to be trained."""


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

    @classmethod
    def fit_some(
        cls,
        features: csr_matrix,
        labels: NDArray[Any],
        some: Sequence[str],
        penalty: float,
        seed: int,
    ) -> LinearModel:
        """Trains some labels only, each against all others.

        What is learned of a label does not depend on which others are trained with it,
        so that processes can share the labels out; `joined` puts them together.
        """
        named = np.where(np.isin(labels, some), labels, REST)
        model = cls.fit(features, named, penalty, seed)
        trained = [label for label in model.labels if label != REST]
        # REST sorts first; beside a single label it has no column.
        count = len(trained)
        return cls(trained, model.weights[:, -count:], model.bias[-count:])

    @classmethod
    def joined(cls, parts: Sequence[LinearModel]) -> LinearModel:
        """Puts models of different labels together, in the order of their names."""
        labels = [label for part in parts for label in part.labels]
        order = np.argsort(labels)
        weights = np.concatenate([part.weights for part in parts], axis=1)[:, order]
        return cls(
            [labels[position] for position in order],
            # Row by row: SciPy copies all of them at each product otherwise.
            np.ascontiguousarray(weights),
            np.concatenate([part.bias for part in parts])[order],
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
