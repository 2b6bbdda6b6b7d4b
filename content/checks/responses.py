"""The files of `data/responses/`: Rasa responses and their variations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content.problem import ContentError, Problem
from content.yaml_source import KeyPath, YamlSource, read_yaml

SMS = "sms"


@dataclass(frozen=True)
class Variation:
    """One wording of a response, and whether a text message may carry it."""

    response: str
    value: dict[str, Any]
    key_path: KeyPath
    on_web: bool
    on_sms: bool


@dataclass(frozen=True)
class ResponseFile:
    """A well-formed file of responses."""

    source: YamlSource

    @property
    def variations(self) -> Iterator[Variation]:
        """Every variation; one without an SMS sibling is sent on both channels."""
        for name, values in self.source.value["responses"].items():
            has_sms = any(value.get("channel") == SMS for value in values)
            for index, value in enumerate(values):
                is_sms = value.get("channel") == SMS
                yield Variation(
                    name,
                    value,
                    ("responses", name, index),
                    on_web=not is_sms,
                    on_sms=is_sms or not has_sms,
                )

    @property
    def choice_titles(self) -> list[str]:
        """The titles under which a clarification offers these responses."""
        return [
            variation.value["metadata"]["choice"]["title"]
            for variation in self.variations
            if "choice" in variation.value.get("metadata", {})
        ]


def read_response_files(folder: Path) -> list[ResponseFile]:
    """Reads the well-formed files of a folder."""
    files = []
    for path in sorted(folder.glob("*.yml")):
        try:
            source = read_yaml(path)
        except ContentError:
            continue
        if not response_shape_problems(source):
            files.append(ResponseFile(source))
    return files


def response_shape_problems(source: YamlSource) -> list[Problem]:
    """Checks that a file holds responses with at least one text each."""
    value = source.value if isinstance(source.value, dict) else {}
    responses = value.get("responses")
    if not isinstance(responses, dict):
        return [
            source.problem(
                [], "the file holds no responses", "begin it with 'responses:'"
            )
        ]
    return [
        source.problem(
            ["responses", name],
            f"{name} is not a list of texts",
            "write '- text: ...' below the name; buttons need a title and a payload, "
            "a choice needs a title",
        )
        for name, variations in responses.items()
        if not isinstance(variations, list)
        or not variations
        or not all(_is_variation(variation) for variation in variations)
    ]


def _is_variation(value: object) -> bool:
    if not (isinstance(value, dict) and _has_texts(value, "text")):
        return False
    buttons, metadata = value.get("buttons", []), value.get("metadata", {})
    return (
        isinstance(buttons, list)
        and all(_has_texts(button, "title", "payload") for button in buttons)
        and isinstance(metadata, dict)
        and ("choice" not in metadata or _has_texts(metadata["choice"], "title"))
    )


def _has_texts(value: object, *keys: str) -> bool:
    return isinstance(value, dict) and all(
        isinstance(value.get(key), str) for key in keys
    )
