"""One thing that is wrong with a file people edit, told so that they can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """A fault in a content file: where it is, what it is and what to do about it."""

    path: Path
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message} -> {self.remedy}"


class ContentError(Exception):
    """Raised when content cannot be used at all; carries every problem found."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n" + "\n".join(str(problem) for problem in self.problems))
