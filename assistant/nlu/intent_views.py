"""Two views of how well each intent fits a text.

1. a linear support vector machine on TF-IDF (words 1-2, characters 3-5) joined with the
   sentence embedding,
2. the nearest examples by embedding: the mean of the two closest of each intent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from assistant.nlu.featurized import Featurized, Matrix
from assistant.nlu.linear_model import LinearModel
from assistant.nlu.nearness import Neighbours
from assistant.nlu.stored_arrays import (
    Arrays,
    array_to_texts,
    texts_to_array,
    under_prefix,
    with_prefix,
)

MARGIN_SCALE = 4.0
"""Turns margins into a softmax as decided as the nearest-example view."""
NEAREST_TEMPERATURE = 0.08
SHOWN_EXAMPLES = 3


class NearExample(NamedTuple):
    """An example that a text resembles, its intent and how much."""

    text: str
    intent: str
    similarity: float


@dataclass(frozen=True)
class IntentViews:
    """Both views, trained.

    Attributes:
        linear: The first view; its labels are the intents, the columns of every score.
        texts: The examples, those of one intent together, in the order of the intents.
        neighbours: Their embeddings, in the same order.
        starts: Where the examples of each intent begin, shape (intents,).
    """

    linear: LinearModel
    texts: list[str]
    neighbours: Neighbours
    starts: NDArray[np.int64]

    @classmethod
    def of(
        cls, examples: Featurized, labels: NDArray[Any], linear: LinearModel
    ) -> IntentViews:
        """Puts the trained first view, the examples and their intents together."""
        order = np.argsort(labels, kind="stable")
        return cls(
            linear,
            [examples.texts[i] for i in order],
            Neighbours.of(examples.vectors[order]),
            np.searchsorted(labels[order], np.array(linear.labels)),
        )

    @property
    def intents(self) -> list[str]:
        """The intents, in the order of the columns of every score."""
        return self.linear.labels

    def similarities(self, texts: Featurized) -> Matrix:
        """Returns how near texts are to each example, shape (texts, examples)."""
        return self.neighbours.similarities(texts.vectors)

    def score(self, texts: Featurized, similarities: Matrix) -> tuple[Matrix, Matrix]:
        """Scores texts.

        Args:
            texts: Texts and their features.
            similarities: What `similarities` returned for them.

        Returns:
            The mean of both views, each a softmax, and the similarity of the closest
            examples; both of shape (texts, intents).
        """
        margins = self.linear.margins(texts.features)
        closest = self._closest(similarities)
        views = [
            softmax(MARGIN_SCALE * margins, axis=1),
            softmax(closest / NEAREST_TEMPERATURE, axis=1),
        ]
        return np.mean(views, axis=0), closest

    def nearest_examples(self, similarities: Matrix) -> list[NearExample]:
        """Returns the closest examples of a text, by its row of similarities."""
        order = np.argpartition(-similarities, SHOWN_EXAMPLES)[:SHOWN_EXAMPLES]
        order = order[np.argsort(-similarities[order], kind="stable")]
        intents = np.searchsorted(self.starts, order, side="right") - 1
        return [
            NearExample(self.texts[i], self.intents[k], float(similarities[i]))
            for i, k in zip(order, intents)
        ]

    def arrays(self) -> Arrays:
        """Returns what it learned, to be stored."""
        return {
            **with_prefix("linear", self.linear.arrays()),
            "texts": texts_to_array(self.texts),
            **with_prefix("neighbours", self.neighbours.arrays()),
            "starts": self.starts,
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> IntentViews:
        """Takes back what `arrays` returned."""
        return cls(
            LinearModel.from_arrays(under_prefix("linear", arrays)),
            array_to_texts(arrays["texts"]),
            Neighbours.from_arrays(under_prefix("neighbours", arrays)),
            arrays["starts"],
        )

    def _closest(self, similarities: Matrix) -> Matrix:
        """Returns the mean of each intent's two closest, shape (texts, intents).

        Examples equally close to the last bit count as one of the two.
        """
        sizes = np.diff(self.starts, append=similarities.shape[1])
        first = np.maximum.reduceat(similarities, self.starts, axis=1)
        is_first = similarities == np.repeat(first, sizes, axis=1)
        others = np.where(is_first, -np.inf, similarities)
        second = np.maximum.reduceat(others, self.starts, axis=1)
        # An intent may have one example only.
        return np.asarray((first + np.where(np.isfinite(second), second, first)) / 2)
