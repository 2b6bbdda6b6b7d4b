"""Linear models learn sooner from the principal components of the vectors.

Most of what tells examples apart lies in few directions of their vectors (truncated
singular value decomposition; Eckart and Young 1936). A linear model that was trained on
those is also one of the whole vectors, so that only training knows of components.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix

from assistant.nlu.featurized import Featurized, Matrix, side_by_side
from assistant.nlu.linear_model import LinearModel

COMPONENTS = 256
"""Of 384 dimensions. Takes a third less time to train on, and finds as much."""


@dataclass(frozen=True)
class Condensed:
    """Features of examples, with components in place of their vectors.

    Attributes:
        features: Terms and components side by side.
        components: A direction of the vectors in each column, the one that holds most
            of them first, shape (dimensions, components).
    """

    features: csr_matrix
    components: Matrix

    @classmethod
    def of(cls, examples: Featurized) -> Condensed:
        """Finds the components of examples."""
        vectors = examples.vectors.astype(np.float64)
        _, directions = np.linalg.eigh(vectors.T @ vectors)  # the weakest first
        components = directions[:, ::-1][:, :COMPONENTS].astype(np.float32)
        features = side_by_side(examples.terms, examples.vectors @ components)
        return cls(features, components)

    def in_full(self, model: LinearModel) -> LinearModel:
        """Returns a model trained on `features` as one of `Featurized.features`."""
        terms, components = np.split(model.weights, [-self.components.shape[1]])
        return replace(
            model, weights=np.concatenate([terms, self.components @ components])
        )
