"""Keeps the vectors of examples from one training to the next.

Embedding all examples takes a third of a training, and from one to the next only a few
are new. A vector depends on its text and on the encoder alone, so a model trained with
kept vectors is the same to the last bit. Processes that need the same vectors at the
same time wait for each other instead of embedding twice.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import onnxruntime

from assistant.nlu import encoder_network, published_weights, sentence_encoder
from assistant.nlu.sentence_encoder import MODEL_SHA256, WIDTH, Vectors

logger = logging.getLogger(__name__)

KEY_BYTES = 16


class VectorCache:
    """A file of vectors, found by a hash of the encoder and the text."""

    def __init__(self, path: Path) -> None:
        """Takes the file's path; it is read and written by `encode` only."""
        self._path = path
        self._encoder = _encoder_hash()

    def encode(
        self, texts: list[str], encode: Callable[[list[str]], Vectors]
    ) -> Vectors:
        """Embeds the texts that have no vector yet, and keeps those of all.

        Returns:
            Vectors of the texts, shape (texts, width).
        """
        keys = [self._key(text) for text in texts]
        with self._nobody_else():
            known = self._read()
            new = {key: text for key, text in zip(keys, texts) if key not in known}
            known.update(zip(new, encode(list(new.values()))))
            kept = {key: known[key] for key in keys}
            if new or len(kept) < len(known):
                self._write(kept)
        return np.stack([kept[key] for key in keys])

    @contextmanager
    def _nobody_else(self) -> Iterator[None]:
        """Waits for other processes; the system frees what a killed one held."""
        with ExitStack() as held:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                lock = held.enter_context(self._path.with_suffix(".lock").open("w"))
                fcntl.flock(lock, fcntl.LOCK_EX)
            except OSError as error:
                logger.warning("%s cannot be locked: %s", self._path, error)
            yield

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(self._encoder + text.encode()).digest()[:KEY_BYTES]

    def _read(self) -> dict[bytes, Vectors]:
        try:
            with np.load(self._path, allow_pickle=False) as stored:
                keys, vectors = stored["keys"].tobytes(), stored["vectors"]
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            logger.warning(
                "%s cannot be read, so it is made anew: %s", self._path, error
            )
            return {}
        starts = range(0, len(keys), KEY_BYTES)
        if vectors.shape != (len(starts), WIDTH):
            return {}
        return {keys[i : i + KEY_BYTES]: vector for i, vector in zip(starts, vectors)}

    def _write(self, known: dict[bytes, Vectors]) -> None:
        new = self._path.with_name(f"{self._path.stem}-{os.getpid()}.npz")
        try:
            np.savez(
                new,
                keys=np.frombuffer(b"".join(known), np.uint8),
                vectors=np.stack(list(known.values())),
            )
            new.replace(self._path)  # whole, or not at all
        except OSError as error:
            logger.warning("%s cannot be written: %s", self._path, error)


def _encoder_hash() -> bytes:
    """Returns a hash of all that a vector depends on besides the text."""
    digest = hashlib.sha256(f"{MODEL_SHA256} {onnxruntime.__version__}".encode())
    for module in (sentence_encoder, encoder_network, published_weights):
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.digest()
