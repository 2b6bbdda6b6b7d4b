"""How near texts are to examples, by their embeddings, multiplied in eight bits.

Tens of thousands of examples are compared with every text, so it is the reading of
their vectors that takes the time. As bytes they are a quarter of what they were as
floats, in memory and in the stored model; a similarity changes by less than 0.003.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper

from assistant.nlu.encoder_network import ZERO
from assistant.nlu.featurized import Matrix
from assistant.nlu.stored_arrays import Arrays

LARGEST = 127
SMALLEST_STEP = np.float32(1e-12)

Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Neighbours:
    """The vectors of examples.

    Attributes:
        columns: One column for each example, shape (dimensions, examples).
        steps: What one step of a byte is worth in each column, shape (examples,).
    """

    columns: Bytes
    steps: Matrix

    @classmethod
    def of(cls, vectors: Matrix) -> Neighbours:
        """Takes unit embeddings of examples, shape (examples, dimensions)."""
        rows, steps = _in_bytes(vectors)
        return cls(np.ascontiguousarray(rows.T), steps)

    def similarities(self, vectors: Matrix) -> Matrix:
        """Returns the cosine similarity of each text to each example.

        Args:
            vectors: Unit embeddings of texts, shape (texts, dimensions).

        Returns:
            Shape (texts, examples).
        """
        rows, steps = _in_bytes(vectors)
        (products,) = self._session.run(None, {"rows": rows})
        # In single precision throughout: NumPy would multiply these in double.
        similarities: Matrix = products.astype(np.float32)
        similarities *= steps[:, None]
        similarities *= self.steps
        return similarities

    def arrays(self) -> Arrays:
        """Returns what is to be stored."""
        return {"columns": self.columns, "steps": self.steps}

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Neighbours:
        """Takes back what `arrays` returned."""
        return cls(arrays["columns"], arrays["steps"])

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        return onnxruntime.InferenceSession(
            _product_with(self.columns).SerializeToString(),
            options,
            providers=["CPUExecutionProvider"],
        )


def _in_bytes(vectors: Matrix) -> tuple[Bytes, Matrix]:
    """Returns vectors in bytes, each with a step of its own, and the steps."""
    largest = np.abs(vectors).max(axis=1).astype(np.float32)
    steps = np.maximum(largest / LARGEST, SMALLEST_STEP)
    return (np.round(vectors / steps[:, None]) + ZERO).astype(np.uint8), steps


def _product_with(columns: Bytes) -> ModelProto:
    """Returns a network that multiplies rows with these columns."""
    zero = helper.make_tensor("zero", TensorProto.UINT8, [], [ZERO])
    dimensions, examples = columns.shape
    graph = helper.make_graph(
        [
            helper.make_node(
                "MatMulInteger", ["rows", "columns", "zero", "zero"], ["products"]
            )
        ],
        "nearness",
        [helper.make_tensor_value_info("rows", TensorProto.UINT8, [None, dimensions])],
        [
            helper.make_tensor_value_info(
                "products", TensorProto.INT32, [None, examples]
            )
        ],
        [numpy_helper.from_array(columns, "columns"), zero],
    )
    opset = helper.make_opsetid("", 17)
    return helper.make_model(graph, opset_imports=[opset], ir_version=8)
