"""The encoder's network, made anew from its published weights so that it runs fast.

The published network turns its weights of eight bits back into floats, multiplies those
and writes out each step of attention. Here they stay in eight bits, the activations of
each text are brought to eight bits as well, with a scale of their own (dynamic
quantization, Jacob et al. 2018), and each step is one operator of onnxruntime: less
than half the time, and vectors that hardly differ. Both are unsigned, for products of
signed and unsigned bytes overflow on processors without VNNI: those would give other
vectors. Architecture: BERT (Devlin et al. 2019), six layers, twelve heads.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from assistant.nlu.published_weights import Array, Linear, PublishedWeights

LAYERS = 6
HEADS = 12
MAX_TOKENS = 128
ZERO = 128
"""What stands for zero when signed bytes are written as unsigned ones."""

_OPSET = helper.make_opsetid("", 17)
_RUNTIME = "com.microsoft"
"""The domain of onnxruntime's own operators."""
_EPSILON = 1e-12
_PREFIX = "inner."


@dataclass
class Graph:
    """The nodes and constants of a network while it is put together."""

    nodes: list[NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)

    def constant(self, values: Array) -> str:
        """Adds a constant and returns its name."""
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(values, name))
        return name

    def node(
        self, operator: str, inputs: list[str], outputs: int = 1, **options: Any
    ) -> list[str]:
        """Adds a node and returns the names of its outputs."""
        number = len(self.nodes)
        names = [f"{operator}_{number}_{output}" for output in range(outputs)]
        self.nodes.append(helper.make_node(operator, inputs, names, **options))
        return names

    def linear(self, values: str, layer: Linear) -> str:
        """Adds a linear layer and returns the name of its output."""
        weight, scale, bias = self.of_linear(layer)
        zero = self.constant(np.full(len(layer.bias), ZERO, np.uint8))
        inputs = [values, weight, scale, zero, bias]
        return self.node("DynamicQuantizeMatMul", inputs, domain=_RUNTIME)[0]

    def of_linear(self, layer: Linear) -> tuple[str, str, str]:
        """Adds a linear layer's weight, scale and bias; returns their names."""
        unsigned = (layer.weight.astype(np.int16) + ZERO).astype(np.uint8)
        return (
            self.constant(unsigned),
            self.constant(layer.scale.astype(np.float32)),
            self.constant(layer.bias),
        )


def encoder_network(published: ModelProto, shown: list[int]) -> ModelProto:
    """Makes a network of the published one's weights.

    Args:
        published: The network as its package holds it.
        shown: Which layers' outputs are wanted; the first layer is 1.

    Returns:
        A network from `input_ids`, shape (1, tokens), to vectors of each token, shape
        (1, tokens, dimensions), an output for each of `shown`.

    Raises:
        NetworkError: if the published network lacks a weight.
    """
    weights, graph = PublishedWeights(published), Graph()
    values = _embedded(graph, weights)
    after = [values]
    for layer in range(LAYERS):
        after.append(
            _layer(graph, weights, f"{_PREFIX}encoder.layer.{layer}", after[-1])
        )
    tokens = helper.make_tensor_value_info(
        "input_ids", TensorProto.INT64, [1, "tokens"]
    )
    outputs = [
        helper.make_tensor_value_info(after[layer], TensorProto.FLOAT, None)
        for layer in shown
    ]
    made = helper.make_graph(graph.nodes, "encoder", [tokens], outputs, graph.constants)
    own = helper.make_opsetid(_RUNTIME, 1)
    return helper.make_model(made, opset_imports=[_OPSET, own], ir_version=8)


def _embedded(graph: Graph, weights: PublishedWeights) -> str:
    """Adds what each token means by itself, and where it stands."""
    part = f"{_PREFIX}embeddings"
    words, positions = (
        f"{part}.{name}_embeddings.weight" for name in ("word", "position")
    )
    places = weights.array(f"{positions}_q")[:MAX_TOKENS].astype(np.float32)
    places *= weights.array(f"{positions}_scale")[:MAX_TOKENS]
    places += weights.array(f"{part}.token_type_embeddings.weight")[0]
    known, scales = (
        graph.constant(weights.array(f"{words}{end}")) for end in ("_q", "_scale")
    )
    (small,) = graph.node("Gather", [known, "input_ids"])
    (real,) = graph.node("Cast", [small], to=TensorProto.FLOAT)
    (scale,) = graph.node("Gather", [scales, "input_ids"])
    (meaning,) = graph.node("Mul", [real, scale])
    first = graph.constant(np.array([0], np.int64))
    (count,) = graph.node("Shape", ["input_ids"], start=1, end=2)
    (place,) = graph.node("Slice", [graph.constant(places), first, count, first])
    (both,) = graph.node("Add", [meaning, place])
    gain, shift = _gain_and_shift(graph, weights, f"{part}.LayerNorm")
    return graph.node("LayerNormalization", [both, gain, shift], epsilon=_EPSILON)[0]


def _layer(graph: Graph, weights: PublishedWeights, name: str, values: str) -> str:
    """Adds a layer: what the tokens are to each other, then what follows from it."""
    query, key, value = (
        weights.linear(f"{name}.attention.self.{part}")
        for part in ("query", "key", "value")
    )
    weight, scales, bias = graph.of_linear(query.beside(key).beside(value))
    small, scale, zero = graph.node("DynamicQuantizeLinear", [values], 3)
    weight_zero = graph.constant(np.array(ZERO, np.uint8))
    (attention,) = graph.node(
        "QAttention",
        [small, weight, bias, scale, scales, "", zero, weight_zero],
        domain=_RUNTIME,
        num_heads=HEADS,
    )
    seen = graph.linear(attention, weights.linear(f"{name}.attention.output.dense"))
    values = _added(graph, weights, f"{name}.attention.output.LayerNorm", seen, values)
    wide = graph.linear(values, weights.linear(f"{name}.intermediate.dense"))
    (bent,) = graph.node("Gelu", [wide], domain=_RUNTIME)
    follows = graph.linear(bent, weights.linear(f"{name}.output.dense"))
    return _added(graph, weights, f"{name}.output.LayerNorm", follows, values)


def _added(
    graph: Graph, weights: PublishedWeights, name: str, new: str, before: str
) -> str:
    inputs = [new, before, *_gain_and_shift(graph, weights, name)]
    return graph.node(
        "SkipLayerNormalization", inputs, domain=_RUNTIME, epsilon=_EPSILON
    )[0]


def _gain_and_shift(
    graph: Graph, weights: PublishedWeights, name: str
) -> tuple[str, str]:
    return (
        graph.constant(weights.array(f"{name}.weight")),
        graph.constant(weights.array(f"{name}.bias")),
    )
