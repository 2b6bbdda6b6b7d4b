"""Cross-validates the intent classifier on the training examples."""

from __future__ import annotations

from collections import Counter

import numpy as np
from joblib import Parallel, cpu_count, delayed
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold

from assistant.nlu.intent_ranker import IntentRanker
from evaluation.cross_validation import CrossValidation, summarize
from evaluation.training_examples import TrainingExamples

FOLDS = 5

Indices = NDArray[np.int64]


def cross_validate(examples: TrainingExamples, seed: int) -> CrossValidation:
    """Trains on four fifths of the examples and predicts the rest, five times over."""
    counts = Counter(examples.intents)
    left_out = tuple(sorted(name for name in counts if counts[name] < FOLDS))
    kept = [i for i, name in enumerate(examples.intents) if name not in left_out]
    featurized = examples.featurized.rows(kept)
    intents = np.array([examples.intents[i] for i in kept])
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)

    def predict(seen: Indices, unseen: Indices) -> list[str]:
        ranker = IntentRanker(seed)
        ranker.fit(featurized.rows(seen), intents[seen].tolist())
        ranked = ranker.rank(featurized.rows(unseen))
        return [ranker.intents[i] for i in ranked.scores.argmax(axis=1)]

    splits = list(folds.split(featurized.texts, intents))
    predicted = Parallel(n_jobs=min(FOLDS, cpu_count()))(
        delayed(predict)(*split) for split in splits
    )
    expected = np.concatenate([intents[unseen] for _, unseen in splits])
    return summarize(
        expected.tolist(), [name for fold in predicted for name in fold], left_out
    )
