"""Makes a network whose weights are stored in eight bits multiply in eight bits too.

The published network turns its weights back into floats and multiplies those. Here the
activations of each text are brought to eight bits as well, with a scale of their own
(dynamic quantization, Jacob et al. 2018; ONNX operators DynamicQuantizeLinear and
MatMulInteger): less than half the time, and vectors that hardly differ. Both sides are
unsigned, for products of signed and unsigned bytes overflow on processors without VNNI:
those would give other vectors.
"""

from __future__ import annotations

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

ZERO = 128
"""What stands for zero when signed bytes are written as unsigned ones."""
ZERO_NAME = "weight_zero"


class NetworkError(Exception):
    """Raised when a network holds no weight that could be multiplied in eight bits."""


def multiply_in_integers(network: ModelProto) -> ModelProto:
    """Replaces each product with a dequantized weight by one with the weight itself.

    Args:
        network: Its dequantized weights are `Mul(Cast(int8 weight), scale)`, with a
            scale for each column. It is changed in place.

    Returns:
        The same network.

    Raises:
        NetworkError: if there is no such product.
    """
    graph = network.graph
    makers = {output: node for node in graph.node for output in node.output}
    weights = {tensor.name: tensor for tensor in graph.initializer}
    nodes: list[NodeProto] = []
    small: dict[str, NodeProto] = {}
    multiplied: set[str] = set()
    for node in graph.node:
        found = _weight_and_scale(node, makers, weights)
        if not found:
            nodes.append(node)
            continue
        values = node.input[0]
        if values not in small:  # query, key and value read the same ones
            small[values] = _quantized(values)
            nodes.append(small[values])
        weight, scale = found
        nodes += _integer_product(node.output[0], small[values], weight, scale)
        multiplied.add(weight)
    if not multiplied:
        raise NetworkError(
            "no product with a weight of eight bits found -> install the encoder's "
            "weights from the lock file (make setup)"
        )
    for name in multiplied:
        _write_unsigned(weights[name])
    zero = helper.make_tensor(ZERO_NAME, TensorProto.UINT8, [], [ZERO])
    graph.initializer.append(zero)
    del graph.node[:]
    graph.node.extend(nodes)
    return network


def _weight_and_scale(
    node: NodeProto, makers: dict[str, NodeProto], weights: dict[str, TensorProto]
) -> tuple[str, str] | None:
    """Returns the names of the weight and of its scale, if a node multiplies by one."""
    scaled = makers.get(node.input[1]) if node.op_type == "MatMul" else None
    if not scaled or scaled.op_type != "Mul":
        return None
    cast = makers.get(scaled.input[0])
    if not cast or cast.op_type != "Cast":
        return None
    weight, scale = cast.input[0], scaled.input[1]
    is_weight = weight in weights and weights[weight].data_type == TensorProto.INT8
    return (weight, scale) if is_weight and scale in weights else None


def _quantized(values: str) -> NodeProto:
    outputs = [f"{values}_{end}" for end in ("bytes", "bytes_scale", "bytes_zero")]
    return helper.make_node("DynamicQuantizeLinear", [values], outputs)


def _integer_product(
    name: str, small: NodeProto, weight: str, scale: str
) -> list[NodeProto]:
    whole, real, both = f"{name}_whole", f"{name}_real", f"{name}_scale"
    values, values_scale, values_zero = small.output
    return [
        helper.make_node(
            "MatMulInteger", [values, weight, values_zero, ZERO_NAME], [whole]
        ),
        helper.make_node("Cast", [whole], [real], to=TensorProto.FLOAT),
        helper.make_node("Mul", [values_scale, scale], [both]),
        helper.make_node("Mul", [real, both], [name]),
    ]


def _write_unsigned(tensor: TensorProto) -> None:
    signed = numpy_helper.to_array(tensor).astype(np.int16)
    unsigned = (signed + ZERO).astype(np.uint8)
    tensor.CopyFrom(numpy_helper.from_array(unsigned, tensor.name))
