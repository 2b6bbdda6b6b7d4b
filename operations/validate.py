"""Rasa's own validation of the training data; any warning counts as a fault."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from settings import ROOT

SHOWN = ("UserWarning", "WARNING", "ERROR", "conflict", "errors")


def main() -> int:
    """Runs `rasa data validate --fail-on-warnings`; prints only what it found."""
    rasa = Path(sys.executable).parent / "rasa"
    result = subprocess.run(
        [str(rasa), "data", "validate", "--fail-on-warnings"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = (result.stdout + result.stderr).splitlines()
    found = [line for line in lines if any(word in line for word in SHOWN)]
    if result.returncode:
        print("\n".join(found or lines[-20:]))
        return 1
    print("rasa data validate: no warnings")
    return 0


if __name__ == "__main__":
    sys.exit(main())
