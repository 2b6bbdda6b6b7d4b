"""TF-IDF of words (1-2) and of characters within words (3-5), learned from examples."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.nlu.stored_arrays import Arrays, array_to_texts, texts_to_array

VIEWS: dict[str, dict[str, Any]] = {
    "words": {"ngram_range": (1, 2)},
    "characters": {"analyzer": "char_wb", "ngram_range": (3, 5)},
}
"""Two ways to cut a text into terms (`TfidfVectorizer`'s options)."""
LEAST_EXAMPLES = {"words": 2, "characters": 2}
"""In how many examples a term must stand to count."""


class Terms:
    """The terms that were learned, and their weights."""

    def __init__(self, vectorizers: dict[str, TfidfVectorizer]) -> None:
        """Takes trained vectorizers, one for each of `VIEWS`."""
        self._vectorizers = [vectorizers[view] for view in VIEWS]

    @classmethod
    def learn(cls, texts: list[str]) -> tuple[Terms, csr_matrix]:
        """Learns from normalised texts.

        Returns:
            The terms, and what `of` returns for the same texts.
        """
        vectorizers = {
            view: TfidfVectorizer(
                sublinear_tf=True, min_df=LEAST_EXAMPLES[view], **options
            )
            for view, options in VIEWS.items()
        }
        weighted = [each.fit_transform(texts) for each in vectorizers.values()]
        return cls(vectorizers), _side_by_side(weighted)

    def of(self, texts: list[str]) -> csr_matrix:
        """Returns the weighted terms of texts, single precision, (texts, terms)."""
        return _side_by_side([each.transform(texts) for each in self._vectorizers])

    def arrays(self) -> Arrays:
        """Returns what was learned, to be stored."""
        arrays: Arrays = {}
        for view, vectorizer in zip(VIEWS, self._vectorizers):
            terms = vectorizer.get_feature_names_out().tolist()
            arrays[f"{view}_terms"] = texts_to_array(terms)
            arrays[f"{view}_idf"] = vectorizer.idf_
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Terms:
        """Takes back what `arrays` returned."""
        vectorizers = {}
        for view, options in VIEWS.items():
            terms = array_to_texts(arrays[f"{view}_terms"])
            vectorizer = TfidfVectorizer(sublinear_tf=True, vocabulary=terms, **options)
            vectorizer.idf_ = arrays[f"{view}_idf"]
            vectorizers[view] = vectorizer
        return cls(vectorizers)


def _side_by_side(weighted: list[csr_matrix]) -> csr_matrix:
    return hstack(weighted).tocsr().astype(np.float32)
