"""Ranks intents for texts, and says how far the ranking can be trusted.

Two views of a text are averaged:

1. a linear support vector machine on TF-IDF (words 1-2, characters 2-5) joined with the
   sentence embedding,
2. the nearest examples by embedding: the mean of the two closest of each intent.

Confidence is not the mean itself but the chance, learned on examples the views had not
seen, that the first intent is right (Platt scaling, Platt 1999, over the score, its
lead over the second and the similarity of the closest examples). The similarity is what
tells a message that resembles nothing we know.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from assistant.nlu.joint_features import Matrix, join, new_vectorizer
from assistant.nlu.trusted_model import load_model, save_model

SVM_C = 0.5
SVM_TOLERANCE = 1e-2
"""A hundred times the library's: trains three times faster, ranks the same."""
MARGIN_SCALE = 4.0
"""Turns SVM margins into a softmax as decided as the nearest-example view."""
NEAREST = 2
NEAREST_TEMPERATURE = 0.08
FOLDS = 3
SHOWN_EXAMPLES = 3

_MODEL_FILE = "intent_ranker.skops"


class IntentRanker:
    """Both views and the calibration of their mean."""

    def __init__(self, seed: int = 0) -> None:
        """Creates an untrained ranker; `seed` makes training repeatable."""
        self._seed = seed
        self.intents: list[str] = []

    def fit(self, texts: list[str], vectors: Matrix, intents: list[str]) -> None:
        """Trains the views, and the calibration on examples held out from them.

        Args:
            texts: Normalised examples.
            vectors: Their unit embeddings, shape (examples, dimensions).
            intents: The intent of each; every intent needs `FOLDS` examples.
        """
        labels = np.array(intents)
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=self._seed)

        def try_out(
            seen: NDArray[np.int64], unseen: NDArray[np.int64]
        ) -> tuple[Matrix, NDArray[np.bool_]]:
            ranker = IntentRanker(self._seed)
            ranker._fit_views([texts[i] for i in seen], vectors[seen], labels[seen])
            scores, similarities = ranker._score(
                [texts[i] for i in unseen], vectors[unseen]
            )
            best = np.array(ranker.intents)[scores.argmax(axis=1)]
            return _signs(scores, similarities), best == labels[unseen]

        # One after the other: liblinear's random numbers are shared between threads,
        # and training must give the same model each time.
        tried = [try_out(*fold) for fold in folds.split(texts, labels)]
        self._fit_views(texts, vectors, labels)
        signs, hits = zip(*tried)
        # One imagined miss without any sign: a perfect trial must not mean certainty.
        nothing = np.zeros((1, signs[0].shape[1]), signs[0].dtype)
        self._calibration = LogisticRegression(C=10.0, random_state=self._seed)
        self._calibration.fit(
            np.concatenate([*signs, nothing]), np.concatenate([*hits, [False]])
        )

    def rank(self, texts: list[str], vectors: Matrix) -> tuple[Matrix, Matrix]:
        """Ranks the intents of texts.

        Returns:
            Scores of shape (texts, intents) whose highest is the calibrated
            confidence of the first intent, and the similarity of the closest examples
            of each intent, same shape.
        """
        scores, similarities = self._score(texts, vectors)
        confidence = self._calibration.predict_proba(_signs(scores, similarities))[:, 1]
        best = scores.max(axis=1)
        return (
            (scores * (confidence / best)[:, None]).astype(np.float32),
            similarities,
        )

    def nearest_examples(self, vector: Matrix) -> list[tuple[str, str, float]]:
        """Returns the closest examples of a text: (example, intent, similarity)."""
        similarities = self._examples @ vector
        order = np.argsort(-similarities, kind="stable")[:SHOWN_EXAMPLES]
        intents = np.searchsorted(self._starts, order, side="right") - 1
        return [
            (self._example_texts[i], self.intents[k], float(similarities[i]))
            for i, k in zip(order, intents)
        ]

    def save(self, folder: Path) -> None:
        """Stores the trained ranker."""
        save_model(
            {
                "intents": self.intents,
                "vectorizer": self._vectorizer,
                "svm": self._svm,
                "examples": self._examples,
                "starts": self._starts,
                "example_texts": self._example_texts,
                "calibration": self._calibration,
            },
            folder / _MODEL_FILE,
        )

    @classmethod
    def load(cls, folder: Path) -> IntentRanker:
        """Loads a stored ranker."""
        stored = load_model(folder / _MODEL_FILE)
        ranker = cls()
        ranker.intents = list(stored["intents"])
        ranker._vectorizer = stored["vectorizer"]
        ranker._svm = stored["svm"]
        ranker._examples = stored["examples"]
        ranker._starts = stored["starts"]
        ranker._example_texts = list(stored["example_texts"])
        ranker._calibration = stored["calibration"]
        return ranker

    def _fit_views(
        self, texts: list[str], vectors: Matrix, labels: NDArray[Any]
    ) -> None:
        self.intents = sorted(map(str, set(labels)))
        self._vectorizer = new_vectorizer()
        features = join(self._vectorizer.fit_transform(texts), vectors)
        self._svm = LinearSVC(C=SVM_C, tol=SVM_TOLERANCE, random_state=self._seed)
        self._svm.fit(features, labels)
        order = np.argsort(labels, kind="stable")
        self._examples = vectors[order]
        self._example_texts = [texts[i] for i in order]
        self._starts = np.searchsorted(labels[order], np.array(self.intents))

    def _score(self, texts: list[str], vectors: Matrix) -> tuple[Matrix, Matrix]:
        features = join(self._vectorizer.transform(texts), vectors)
        margins = self._svm.decision_function(features)
        similarities = self._closest(vectors)
        views = [
            softmax(MARGIN_SCALE * margins, axis=1),
            softmax(similarities / NEAREST_TEMPERATURE, axis=1),
        ]
        return np.mean(views, axis=0), similarities

    def _closest(self, vectors: Matrix) -> Matrix:
        scores = vectors @ self._examples.T
        ends = [*self._starts[1:], len(self._examples)]
        columns = []
        for start, end in zip(self._starts, ends):
            block = scores[:, start:end]
            kept = min(NEAREST, end - start)
            columns.append(np.partition(block, -kept, axis=1)[:, -kept:].mean(axis=1))
        return np.stack(columns, axis=1)


def _signs(scores: Matrix, similarities: Matrix) -> Matrix:
    """What the calibration reads: score, lead, similarity, shape (texts, 4)."""
    first_two = np.sort(scores, axis=1)[:, -2:]
    best = scores.argmax(axis=1)
    closest = similarities[np.arange(len(scores)), best]
    return np.stack(
        [
            first_two[:, 1],
            first_two[:, 1] - first_two[:, 0],
            closest,
            first_two[:, 1] * closest,
        ],
        axis=1,
    )
