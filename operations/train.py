"""Checks the content, then trains a model if the newest one is stale (make train)."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from operations import trained_model
from settings import ROOT

KEPT_MODELS = 3
LOG = ROOT / "var" / "train.log"


def train_if_stale(force: bool = False) -> Path:
    """Returns the path of an up-to-date model, training one if need be.

    Raises:
        ModelUnusable: if the content is broken or training fails; says where to look.
    """
    model = trained_model.newest()
    if model and model.is_current and not force:
        return trained_model.verified(model)
    print("==> checking the content (make lint shows more)", flush=True)
    check = subprocess.run([sys.executable, "-m", "content"], cwd=ROOT, check=False)
    if check.returncode:
        raise trained_model.ModelUnusable(
            "the content has faults, listed above -> correct them and try again"
        )
    print("==> training the model (about a minute)", flush=True)
    return _train()


def _train() -> Path:
    started = time.monotonic()
    inputs = trained_model.inputs_hash()
    before = set(trained_model.MODELS.glob("*.tar.gz"))
    LOG.parent.mkdir(parents=True, exist_ok=True)
    rasa = Path(sys.executable).parent / "rasa"
    with LOG.open("wb") as log:
        result = subprocess.run(
            [str(rasa), "train", "--augmentation", "0", "--skip-validation"],
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
