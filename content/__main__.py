"""The content check's command line: `python -m content [--root DIR] [--numbers]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from content.checks import run_checks
from content.checks.library import load_library
from content.checks.numbers import number_lines
from content.problem import ContentError


def main(arguments: list[str] | None = None) -> int:
    """Checks the content, or lists its numbers, and returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m content", description="Check the files of data/."
    )
    parser.add_argument(
        "--root",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="the folder that holds data/ (default: this folder)",
    )
    parser.add_argument(
        "--numbers",
        action="store_true",
        help="list each number that facts print: topic, field, sentence",
    )
    options = parser.parse_args(arguments)
    return _list_numbers(options.root) if options.numbers else _check(options.root)


def _check(root: Path) -> int:
    report = run_checks(root, date.today())
    for problem in report.problems:
        print(problem)
    for warning in report.warnings:
        print(f"warning: {warning}")
    print(
        f"content: {_count(report.problems, 'problem')}, "
        f"{_count(report.warnings, 'warning')}"
    )
    return 1 if report.problems else 0


def _list_numbers(root: Path) -> int:
    try:
        lines = number_lines(load_library(root))
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    for line in lines:
        print(line)
    return 0


def _count(found: Sequence[object], noun: str) -> str:
    return f"{len(found) or 'no'} {noun}{'' if len(found) == 1 else 's'}"


if __name__ == "__main__":
    sys.exit(main())
