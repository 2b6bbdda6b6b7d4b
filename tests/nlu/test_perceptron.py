"""The perceptron learns what no line can part, and the same each time."""

from __future__ import annotations

import numpy as np

from assistant.nlu.perceptron import Perceptron


def _corners() -> tuple[np.ndarray, np.ndarray]:
    """Points about four corners; those of opposite corners are of the same kind."""
    random = np.random.default_rng(3)
    corners = random.choice([-1.0, 1.0], size=(4000, 2))
    points = corners + random.normal(scale=0.2, size=corners.shape)
    constant = np.full((len(points), 1), 0.5)
    return np.hstack([points, constant]).astype(np.float32), corners.prod(axis=1) > 0


def test_it_learns_what_no_line_can_part():
    points, is_one = _corners()
    guessed = Perceptron.fit(points, is_one, seed=1).log_odds(points) > 0
    assert (guessed == is_one).mean() > 0.99


def test_training_is_repeatable():
    first, second = (Perceptron.fit(*_corners(), seed=1) for _ in range(2))
    assert np.array_equal(first.hidden, second.hidden)
    assert np.array_equal(first.output, second.output)


def test_what_is_stored_says_the_same():
    points, is_one = _corners()
    trained = Perceptron.fit(points, is_one, seed=1)
    loaded = Perceptron.from_arrays(trained.arrays())
    assert np.array_equal(loaded.log_odds(points), trained.log_odds(points))


def test_each_text_is_judged_by_itself():
    points, is_one = _corners()
    trained = Perceptron.fit(points, is_one, seed=1)
    alone, together = trained.log_odds(points[:1]), trained.log_odds(points[:5])
    assert np.allclose(alone, together[:1], atol=1e-5)
