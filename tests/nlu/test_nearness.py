"""Similarities multiplied in bytes hardly differ from those in floats."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assistant.nlu.nearness import Neighbours

DIMENSIONS = 16
NUMBERS = st.floats(-1, 1, width=32)


def unit(vectors):
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)


def vectors(count):
    return arrays(np.float32, (count, DIMENSIONS), elements=NUMBERS).map(unit)


@settings(deadline=None, max_examples=50)
@given(vectors(3), vectors(5))
def test_similarities_hardly_differ(texts, examples):
    found = Neighbours.of(examples).similarities(texts)
    # half a step of a byte on either side, in each of few dimensions
    furthest = 2 * DIMENSIONS**0.5 * 0.5 / 127
    assert np.abs(found - texts @ examples.T).max() <= furthest


@settings(deadline=None, max_examples=30)
@given(vectors(4), vectors(5))
def test_what_stands_beside_a_text_changes_nothing(texts, examples):
    neighbours = Neighbours.of(examples)
    together = neighbours.similarities(texts)
    alone = [neighbours.similarities(texts[i : i + 1])[0] for i in range(len(texts))]
    assert np.array_equal(together, np.stack(alone))


def test_what_is_stored_is_the_same():
    examples = unit(np.random.default_rng(1).normal(size=(5, DIMENSIONS)))
    neighbours = Neighbours.of(examples)
    again = Neighbours.from_arrays(neighbours.arrays())
    assert np.array_equal(
        again.similarities(examples), neighbours.similarities(examples)
    )
