"""The encoder's weights, found in the network that its package holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, numpy_helper

Array = NDArray[Any]


class NetworkError(Exception):
    """Raised when the published network does not hold the weights it should."""


@dataclass(frozen=True)
class Linear:
    """A layer `x @ (weight * scale) + bias`.

    Attributes:
        weight: Signed bytes, shape (inputs, outputs).
        scale: Shape (outputs,).
        bias: Shape (outputs,).
    """

    weight: Array
    scale: Array
    bias: Array

    def beside(self, other: Linear) -> Linear:
        """Returns both as one layer, the other's outputs after these."""
        return Linear(
            np.hstack([self.weight, other.weight]),
            np.concatenate([self.scale, other.scale]),
            np.concatenate([self.bias, other.bias]),
        )


class PublishedWeights:
    """What the published network knows, by the names of its parts."""

    def __init__(self, network: ModelProto) -> None:
        """Finds the weights of linear layers, which have no names of their own."""
        self._arrays = {tensor.name: tensor for tensor in network.graph.initializer}
        products = {
            node.output[0]: node.input[1]
            for node in network.graph.node
            if node.op_type == "MatMul"
        }
        self._weights = {
            bias: products[product]
            for node in network.graph.node
            if node.op_type == "Add"
            for product, bias in (node.input, reversed(node.input))
            if product in products
        }

    def array(self, name: str) -> Array:
        """Returns an array that has a name.

        Raises:
            NetworkError: if there is none of this name.
        """
        if name not in self._arrays:
            raise NetworkError(
                f"the encoder has no '{name}' -> install its weights from the lock "
                "file (make setup)"
            )
        return numpy_helper.to_array(self._arrays[name])

    def linear(self, name: str) -> Linear:
        """Returns a linear layer.

        Raises:
            NetworkError: if there is none of this name with a weight of eight bits.
        """
        bias = self.array(f"{name}.bias")
        weight = self._weights.get(f"{name}.bias", name)
        scale = self.array(f"{weight}_scale").ravel()
        return Linear(self.array(f"{weight}_q"), scale, bias)
