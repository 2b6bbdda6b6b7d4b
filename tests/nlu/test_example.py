"""Examples are copied and compared as Rasa's own messages are, only faster."""

import copy

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix

from assistant.example import Example
from assistant.nlu.example_features import (
    ExampleFeatures,
    featurized_examples,
    is_featurized,
)
from assistant.nlu.featurized import Featurized

TEXTS = st.text(max_size=5)


def example(text="is it safe", intent="faq_is_it_safe"):
    return Example({"text": text, "intent": intent})


def features(row=0):
    """Features of one of three texts, each with a term and a vector of its own."""
    numbers = np.eye(3, dtype=np.float32)
    three = Featurized(["a", "b", "c"], csr_matrix(numbers), numbers)
    return ExampleFeatures(three, row, "test")


@given(st.tuples(TEXTS, TEXTS), st.tuples(TEXTS, TEXTS))
def test_examples_are_equal_when_rasas_messages_would_be(one, other):
    ours = example(*one) == example(*other)
    theirs = Message({"text": one[0], "intent": one[1]}) == Message(
        {"text": other[0], "intent": other[1]}
    )
    assert ours == theirs


def test_a_copy_is_equal_and_changes_nothing_in_its_original():
    original = example()
    copied = copy.deepcopy(original)
    assert copied == original
    copied.set("intent", "advice", add_to_output=True)
    copied.add_features(features())
    assert original.get("intent") == "faq_is_it_safe"
    assert original.features == []
    assert original.output_properties == {"text"}
    assert copied != original


def test_features_tell_examples_apart():
    one, other = example(), example()
    one.add_features(features(row=0))
    other.add_features(features(row=1))
    assert one != other


def test_examples_are_gathered_with_their_own_features_in_their_own_order():
    last, without, first = example(), example(), example()
    last.add_features(features(row=2))
    first.add_features(features(row=0))
    assert not is_featurized(without)
    gathered = featurized_examples([last, first])
    assert gathered.texts == ["c", "a"]
    assert gathered.vectors.tolist() == [[0, 0, 1], [1, 0, 0]]
    assert gathered.features[:, :3].toarray().tolist() == [[0, 0, 1], [1, 0, 0]]


def test_setting_the_same_value_again_changes_nothing():
    once, twice = example(), example()
    before = twice.fingerprint()
    twice.set("intent", "faq_is_it_safe", add_to_output=True)
    assert twice.fingerprint() == before
    assert "intent" in twice.output_properties
    assert once == twice
