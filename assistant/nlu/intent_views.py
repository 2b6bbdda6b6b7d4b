"""Two views of how well each intent fits a text.

1. a linear support vector machine on TF-IDF (words 1-2, characters 2-5) joined with the
   sentence embedding,
2. the nearest examples by embedding: the mean of the two closest of each intent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from assistant.nlu.joint_features import JointFeatures, Matrix
from assistant.nlu.linear_model import LinearModel
from assistant.nlu.stored_arrays import (
    Arrays,
    array_to_texts,
    texts_to_array,
    under_prefix,
    with_prefix,
)

MARGIN_SCALE = 4.0
"""Turns margins into a softmax as decided as the nearest-example view."""
NEAREST = 2
NEAREST_TEMPERATURE = 0.08
SHOWN_EXAMPLES = 3


@dataclass(frozen=True)
class IntentViews:
    """Both views, trained.

    Attributes:
        features: What the linear model reads.
        linear: The first view; its labels are the intents, the columns of every score.
        texts: The examples, those of one intent together, in the order of the intents.
        vectors: Their unit embeddings, shape (examples, dimensions).
        starts: Where the examples of each intent begin, shape (intents,).
    """

    features: JointFeatures
    linear: LinearModel
    texts: list[str]
    vectors: Matrix
    starts: NDArray[np.int64]

    @classmethod
    def fit(
        cls, texts: list[str], vectors: Matrix, labels: NDArray[Any], seed: int
    ) -> IntentViews:
        """Trains both views on examples and their intents (three intents or more)."""
        features = JointFeatures.learn(texts)
        linear = LinearModel.fit(features.of(texts, vectors), labels, seed)
        order = np.argsort(labels, kind="stable")
        return cls(
            features,
            linear,
            [texts[i] for i in order],
            vectors[order],
            np.searchsorted(labels[order], np.array(linear.labels)),
        )

    @property
    def intents(self) -> list[str]:
        """The intents, in the order of the columns of every score."""
        return self.linear.labels

    def score(self, texts: list[str], vectors: Matrix) -> tuple[Matrix, Matrix]:
        """Scores texts.

        Returns:
            The mean of both views, each a softmax, and the similarity of the closest
            examples; both of shape (texts, intents).
        """
        margins = self.linear.margins(self.features.of(texts, vectors))
        similarities = self._closest(vectors)
        views = [
            softmax(MARGIN_SCALE * margins, axis=1),
            softmax(similarities / NEAREST_TEMPERATURE, axis=1),
        ]
        return np.mean(views, axis=0), similarities

    def nearest_examples(self, vector: Matrix) -> list[tuple[str, str, float]]:
        """Returns the closest examples of a text: (example, intent, similarity)."""
        similarities = self.vectors @ vector
        order = np.argsort(-similarities, kind="stable")[:SHOWN_EXAMPLES]
        intents = np.searchsorted(self.starts, order, side="right") - 1
        return [
            (self.texts[i], self.intents[k], float(similarities[i]))
            for i, k in zip(order, intents)
        ]

    def arrays(self) -> Arrays:
        """Returns what it learned, to be stored."""
        return {
            **with_prefix("features", self.features.arrays()),
            **with_prefix("linear", self.linear.arrays()),
            "texts": texts_to_array(self.texts),
            "vectors": self.vectors,
            "starts": self.starts,
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> IntentViews:
        """Takes back what `arrays` returned."""
        return cls(
            JointFeatures.from_arrays(under_prefix("features", arrays)),
            LinearModel.from_arrays(under_prefix("linear", arrays)),
            array_to_texts(arrays["texts"]),
            arrays["vectors"],
            arrays["starts"],
        )

    def _closest(self, vectors: Matrix) -> Matrix:
        scores = vectors @ self.vectors.T
        ends = [*self.starts[1:], len(self.vectors)]
        columns = []
        for start, end in zip(self.starts, ends):
            block = scores[:, start:end]
            kept = min(NEAREST, end - start)
            columns.append(np.partition(block, -kept, axis=1)[:, -kept:].mean(axis=1))
        return np.stack(columns, axis=1)
