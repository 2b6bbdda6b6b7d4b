"""The command tells what is wrong with its input, without a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evaluation", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_broken_line_ends_it_with_file_line_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "sms.jsonl").write_text('{"text": "a secret", "expect": "hi"}\n')
    model = tmp_path / "model.tar.gz"
    model.touch()
    done = run("--messages", str(tmp_path), "--model", str(model))
    assert done.returncode == 2
    assert done.stderr.startswith(f"{tmp_path}/sms.jsonl:1: 'expect' holds the unknown")
    assert " -> use answer, clarify" in done.stderr
    assert "secret" not in done.stderr + done.stdout


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    done = run("--model", str(tmp_path))
    assert done.returncode == 2
    assert done.stderr == f"{tmp_path}: no model there -> run 'make train'\n"
