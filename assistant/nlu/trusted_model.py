"""Storing scikit-learn models so that loading one runs no code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import skops.io

TRUSTED = ["scipy.sparse._csr.csr_matrix"]
"""Types beyond scikit-learn's and NumPy's own that TF-IDF is made of."""


class ModelError(Exception):
    """Raised when a stored model holds types that we did not put there."""


def save_model(parts: dict[str, Any], path: Path) -> None:
    """Stores scikit-learn and NumPy objects by name."""
    skops.io.dump(parts, path)


def load_model(path: Path) -> dict[str, Any]:
    """Loads what `save_model` stored.

    Raises:
        ModelError: if the file holds types that `save_model` does not put there.
    """
    unknown = sorted(set(skops.io.get_untrusted_types(file=path)) - set(TRUSTED))
    if unknown:
        raise ModelError(f"{path.name}: unknown types {unknown} -> run 'make train'")
    parts: dict[str, Any] = skops.io.load(path, trusted=TRUSTED)
    return parts
