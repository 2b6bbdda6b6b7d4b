"""Texts as the models read them: sparse terms and a dense sentence vector each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

Matrix = NDArray[np.float32]

VECTOR_WEIGHT = 2.0
"""How much the vector weighs against the terms (whose rows have norm 1 each)."""


@dataclass(frozen=True)
class Featurized:
    """Texts and their features.

    Attributes:
        texts: Normalised texts.
        vectors: Unit embeddings, shape (texts, dimensions).
        features: Terms and vectors side by side, for linear models. Single precision,
            as the models' weights are: SciPy copies all of those at each product if
            one side is double.
    """

    texts: list[str]
    vectors: Matrix
    features: csr_matrix

    @classmethod
    def join(cls, texts: list[str], terms: csr_matrix, vectors: Matrix) -> Featurized:
        """Puts features together; `terms` is TF-IDF, shape (texts, terms)."""
        joined = hstack([terms, _sparse(vectors * VECTOR_WEIGHT)])
        return cls(texts, vectors, joined.tocsr())

    def rows(self, indices: Sequence[int] | NDArray[np.int64]) -> Featurized:
        """Returns some of the texts."""
        chosen = list(indices)
        texts = [self.texts[index] for index in chosen]
        return Featurized(texts, self.vectors[chosen], self.features[chosen])


def _sparse(vectors: Matrix) -> csr_matrix:
    """Returns the same numbers; SciPy would look for zeros, and there are none."""
    texts, dimensions = vectors.shape
    columns = np.tile(np.arange(dimensions, dtype=np.int32), texts)
    starts = np.arange(0, vectors.size + 1, dimensions, dtype=np.int32)
    return csr_matrix((vectors.ravel(), columns, starts), shape=vectors.shape)
