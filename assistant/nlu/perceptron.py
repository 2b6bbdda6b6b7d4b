"""Small neural networks that tell two kinds of texts apart by their vectors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier

from assistant.nlu.featurized import Matrix
from assistant.nlu.stored_arrays import Arrays

MEMBERS = 2
"""Networks that differ by chance; their mean does so less (Hansen and Salamon 1990)."""
HIDDEN = 128
PENALTY = 0.05
ROUNDS = 10
"""More follow single examples closer than new messages bear out. That they have not
converged by then, as scikit-learn warns, is meant."""
BATCH = 256

LEAST_SPREAD = 1e-6
"""What a dimension that is the same everywhere is divided by, instead of nothing."""


@dataclass(frozen=True)
class Perceptron:
    """A mean of perceptrons with one hidden layer (Rumelhart et al. 1986).

    Attributes:
        hidden: Weights and, in the last row, biases of all their hidden units, shape
            (dimensions + 1, units).
        output: Weights and, last, bias of the output, shape (units + 1,).
    """

    hidden: Matrix
    output: Matrix

    @classmethod
    def fit(cls, vectors: Matrix, is_one: NDArray[np.bool_], seed: int) -> Perceptron:
        """Trains on vectors, shape (texts, dimensions), and which kind each is of."""
        mean, spread = vectors.mean(axis=0), vectors.std(axis=0) + LEAST_SPREAD
        standard = (vectors - mean) / spread
        members = [
            _member(standard, is_one, seed + number) for number in range(MEMBERS)
        ]
        inner = np.hstack([member.hidden for member in members])
        inner[:-1] /= spread[:, None]
        inner[-1] -= mean @ inner[:-1]
        outer = np.concatenate([member.output[:-1] for member in members])
        bias = sum(member.output[-1] for member in members)
        return cls(inner, np.append(outer, bias).astype(np.float32) / MEMBERS)

    def log_odds(self, vectors: Matrix) -> Matrix:
        """Returns how likely each text is of the kind, shape (texts,)."""
        units = np.maximum(vectors @ self.hidden[:-1] + self.hidden[-1], 0)
        odds: Matrix = units @ self.output[:-1] + self.output[-1]
        return odds

    def arrays(self) -> Arrays:
        """Returns what it learned, to be stored."""
        return {"hidden": self.hidden, "output": self.output}

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Perceptron:
        """Takes back what `arrays` returned."""
        return cls(arrays["hidden"], arrays["output"])


def _member(vectors: Matrix, is_one: NDArray[np.bool_], seed: int) -> Perceptron:
    network = MLPClassifier(
        (HIDDEN,),
        alpha=PENALTY,
        batch_size=BATCH,
        max_iter=ROUNDS,
        random_state=seed,
    )
    network.fit(vectors, is_one)
    (inner, outer), (inner_bias, outer_bias) = network.coefs_, network.intercepts_
    return Perceptron(
        np.vstack([inner, inner_bias]).astype(np.float32),
        np.append(outer[:, 0], outer_bias).astype(np.float32),
    )
