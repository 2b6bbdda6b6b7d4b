"""What the linear models read: TF-IDF of words and characters beside the embedding."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

Matrix = NDArray[np.float32]

EMBEDDING_WEIGHT = 2.0
"""How much the embedding weighs against TF-IDF (whose rows have norm 1 each)."""


def new_vectorizer() -> FeatureUnion:
    """Returns an untrained TF-IDF of words (1-2) and characters in words (2-5)."""
    return FeatureUnion(
        [
            ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)),
            (
                "characters",
                TfidfVectorizer(
                    analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2
                ),
            ),
        ]
    )


def join(tfidf: csr_matrix, vectors: Matrix) -> csr_matrix:
    """Puts unit embeddings beside TF-IDF rows; shape (texts, features)."""
    return hstack([tfidf, csr_matrix(vectors * EMBEDDING_WEIGHT)]).tocsr()
