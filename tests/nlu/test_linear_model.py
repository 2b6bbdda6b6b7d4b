"""Labels can be shared out between processes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from assistant.nlu.linear_model import LinearModel

LABELS = np.array(["age", "cost", "dose", "ride", "safe"])
EXAMPLES = 60


def _examples():
    noise = np.random.default_rng(7).normal(scale=0.2, size=(EXAMPLES, 8))
    kinds = np.arange(EXAMPLES) % len(LABELS)
    return csr_matrix(np.eye(8)[kinds] + noise), LABELS[kinds]


def _joined(features, labels, shared_out):
    parts = [
        LinearModel.fit_some(features, labels, some, 1.0, seed=1)
        for some in (LABELS[shared_out:], LABELS[:shared_out])
    ]
    return LinearModel.joined(parts)


@pytest.mark.parametrize("shared_out", [1, 2, 3, 4])
def test_parts_joined_know_what_the_whole_knows(shared_out):
    features, labels = _examples()
    whole = LinearModel.fit(features, labels, 1.0, seed=1)
    joined = _joined(features, labels, shared_out)
    assert joined.labels == whole.labels
    assert joined.weights.shape == whole.weights.shape
    guessed = joined.margins(features).argmax(axis=1)
    assert np.array_equal(LABELS[guessed], labels)
    assert np.allclose(joined.margins(features), whole.margins(features), atol=0.2)


def test_joined_weights_are_read_row_by_row():
    assert _joined(*_examples(), shared_out=2).weights.flags["C_CONTIGUOUS"]
