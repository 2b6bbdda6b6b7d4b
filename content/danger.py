"""The danger data of `data/danger/`: statements by kind, look-alikes, and patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from content.problem import ContentError, Problem
from content.schema import schema_problems
from content.yaml_source import YamlSource, read_yaml

NOT_DANGER = "none"
OUTCOME_OF_KIND = {
    "ideation": "crisis",
    "plan_or_means": "crisis",
    "intent_or_act": "crisis",
    "self_harm": "crisis",
    "other_person": "crisis",
    "harm_to_others": "crisis",
    "overdose": "emergency",
    "body_danger": "emergency",
    "reaction_after_treatment": "emergency",
}
"""The kinds of danger, and the reply that each one needs."""

PATTERNS_FILE = "patterns.yml"
SHARED = "shared"
"""The key of its lists of templates that several patterns name."""
_NAMED_LIST = re.compile(r"<(\w+)>")


@dataclass(frozen=True)
class DangerExample:
    """One message, its kind of danger, and the intent that it is an example of."""

    text: str
    kind: str
    intent: str | None

    @property
    def is_danger(self) -> bool:
        """Whether somebody is in danger in this message."""
        return self.kind != NOT_DANGER


@dataclass(frozen=True)
class DangerPattern:
    """Phrases that mean danger of one kind, unless one of `unless` stands there too."""

    name: str
    kind: str
    match: list[str]
    unless: list[str] = field(default_factory=list)


def load_danger_examples(folder: Path) -> list[DangerExample]:
    """Loads the examples of every kind; look-alikes have the kind `none`.

    Raises:
        ContentError: naming file, line and remedy of each fault.
    """
    problems = []
    examples = []
    for path in sorted(folder.glob("*.yml")):
        if path.name == PATTERNS_FILE:
            continue
        source = read_yaml(path)
        found = schema_problems(source, "danger_examples")
        problems += found
        if not found:
            examples += _examples(source)
    if problems:
        raise ContentError(problems)
    return examples


def load_danger_patterns(folder: Path) -> list[DangerPattern]:
    """Loads the patterns of every kind.

    Raises:
        ContentError: naming line and remedy of each fault.
    """
    source = read_yaml(folder / PATTERNS_FILE)
    problems = pattern_problems(source)
    if problems:
        raise ContentError(problems)
    shared = source.value.get(SHARED, {})
    return [
        DangerPattern(
            entry["name"],
            kind,
            _written_out(entry["match"], shared),
            _written_out(entry.get("unless", []), shared),
        )
        for kind, entries in source.value.items()
        if kind != SHARED
        for entry in entries
    ]


def pattern_problems(source: YamlSource) -> list[Problem]:
    """Checks the shape of the patterns, and that the lists they name are there."""
    return schema_problems(source, "danger_patterns") or _unknown_lists(source)


def _unknown_lists(source: YamlSource) -> list[Problem]:
    known = source.value.get(SHARED, {})
    return [
        source.problem(
            [kind, number, key, position],
            f"<{name}> is no list of '{SHARED}'",
            f"name one of {', '.join(sorted(known)) or 'its lists, it has none'}",
        )
        for kind, entries in source.value.items()
        if kind != SHARED
        for number, entry in enumerate(entries)
        for key in ("match", "unless")
        for position, template in enumerate(entry.get(key, []))
        for name in _NAMED_LIST.findall(template)
        if name not in known
    ]


def _written_out(templates: list[str], shared: dict[str, list[str]]) -> list[str]:
    """Returns templates with one line for each line of a list that they name."""
    written = []
    for template in templates:
        named = _NAMED_LIST.search(template)
        if named:
            lines = [template.replace(named[0], line) for line in shared[named[1]]]
            written += _written_out(lines, shared)
        else:
            written.append(template)
    return written


def _examples(source: YamlSource) -> list[DangerExample]:
    value = source.value
    outcome = OUTCOME_OF_KIND.get(value["kind"])
    groups = value.get("groups") or [{"examples": value.get("examples", [])}]
    return [
        DangerExample(text, value["kind"], group.get("intent", outcome))
        for group in groups
        for text in group["examples"]
    ]
