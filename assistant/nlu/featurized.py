"""Texts as the models read them: sparse terms and two dense vectors each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from assistant.nlu.sentence_encoder import DIMENSIONS

Matrix = NDArray[np.float32]

VECTOR_WEIGHT = 2.0
"""How much the vector weighs against the terms (whose rows have norm 1 each)."""


@dataclass(frozen=True)
class Featurized:
    """Texts and their features.

    Attributes:
        texts: Normalised texts.
        terms: TF-IDF, shape (texts, terms), single precision.
        encoded: What the encoder says of each, shape (texts, 2 * dimensions).
    """

    texts: list[str]
    terms: csr_matrix
    encoded: Matrix

    @property
    def vectors(self) -> Matrix:
        """Unit embeddings: what each text is about, shape (texts, dimensions)."""
        return self.encoded[:, :DIMENSIONS]

    @property
    def inner_vectors(self) -> Matrix:
        """Unit vectors of an inner layer: how it is said, shape (texts, dimensions)."""
        return self.encoded[:, DIMENSIONS:]

    @cached_property
    def features(self) -> csr_matrix:
        """Terms and vectors side by side, for linear models."""
        return side_by_side(self.terms, self.vectors)

    def rows(self, indices: Sequence[int] | NDArray[np.int64]) -> Featurized:
        """Returns some of the texts."""
        chosen = list(indices)
        texts = [self.texts[index] for index in chosen]
        return Featurized(texts, self.terms[chosen], self.encoded[chosen])


def side_by_side(terms: csr_matrix, vectors: Matrix) -> csr_matrix:
    """Returns both as one, each with its weight, shape (texts, terms + dimensions).

    In single precision, as the models' weights are: SciPy copies all of those at each
    product if one side is double.
    """
    return hstack([terms, _sparse(vectors * VECTOR_WEIGHT)]).tocsr()


def _sparse(vectors: Matrix) -> csr_matrix:
    """Returns the same numbers; SciPy would look for zeros, and there are none."""
    texts, dimensions = vectors.shape
    columns = np.tile(np.arange(dimensions, dtype=np.int32), texts)
    starts = np.arange(0, vectors.size + 1, dimensions, dtype=np.int32)
    return csr_matrix((vectors.ravel(), columns, starts), shape=vectors.shape)
