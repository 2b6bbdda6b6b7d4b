"""The clinic's own values, and the `${...}` placeholders that texts take from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from content.problem import ContentError, Problem
from content.schema import schema_problems
from content.yaml_source import YamlSource, read_yaml

_INVENTED = re.compile(r"555-01\d\d|\.example\b|Cedar Hollow|Example Street", re.I)
"""Marks of the shipped, invented clinic: reserved phone numbers and web addresses."""


@dataclass(frozen=True)
class Clinic:
    """`data/clinic.yml`, validated."""

    values: dict[str, Any]
    source: YamlSource

    @property
    def placeholders(self) -> dict[str, str]:
        """What each `${name}` stands for; nested keys are joined with `_`."""
        flat = {}
        for key, value in self.values.items():
            if isinstance(value, dict):
                for inner, text in value.items():
                    flat[f"{key}_{inner}"] = str(text)
            elif not isinstance(value, list):
                flat[key] = str(value)
        flat["hours"] = str(self.values["hours"]["text"])
        return flat

    def fill(self, text: str) -> str:
        """Puts the clinic's values into a text.

        Raises:
            KeyError: if the text names a placeholder that does not exist.
            ValueError: if a `$` is neither `${name}` nor `$$`.
        """
        return Template(text).substitute(self.placeholders)

    def production_problems(self) -> list[Problem]:
        """Names every value that is still the invented clinic's."""
        problems = []
        for key in self.values["unconfirmed"]:
            problems.append(
                self.source.problem(
                    [key],
                    f"'{key}' is not confirmed by the clinic",
                    f"put in your own value and delete '{key}' from 'unconfirmed'",
                )
            )
        for key, value in self.values.items():
            if key not in self.values["unconfirmed"] and _INVENTED.search(str(value)):
                problems.append(
                    self.source.problem(
                        [key],
                        f"'{key}' still holds the invented clinic's value",
                        "put in the clinic's own value",
                    )
                )
        return problems


def load_clinic(path: Path) -> Clinic:
    """Loads `data/clinic.yml`.

    Raises:
        ContentError: naming line and remedy of each fault.
    """
    source = read_yaml(path)
    problems = schema_problems(source, "clinic")
    if not problems:
        problems = [
            source.problem(["unconfirmed", index], f"unknown key '{key}'", "remove it")
            for index, key in enumerate(source.value["unconfirmed"])
            if key not in source.value
        ]
    if problems:
        raise ContentError(problems)
    return Clinic(source.value, source)
