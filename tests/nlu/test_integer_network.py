"""The encoder's network multiplies in eight bits and still says almost the same."""

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from onnx import ModelProto, TensorProto, helper, numpy_helper

from assistant.nlu.integer_network import NetworkError, multiply_in_integers

ROWS, INNER, COLUMNS = 3, 16, 4
WEIGHT = np.arange(-32, 32, dtype=np.int8).reshape(INNER, COLUMNS)
SCALE = np.array([[0.01, 0.02, 0.005, 0.1]], np.float32)


def network(weight: np.ndarray = WEIGHT) -> ModelProto:
    """`x @ (weight * scale)`, as the encoder's weights are stored."""
    nodes = [
        helper.make_node("Cast", ["weight"], ["cast"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["cast", "scale"], ["real"]),
        helper.make_node("MatMul", ["x", "real"], ["y"]),
    ]
    known = [
        numpy_helper.from_array(weight, "weight"),
        numpy_helper.from_array(SCALE, "scale"),
    ]
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [ROWS, INNER])
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, [ROWS, COLUMNS])
    graph = helper.make_graph(nodes, "small", [x], [y], known)
    opset = helper.make_opsetid("", 17)
    return helper.make_model(graph, opset_imports=[opset], ir_version=8)


def run(model: ModelProto, values: np.ndarray) -> np.ndarray:
    onnx.checker.check_model(model)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    (found,) = session.run(None, {"x": values})
    return np.asarray(found)


SMALL = st.floats(-10, 10, width=32)


@settings(deadline=None, max_examples=30)
@given(arrays(np.float32, (ROWS, INNER), elements=SMALL))
def test_products_hardly_differ_from_those_in_floats(values):
    exact = values @ (WEIGHT.astype(np.float32) * SCALE)
    step = (max(values.max(), 0) - min(values.min(), 0)) / 255
    furthest = INNER * 32 * SCALE.max() * step
    integers = run(multiply_in_integers(network()), values)
    assert np.abs(integers - exact).max() <= furthest + 1e-4


def test_it_multiplies_with_the_stored_weight_itself():
    model = multiply_in_integers(network())
    kinds = [node.op_type for node in model.graph.node]
    assert "MatMul" not in kinds
    assert kinds.count("MatMulInteger") == 1


def test_a_network_without_weights_in_eight_bits_is_refused():
    with pytest.raises(NetworkError, match="make setup"):
        multiply_in_integers(network(WEIGHT.astype(np.float32)))
