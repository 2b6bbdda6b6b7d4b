"""The bibliography that facts cite."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content.problem import ContentError
from content.schema import schema_problems
from content.yaml_source import read_yaml


@dataclass(frozen=True)
class Source:
    """One work in `data/sources.yml`."""

    id: str
    title: str
    authors: str
    year: int | None
    url: str
    short: str

    @property
    def citation(self) -> str:
        """The source on one line, as the web shows it."""
        year = f", {self.year}" if self.year else ""
        return f"{self.authors}{year}: {self.title}"


def load_sources(path: Path) -> dict[str, Source]:
    """Loads the bibliography by id.

    Raises:
        ContentError: naming line and remedy of each fault.
    """
    source = read_yaml(path)
    problems = schema_problems(source, "sources")
    if problems:
        raise ContentError(problems)
    return {key: Source(id=key, **value) for key, value in source.value.items()}
