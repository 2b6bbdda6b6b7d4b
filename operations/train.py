"""Checks the content, then trains a model if the newest one is stale (make train)."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from operations import trained_model
from settings import KEPT_VECTORS, ROOT

KEPT_MODELS = 3
RASA_TRAIN = [sys.executable, "-m", "operations.rasa_train"]
EMBED_AHEAD = [sys.executable, "-m", "operations.embed_ahead"]
LOG = ROOT / "var" / "train.log"


def train_if_stale(force: bool = False) -> Path:
    """Returns the path of an up-to-date model, training one if need be.

    Raises:
        ModelUnusable: if the content is broken or training fails; says where to look.
    """
    model = trained_model.newest()
    if model and model.is_current and not force:
        return trained_model.verified(model)
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("wb") as log, _examples_embedded_ahead(log):
        print("==> checking the content (make lint shows more)", flush=True)
        check = subprocess.run([sys.executable, "-m", "content"], cwd=ROOT, check=False)
        if check.returncode:
            raise trained_model.ModelUnusable(
                "the content has faults, listed above -> correct them and try again"
            )
        print("==> training the model (about a minute)", flush=True)
        return _train(log)


def _train(log: BinaryIO) -> Path:
    started = time.monotonic()
    inputs = trained_model.inputs_hash()
    before = set(trained_model.MODELS.glob("*.tar.gz"))
    result = subprocess.run(
        [*RASA_TRAIN, "--augmentation", "0", "--skip-validation"],
        cwd=ROOT,
        stdout=log,
        stderr=subprocess.STDOUT,
        check=False,
    )
    created = set(trained_model.MODELS.glob("*.tar.gz")) - before
    if result.returncode or not created:
        raise trained_model.ModelUnusable(f"training failed -> read {LOG}")
    path = created.pop()
    trained_model.record(path, inputs)
    _forget_old_models()
    print(f"==> trained {path.name} in {time.monotonic() - started:.0f} s", flush=True)
    return path


@contextmanager
def _examples_embedded_ahead(log: BinaryIO) -> Iterator[None]:
    """Lets a second process embed the examples, unless the last training kept them."""
    if (ROOT / KEPT_VECTORS).exists():
        yield
        return
    with subprocess.Popen(EMBED_AHEAD, cwd=ROOT, stdout=log, stderr=log) as ahead:
        try:
            yield
        finally:
            ahead.terminate()


def _forget_old_models() -> None:
    files = sorted(
        trained_model.MODELS.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime
    )
    for path in files[:-KEPT_MODELS]:
        path.unlink()


if __name__ == "__main__":
    try:
        model_path = train_if_stale(force="--force" in sys.argv[1:])
    except trained_model.ModelUnusable as error:
        raise SystemExit(f"train: {error}") from error
    print(f"==> the model is up to date: models/{model_path.name}")
