"""What the chat on the clinic's website begins with, `data/widget.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content.problem import ContentError
from content.schema import schema_problems
from content.yaml_source import read_yaml


@dataclass(frozen=True)
class Widget:
    """One website's chat; each page may want some of it otherwise."""

    suggestions: tuple[str, ...]
    languages: tuple[str, ...]
    color: str
    logo: str
    position: str


def load_widget(path: Path) -> Widget:
    """Loads the file.

    Raises:
        ContentError: naming line and remedy of each fault.
    """
    source = read_yaml(path)
    if problems := schema_problems(source, "widget"):
        raise ContentError(problems)
    value = source.value
    return Widget(
        suggestions=tuple(value["suggestions"]),
        languages=tuple(value["languages"]),
        color=value["color"],
        logo=value["logo"],
        position=value["position"],
    )
