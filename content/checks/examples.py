"""Training examples of all kinds of file, each with its intent and its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from content.danger import NOT_DANGER, PATTERNS_FILE
from content.problem import ContentError, Problem
from content.schema import schema_problems
from content.yaml_source import KeyPath, YamlSource, read_yaml

_BULLET = "- "


@dataclass(frozen=True)
class Example:
    """One message that people send, what it means, and where it is written.

    A message that only looks like danger has the intent `NOT_DANGER`: nothing is
    trained to answer it, but no danger may be learned from the same words.
    """

    text: str
    intent: str
    is_danger: bool
    path: Path
    line: int

    @property
    def place(self) -> str:
        """Where it is written, as problems name places."""
        return f"{self.path}:{self.line}"

    def problem(self, message: str, remedy: str) -> Problem:
        """Builds a problem that points at this example."""
        return Problem(self.path, self.line, message, remedy)


def read_examples(data: Path) -> list[Example]:
    """Reads the examples of facts, intents and danger from the well-formed files."""
    return [
        example
        for folder, read in (
            ("facts", _fact_examples),
            ("nlu", _nlu_examples),
            ("danger", _danger_examples),
        )
        for path in sorted((data / folder).glob("*.yml"))
        if path.name != PATTERNS_FILE
        for example in _read(path, read)
    ]


def nlu_shape_problems(source: YamlSource) -> list[Problem]:
    """Checks that a file of `data/nlu/` lists examples by intent."""
    value = source.value if isinstance(source.value, dict) else {}
    entries = value.get("nlu")
    if not isinstance(entries, list):
        return [source.problem([], "the file holds no intents", "begin it with 'nlu:'")]
    problems = []
    for index, entry in enumerate(entries):
        if not _is_intent(entry):
            problems.append(
                source.problem(
                    ["nlu", index],
                    "this is not an intent with examples",
                    "write '- intent: <name>' and 'examples: |' below it",
                )
            )
            continue
        for offset, text in enumerate(entry["examples"].splitlines()):
            if text and not text.startswith(_BULLET):
                problems.append(
                    Problem(
                        source.path,
                        _first_line(source, index) + offset,
                        "this line is not an example",
                        f"begin it with '{_BULLET}'",
                    )
                )
    return problems


def _read(path: Path, read: Callable[[YamlSource], Iterator[Example]]) -> list[Example]:
    try:
        return list(read(read_yaml(path)))
    except ContentError:
        return []


def _fact_examples(source: YamlSource) -> Iterator[Example]:
    if schema_problems(source, "fact"):
        return
    intent = f"faq_{source.value['topic']}"
    for index, text in enumerate(source.value["examples"]):
        yield _listed(source, ["examples", index], text, intent)


def _danger_examples(source: YamlSource) -> Iterator[Example]:
    if schema_problems(source, "danger_examples"):
        return
    is_danger = source.value["kind"] != NOT_DANGER
    intent = source.value["outcome"]
    lists: list[tuple[KeyPath, list[str]]] = [
        (["groups", number, "examples"], group["examples"])
        for number, group in enumerate(source.value.get("groups", []))
    ]
    lists.append((["examples"], source.value.get("examples", [])))
    for key_path, texts in lists:
        for index, text in enumerate(texts):
            yield _listed(source, [*key_path, index], text, intent, is_danger)


def _nlu_examples(source: YamlSource) -> Iterator[Example]:
    if nlu_shape_problems(source):
        return
    for index, entry in enumerate(source.value["nlu"]):
        first = _first_line(source, index)
        for offset, text in enumerate(entry["examples"].splitlines()):
            if text:
                yield Example(
                    text.removeprefix(_BULLET).strip(),
                    entry["intent"],
                    is_danger=False,
                    path=source.path,
                    line=first + offset,
                )


def _listed(
    source: YamlSource,
    key_path: KeyPath,
    text: str,
    intent: str,
    is_danger: bool = False,
) -> Example:
    return Example(text, intent, is_danger, source.path, source.line(key_path))


def _is_intent(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("intent"), str)
        and isinstance(entry.get("examples"), str)
    )


def _first_line(source: YamlSource, index: int) -> int:
    """The line of an intent's first example, below the `|` that begins the block."""
    return source.line(["nlu", index, "examples"]) + 1
