"""Rasa's own conversation tests: one story for each outcome."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from operations.trained_model import newest, verified


def test_rasa_test_core_finds_no_wrong_prediction(tmp_path):
    rasa = Path(sys.executable).parent / "rasa"
    command = [str(rasa), "test", "core", "--stories", "tests/stories"]
    command += ["--model", str(verified(newest())), "--out", str(tmp_path)]
    result = subprocess.run(
        [*command, "--fail-on-prediction-errors"], capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
