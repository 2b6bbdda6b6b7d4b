"""The ranker learns, says how sure it is, and is the same each time."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.nlu.featurized import Featurized
from assistant.nlu.intent_ranker import IntentRanker
from assistant.nlu.sentence_encoder import SentenceEncoder
from assistant.nlu.stored_arrays import StoredModelError, load_arrays
from assistant.nlu.terms import Terms

EXAMPLES = {
    "price": ["how much is it", "what does it cost", "is it expensive", "the price"],
    "safety": ["is it safe", "is it dangerous", "can it harm me", "what are the risks"],
    "weather": ["will it rain", "is it sunny", "weather today", "how hot is it"],
}


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


TERMS, _ = Terms.learn([text for texts in EXAMPLES.values() for text in texts])


def _featurized(encoder: SentenceEncoder, *texts: str) -> Featurized:
    asked = list(texts)
    return Featurized(asked, TERMS.of(asked), encoder.encode(asked))


def _trained(encoder: SentenceEncoder) -> IntentRanker:
    texts = [text for texts in EXAMPLES.values() for text in texts]
    intents = [intent for intent, texts in EXAMPLES.items() for _ in texts]
    ranker = IntentRanker(seed=1)
    ranker.fit(_featurized(encoder, *texts), intents)
    return ranker


def test_it_ranks_an_unseen_question_first(encoder):
    ranker = _trained(encoder)
    scores = ranker.rank(_featurized(encoder, "what is the price of it")).scores
    assert ranker.intents[int(scores[0].argmax())] == "price"


def test_training_is_repeatable(encoder):
    message = _featurized(encoder, "is it risky")
    first, second = _trained(encoder).rank(message), _trained(encoder).rank(message)
    assert np.array_equal(first.scores, second.scores)


def test_a_stored_ranker_ranks_the_same(encoder, tmp_path):
    ranker = _trained(encoder)
    ranker.save(tmp_path)
    message = _featurized(encoder, "is it risky")
    before, after = ranker.rank(message), IntentRanker.load(tmp_path).rank(message)
    # stored in half precision
    assert np.allclose(before.scores, after.scores, atol=0.005)
    examples = [near.text for near in before.nearest]
    assert [near.text for near in after.nearest] == examples


def test_stored_terms_weigh_the_same(tmp_path):
    loaded = Terms.from_arrays(TERMS.arrays())
    text = ["is the price safe"]
    assert np.allclose(TERMS.of(text).toarray(), loaded.of(text).toarray())


def test_a_stored_model_that_could_run_code_is_refused(tmp_path):
    path = tmp_path / "model.npz"
    np.savez(path, model=np.array([{"any": "object"}], dtype=object))
    with pytest.raises(StoredModelError, match="make train"):
        load_arrays(path)
