"""Ranks intents for texts, and says how far the ranking can be trusted.

Confidence is not the score of `intent_views` itself but the chance, learned on examples
that the views had not seen, that the first intent is right (Platt scaling, Platt 1999,
over the score, its lead over the second and the similarity of the closest examples).
The similarity is what tells a message that resembles nothing we know.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedShuffleSplit

from assistant.nlu.intent_views import IntentViews
from assistant.nlu.joint_features import Matrix
from assistant.nlu.stored_arrays import load_arrays, save_arrays

HELD_OUT = 0.25
"""Part of the examples that the calibration is learned on."""

_MODEL_FILE = "intent_ranker.npz"


class IntentRanker:
    """Both views and the calibration of their mean."""

    def __init__(self, seed: int = 0) -> None:
        """Creates an untrained ranker; `seed` makes training repeatable."""
        self._seed = seed

    @property
    def intents(self) -> list[str]:
        """The intents, in the order of the columns of `rank`."""
        return self._views.intents

    def fit(self, texts: list[str], vectors: Matrix, intents: list[str]) -> None:
        """Trains the views, and the calibration on examples held out from others.

        Args:
            texts: Normalised examples.
            vectors: Their unit embeddings, shape (examples, dimensions).
            intents: The intent of each; every intent needs two examples.
        """
        labels = np.array(intents)
        split = StratifiedShuffleSplit(1, test_size=HELD_OUT, random_state=self._seed)
        seen, unseen = next(split.split(texts, labels))
        # In processes of their own: liblinear's random numbers are shared between
        # threads, and training must give the same model each time.
        fitted: list[IntentViews] = Parallel(n_jobs=2)(
            delayed(IntentViews.fit)(
                [texts[i] for i in rows], vectors[rows], labels[rows], self._seed
            )
            for rows in (seen, np.arange(len(texts)))
        )
        trial, self._views = fitted
        scores, similarities = trial.score([texts[i] for i in unseen], vectors[unseen])
        signs = _signs(scores, similarities)
        hits = np.array(trial.intents)[scores.argmax(axis=1)] == labels[unseen]
        # One imagined miss without any sign: a perfect trial must not mean certainty.
        nothing = np.zeros((1, signs.shape[1]), signs.dtype)
        calibration = LogisticRegression(C=10.0, random_state=self._seed)
        calibration.fit(
            np.concatenate([signs, nothing]), np.concatenate([hits, [False]])
        )
        self._weights, self._bias = calibration.coef_[0], calibration.intercept_

    def rank(self, texts: list[str], vectors: Matrix) -> tuple[Matrix, Matrix]:
        """Ranks the intents of texts.

        Returns:
            Scores of shape (texts, intents) whose highest is the calibrated
            confidence of the first intent, and the similarity of the closest examples
            of each intent, same shape.
        """
        scores, similarities = self._views.score(texts, vectors)
        confidence = expit(_signs(scores, similarities) @ self._weights + self._bias)
        best = scores.max(axis=1)
        return (
            (scores * (confidence / best)[:, None]).astype(np.float32),
            similarities,
        )

    def nearest_examples(self, vector: Matrix) -> list[tuple[str, str, float]]:
        """Returns the closest examples of a text: (example, intent, similarity)."""
        return self._views.nearest_examples(vector)

    def save(self, folder: Path) -> None:
        """Stores the trained ranker."""
        calibration = {
            "calibration_weights": self._weights,
            "calibration_bias": self._bias,
        }
        save_arrays({**self._views.arrays(), **calibration}, folder / _MODEL_FILE)

    @classmethod
    def load(cls, folder: Path) -> IntentRanker:
        """Loads a stored ranker.

        Raises:
            StoredModelError: if the stored model cannot be trusted.
        """
        arrays = load_arrays(folder / _MODEL_FILE)
        ranker = cls()
        ranker._views = IntentViews.from_arrays(arrays)
        ranker._weights = arrays["calibration_weights"]
        ranker._bias = arrays["calibration_bias"]
        return ranker


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
