"""Stores trained models as named arrays: loading them can run no code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]


class StoredModelError(Exception):
    """Raised when a stored model is not plain arrays, or lacks one."""


def save_arrays(arrays: Mapping[str, NDArray[Any]], path: Path) -> None:
    """Stores arrays by name in NumPy's `.npz` format, single precision as half.

    Compressed here, for Rasa packs models at the slowest level, and this is the bulk.
    """
    np.savez_compressed(
        path,
        **{name: _as(np.float32, np.float16, array) for name, array in arrays.items()},
    )


def load_arrays(path: Path) -> Arrays:
    """Loads what `save_arrays` stored.

    Raises:
        StoredModelError: if the file holds anything but plain arrays.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            return {
                name: _as(np.float16, np.float32, stored[name]) for name in stored.files
            }
    except (OSError, ValueError) as error:
        raise StoredModelError(f"{path.name}: {error} -> run 'make train'") from error


def texts_to_array(texts: list[str]) -> NDArray[np.uint8]:
    """Returns texts as an array that can be stored."""
    return np.frombuffer(json.dumps(texts).encode("utf-8"), np.uint8)


def array_to_texts(array: NDArray[np.uint8]) -> list[str]:
    """Returns the texts of an array made by `texts_to_array`."""
    texts: list[str] = json.loads(array.tobytes())
    return texts


def with_prefix(prefix: str, arrays: Arrays) -> Arrays:
    """Returns the arrays under longer names, so that several parts share a file."""
    return {f"{prefix}.{name}": array for name, array in arrays.items()}


def under_prefix(prefix: str, arrays: Arrays) -> Arrays:
    """Returns the arrays that `with_prefix` named, under their own names."""
    start = f"{prefix}."
    return {
        name[len(start) :]: array
        for name, array in arrays.items()
        if name.startswith(start)
    }


def _as(found: type, wanted: type, array: NDArray[Any]) -> NDArray[Any]:
    return array.astype(wanted) if array.dtype == found else array
