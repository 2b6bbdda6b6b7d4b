"""What the linear models read: TF-IDF of words and characters beside the embedding."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.nlu.stored_arrays import Arrays, array_to_texts, texts_to_array

Matrix = NDArray[np.float32]

EMBEDDING_WEIGHT = 2.0
"""How much the embedding weighs against TF-IDF (whose rows have norm 1 each)."""

VIEWS: dict[str, dict[str, Any]] = {
    "words": {"ngram_range": (1, 2)},
    "characters": {"analyzer": "char_wb", "ngram_range": (2, 5)},
}
"""Two ways to cut a text into terms (`TfidfVectorizer`'s options)."""
LEAST_EXAMPLES = {"words": 1, "characters": 2}
"""In how many examples a term must stand to count."""


class JointFeatures:
    """TF-IDF learned from examples, joined with sentence embeddings."""

    def __init__(self, vectorizers: dict[str, TfidfVectorizer]) -> None:
        """Takes trained vectorizers, one for each of `VIEWS`."""
        self._vectorizers = vectorizers

    @classmethod
    def learn(cls, texts: list[str]) -> JointFeatures:
        """Learns the terms of texts and their weights."""
        return cls(
            {
                view: TfidfVectorizer(
                    sublinear_tf=True, min_df=LEAST_EXAMPLES[view], **options
                ).fit(texts)
                for view, options in VIEWS.items()
            }
        )

    def of(self, texts: list[str], vectors: Matrix) -> csr_matrix:
        """Returns the features of texts, shape (texts, features).

        Args:
            texts: Normalised texts.
            vectors: Their unit embeddings, shape (texts, dimensions).
        """
        tfidf = [vectorizer.transform(texts) for vectorizer in self._in_order()]
        return hstack([*tfidf, csr_matrix(vectors * EMBEDDING_WEIGHT)]).tocsr()

    def arrays(self) -> Arrays:
        """Returns what it learned, to be stored."""
        arrays: Arrays = {}
        for view, vectorizer in self._vectorizers.items():
            arrays[f"{view}_terms"] = texts_to_array(
                vectorizer.get_feature_names_out().tolist()
            )
            arrays[f"{view}_idf"] = vectorizer.idf_
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> JointFeatures:
        """Takes back what `arrays` returned."""
        vectorizers = {}
        for view, options in VIEWS.items():
            terms = array_to_texts(arrays[f"{view}_terms"])
            vectorizer = TfidfVectorizer(sublinear_tf=True, vocabulary=terms, **options)
            vectorizer.idf_ = arrays[f"{view}_idf"]
            vectorizers[view] = vectorizer
        return cls(vectorizers)

    def _in_order(self) -> list[TfidfVectorizer]:
        return [self._vectorizers[view] for view in VIEWS]
