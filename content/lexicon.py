"""The lexicon of `data/lexicon/`: names in messages, and text-message spelling."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content.problem import ContentError
from content.schema import schema_problems
from content.yaml_source import YamlSource, read_yaml

SPELLING_FILE = "sms_spelling.yml"


@dataclass(frozen=True)
class Name:
    """One way to write a thing: `xanax` is a `medicine` whose value is `alprazolam`."""

    text: str
    label: str
    value: str


@dataclass(frozen=True)
class SmsSpelling:
    """Text-message spellings and the three signs that depend on what follows."""

    replace: dict[str, str]
    digits_before: frozenset[str]
    k_means: str


def load_names(folder: Path) -> list[Name]:
    """Loads every name of every kind.

    Raises:
        ContentError: naming file, line and remedy of each fault.
    """
    names = []
    for path in sorted(folder.glob("*.yml")):
        if path.name == SPELLING_FILE:
            continue
        value = _valid(read_yaml(path), "lexicon").value
        names += [
            Name(str(text).lower(), value["label"], str(entry))
            for entry, others in value["entries"].items()
            for text in [entry, *others]
        ]
    return names


def load_sms_spelling(folder: Path) -> SmsSpelling:
    """Loads the text-message spellings.

    Raises:
        ContentError: naming line and remedy of each fault.
    """
    value = _valid(read_yaml(folder / SPELLING_FILE), "sms_spelling").value
    return SmsSpelling(
        replace={str(key): text for key, text in value["replace"].items()},
        digits_before=frozenset(map(str, value["digits_before"])),
        k_means=value["k_means"],
    )


def _valid(source: YamlSource, kind: str) -> YamlSource:
    problems = schema_problems(source, kind)
    if problems:
        raise ContentError(problems)
    return source
