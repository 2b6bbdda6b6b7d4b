"""Which model to run: the newest one trained here, and whether it is up to date.

A model file can run code when it is loaded, so only files whose hash was recorded when
they were trained on this machine are used.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from settings import ROOT

MODELS = ROOT / "models"
RECORD = MODELS / "trained-here.json"
INPUTS = (
    "config.yml",
    "domain.yml",
    "data/**/*.yml",
    "assistant/**/*.py",
    "assistant/**/*.txt",
    "content/*.py",
    "requirements/brain.lock",
)
"""What a model is made from; when one of these changes the model is stale."""

OF_THE_FRONT_DESK = (
    "data/notices.yml",
    "data/canned_replies.yml",
    "content/canned_replies.py",
    "data/widget.yml",
    "content/widget.py",
)
"""Among them, but read by the front desk alone."""


class ModelUnusable(Exception):
    """Raised when there is no model that may be loaded; says what to do."""


@dataclass(frozen=True)
class TrainedModel:
    """A model file that was trained here."""

    path: Path
    inputs: str

    @property
    def is_current(self) -> bool:
        """Whether it was trained from the files as they are now."""
        return self.inputs == inputs_hash()


def inputs_hash(root: Path = ROOT) -> str:
    """Returns one hash over everything that a model is made from."""
    digest = hashlib.sha256()
    for pattern in INPUTS:
        for path in sorted(root.glob(pattern)):
            if str(path.relative_to(root)) in OF_THE_FRONT_DESK:
                continue
            digest.update(str(path.relative_to(root)).encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def record(path: Path, inputs: str) -> None:
    """Remembers a model that was just trained; forgets those whose file is gone."""
    known = {
        name: entry for name, entry in _records().items() if (MODELS / name).exists()
    }
    known[path.name] = {"sha256": _file_hash(path), "inputs": inputs}
    RECORD.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def newest() -> TrainedModel | None:
    """Returns the newest model trained here, or None if there is none."""
    files = sorted(MODELS.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    known = _records()
    for path in reversed(files):
        if path.name in known:
            return TrainedModel(path, known[path.name]["inputs"])
    return None


def verified(model: TrainedModel | None) -> Path:
    """Returns the model's path once its hash is checked.

    Raises:
        ModelUnusable: if there is none, or if the file has changed since training.
    """
    if model is None:
        raise ModelUnusable("models/: no model was trained here -> run 'make train'")
    if _file_hash(model.path) != _records()[model.path.name]["sha256"]:
        raise ModelUnusable(
            f"models/{model.path.name}: the file is not the one that was trained here "
            "-> delete it and run 'make train'"
        )
    return model.path


def _records() -> dict[str, dict[str, str]]:
    if not RECORD.exists():
        return {}
    records: dict[str, dict[str, str]] = json.loads(RECORD.read_text(encoding="utf-8"))
    return records


def _file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
