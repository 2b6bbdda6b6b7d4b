"""What is learned from components holds for whole vectors."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from assistant.nlu import condensed
from assistant.nlu.condensed import Condensed
from assistant.nlu.featurized import Featurized
from assistant.nlu.linear_model import LinearModel

LABELS = np.array(["age", "cost", "dose"])
TEXTS = 60
DIMENSIONS = 12


def _examples(directions: int) -> tuple[Featurized, np.ndarray]:
    """Vectors that lie in some directions only, and one label for each of three."""
    random = np.random.default_rng(3)
    spans = np.linalg.qr(random.normal(size=(DIMENSIONS, directions)))[0].T
    kinds = np.arange(TEXTS) % len(LABELS)
    mixed = np.eye(directions)[kinds] + random.normal(0, 0.1, (TEXTS, directions))
    vectors = (mixed @ spans).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    terms = csr_matrix(random.integers(0, 2, (TEXTS, 5)).astype(np.float32))
    return Featurized(["any"] * TEXTS, terms, vectors), LABELS[kinds]


@pytest.mark.parametrize("components", [4, DIMENSIONS, 256])
def test_a_model_of_components_scores_whole_vectors_the_same(components, monkeypatch):
    monkeypatch.setattr(condensed, "COMPONENTS", components)
    examples, labels = _examples(directions=4)
    made = Condensed.of(examples)
    assert made.features.shape == (TEXTS, 5 + min(components, DIMENSIONS))
    trained = LinearModel.fit(made.features, labels, 1.0, seed=1)
    in_full = made.in_full(trained)
    assert in_full.weights.shape == (5 + DIMENSIONS, len(LABELS))
    margins = in_full.margins(examples.features)
    assert np.allclose(margins, trained.margins(made.features), atol=1e-4)
    assert np.array_equal(LABELS[margins.argmax(axis=1)], labels)


def test_the_first_components_hold_most_of_the_vectors(monkeypatch):
    monkeypatch.setattr(condensed, "COMPONENTS", 4)
    examples, _ = _examples(directions=4)
    components = Condensed.of(examples).components
    held = examples.vectors @ components @ components.T
    assert np.allclose(held, examples.vectors, atol=1e-5)


def test_in_full_weights_are_read_row_by_row():
    examples, labels = _examples(directions=4)
    made = Condensed.of(examples)
    trained = LinearModel.fit(made.features, labels, 1.0, seed=1)
    assert made.in_full(trained).weights.flags["C_CONTIGUOUS"]
