"""A copy of the minimal content that a test may break."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from content.checks import Report, run_checks
from content.problem import Problem

TODAY = date(2026, 11, 22)


class ContentFolder:
    """A folder with `data/` in it, and the check of it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, file: str) -> Path:
        """Returns the path of a file below `data/`."""
        return self.root / "data" / file

    def replace(self, file: str, old: str, new: str) -> None:
        """Changes a passage that stands in the file once."""
        text = self.path(file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        self.path(file).write_text(text.replace(old, new), encoding="utf-8")

    def report(self) -> Report:
        """Checks the folder."""
        return run_checks(self.root, TODAY)

    def expect(self, file: str, at: str, message: str, remedy: str) -> None:
        """Asserts that there is one problem: its line, what is wrong and the remedy.

        Args:
            file: Where it must be, below `data/`.
            at: How the line begins that the problem must point at.
            message: A part of what is wrong.
            remedy: A part of the remedy.
        """
        problems = self.report().problems
        assert len(problems) == 1, "\n".join(map(str, problems))
        self.assert_problem(problems[0], file, at, message, remedy)

    def assert_problem(
        self, problem: Problem, file: str, at: str, message: str, remedy: str
    ) -> None:
        """Asserts where a problem is, what is wrong and the remedy."""
        line = (
            self.path(file).read_text(encoding="utf-8").splitlines()[problem.line - 1]
        )
        assert problem.path == self.path(file)
        assert line.strip().startswith(at)
        assert message in problem.message
        assert remedy in problem.remedy
