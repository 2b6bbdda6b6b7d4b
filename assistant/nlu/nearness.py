"""How near texts are to examples, by their embeddings."""

from __future__ import annotations

import numpy as np

from assistant.nlu.featurized import Matrix

FEW = 5
"""Up to this many texts, one product each is faster than one for all."""


def columns_of(vectors: Matrix) -> Matrix:
    """Returns examples as columns, the layout that `similarities` is fast with."""
    return np.ascontiguousarray(vectors.T)


def similarities(vectors: Matrix, columns: Matrix) -> Matrix:
    """Returns the cosine similarity of each text to each example.

    Args:
        vectors: Unit embeddings of texts, shape (texts, dimensions).
        columns: Unit embeddings of examples, shape (dimensions, examples).

    Returns:
        Shape (texts, examples).
    """
    if len(vectors) > FEW:
        return np.asarray(vectors @ columns)
    return np.stack([vector @ columns for vector in vectors])
