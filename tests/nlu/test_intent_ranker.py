"""The ranker learns, says how sure it is, and is the same each time."""

from __future__ import annotations

import numpy as np
import pytest
import skops.io
from sklearn.linear_model import LinearRegression

from assistant.nlu.intent_ranker import IntentRanker
from assistant.nlu.sentence_encoder import SentenceEncoder
from assistant.nlu.trusted_model import ModelError, load_model

EXAMPLES = {
    "price": ["how much is it", "what does it cost", "is it expensive", "the price"],
    "safety": ["is it safe", "is it dangerous", "can it harm me", "what are the risks"],
    "weather": ["will it rain", "is it sunny", "weather today", "how hot is it"],
}


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def _trained(encoder: SentenceEncoder) -> IntentRanker:
    texts = [text for texts in EXAMPLES.values() for text in texts]
    intents = [intent for intent, texts in EXAMPLES.items() for _ in texts]
    ranker = IntentRanker(seed=1)
    ranker.fit(texts, encoder.encode(texts), intents)
    return ranker


def test_it_ranks_an_unseen_question_first(encoder):
    ranker = _trained(encoder)
    text = ["what is the price of it"]
    scores, _ = ranker.rank(text, encoder.encode(text))
    assert ranker.intents[int(scores[0].argmax())] == "price"


def test_training_is_repeatable(encoder):
    text = ["is it risky"]
    vectors = encoder.encode(text)
    first, _ = _trained(encoder).rank(text, vectors)
    second, _ = _trained(encoder).rank(text, vectors)
    assert np.array_equal(first, second)


def test_a_stored_ranker_ranks_the_same(encoder, tmp_path):
    ranker = _trained(encoder)
    ranker.save(tmp_path)
    text = ["is it risky"]
    vectors = encoder.encode(text)
    loaded = IntentRanker.load(tmp_path)
    assert np.allclose(ranker.rank(text, vectors)[0], loaded.rank(text, vectors)[0])
    assert loaded.nearest_examples(vectors[0]) == ranker.nearest_examples(vectors[0])


def test_a_model_with_a_foreign_type_is_refused(tmp_path):
    class Foreign(LinearRegression):
        pass

    path = tmp_path / "model.skops"
    skops.io.dump({"model": Foreign()}, path)
    with pytest.raises(ModelError, match="unknown types"):
        load_model(path)


def test_vectors_are_units_and_do_not_depend_on_their_batch(encoder):
    alone = encoder.encode(["is it safe"])
    together = encoder.encode(["is it safe", "a much longer text beside it, " * 8])
    assert np.allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-5)
    assert float(alone[0] @ together[0]) > 0.99
