"""Ranks intents for texts, and says how far the ranking can be trusted.

Confidence is not the score of `intent_views` itself but the chance, learned on examples
that the views had not seen, that the first intent is right (Platt scaling, Platt 1999,
over the score, its lead over the second and the similarity of the closest examples).
The similarity is what tells a message that resembles nothing we know.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedShuffleSplit

from assistant.nlu.condensed import Condensed
from assistant.nlu.featurized import Featurized, Matrix
from assistant.nlu.intent_views import IntentViews, NearExample
from assistant.nlu.linear_model import LinearModel
from assistant.nlu.stored_arrays import load_arrays, save_arrays

PENALTY = 0.5
TRIAL = 0.25
"""Part of the examples that the trial sees, and part that the calibration is then
learned on. It hardly depends on either, and less of them is sooner done."""

_MODEL_FILE = "intent_ranker.npz"


class Ranked(NamedTuple):
    """How well each intent fits each of some texts.

    Attributes:
        scores: Shape (texts, intents); the highest of a text is the calibrated
            confidence of its first intent.
        closest: The similarity of the closest examples of each intent, same shape.
        nearest: The examples that the first text resembles most.
    """

    scores: Matrix
    closest: Matrix
    nearest: list[NearExample]


class IntentRanker:
    """Both views and the calibration of their mean."""

    def __init__(self, seed: int = 0) -> None:
        """Creates an untrained ranker; `seed` makes training repeatable."""
        self._seed = seed

    @property
    def intents(self) -> list[str]:
        """The intents, in the order of the columns of `rank`."""
        return self._views.intents

    def fit(self, examples: Featurized, intents: list[str]) -> None:
        """Trains the views, and the calibration on examples held out from others.

        Args:
            examples: Examples and their features.
            intents: The intent of each; every intent needs two examples.
        """
        labels = np.array(intents)
        split = StratifiedShuffleSplit(
            1, train_size=TRIAL, test_size=TRIAL, random_state=self._seed
        )
        seen, unseen = next(split.split(examples.texts, labels))
        condensed = Condensed.of(examples)
        linear, trial_linear = (
            condensed.in_full(model)
            for model in self._fit_linear(condensed.features, labels, seen)
        )
        self._views = IntentViews.of(examples, labels, linear)
        trial = IntentViews.of(examples.rows(seen), labels[seen], trial_linear)
        held_out = examples.rows(unseen)
        scores, closest = trial.score(held_out, trial.similarities(held_out))
        signs = _signs(scores, closest)
        hits = np.array(trial.intents)[scores.argmax(axis=1)] == labels[unseen]
        # One imagined miss without any sign: a perfect trial must not mean certainty.
        nothing = np.zeros((1, signs.shape[1]), signs.dtype)
        calibration = LogisticRegression(C=10.0, random_state=self._seed)
        calibration.fit(
            np.concatenate([signs, nothing]), np.concatenate([hits, [False]])
        )
        self._weights, self._bias = calibration.coef_[0], calibration.intercept_

    def _fit_linear(
        self, features: csr_matrix, labels: NDArray[Any], seen: NDArray[np.int64]
    ) -> tuple[LinearModel, LinearModel]:
        """Trains the first view on all examples, and on those the trial has seen.

        Another process takes two thirds of the labels: liblinear's random numbers are
        shared between threads, and training must give the same model each time. The
        trial, done here, takes as long as the third it makes up for.
        """
        names = sorted(set(labels))
        share = len(names) * 2 // 3
        elsewhere: Iterator[LinearModel] = Parallel(n_jobs=2, return_as="generator")(
            [
                delayed(LinearModel.fit_some)(
                    features, labels, names[:share], PENALTY, self._seed
                )
            ]
        )
        trial = LinearModel.fit(features[seen], labels[seen], PENALTY, self._seed)
        rest = LinearModel.fit_some(
            features, labels, names[share:], PENALTY, self._seed
        )
        return LinearModel.joined([next(elsewhere), rest]), trial

    def rank(self, texts: Featurized) -> Ranked:
        """Ranks the intents of texts."""
        similarities = self._views.similarities(texts)
        scores, closest = self._views.score(texts, similarities)
        confidence = expit(_signs(scores, closest) @ self._weights + self._bias)
        best = scores.max(axis=1)
        return Ranked(
            (scores * (confidence / best)[:, None]).astype(np.float32),
            closest,
            self._views.nearest_examples(similarities[0]),
        )

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
