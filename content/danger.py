"""The danger data of `data/danger/`: statements by kind, look-alikes, and patterns."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from content.problem import ContentError
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
    problems = schema_problems(source, "danger_patterns")
    if problems:
        raise ContentError(problems)
    return [
        DangerPattern(entry["name"], kind, entry["match"], entry.get("unless", []))
        for kind, entries in source.value.items()
        for entry in entries
    ]


def _examples(source: YamlSource) -> list[DangerExample]:
    value = source.value
    outcome = OUTCOME_OF_KIND.get(value["kind"])
    groups = value.get("groups") or [{"examples": value.get("examples", [])}]
    return [
        DangerExample(text, value["kind"], group.get("intent", outcome))
        for group in groups
        for text in group["examples"]
    ]
