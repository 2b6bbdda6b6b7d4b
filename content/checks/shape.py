"""Check: each file has the keys and types that its kind must have."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from content.checks.examples import nlu_shape_problems
from content.checks.responses import response_shape_problems
from content.danger import NOT_DANGER, PATTERNS_FILE, pattern_problems
from content.lexicon import SPELLING_FILE
from content.problem import ContentError, Problem
from content.schema import schema_problems
from content.yaml_source import YamlSource, read_yaml

_FOLLOW_UP = re.compile(r"_(more|sources|proof|related)$")
"""Ends of the names of a fact's follow-up responses (`utter_faq_<topic>_more`)."""

_Check = Callable[[YamlSource], list[Problem]]


def shape_problems(root: Path) -> list[Problem]:
    """Reads every content file and holds it against its schema."""
    data = root / "data"
    problems = []
    for kind in _KINDS:
        paths = [
            path for path in sorted(data.glob(kind.files)) if path.name not in kind.but
        ]
        if not paths:
            problems.append(
                Problem(data / kind.files, 1, "there is no such file", "restore it")
            )
        for path in paths:
            problems += _file_problems(path, kind.check)
    return problems


def _file_problems(path: Path, check: _Check) -> list[Problem]:
    try:
        return check(read_yaml(path))
    except ContentError as error:
        return error.problems


def _schema(kind: str) -> _Check:
    return lambda source: schema_problems(source, kind)


def _check_fact(source: YamlSource) -> list[Problem]:
    problems = schema_problems(source, "fact")
    if problems:
        return problems
    topic = source.value["topic"]
    if topic != source.path.stem:
        problems.append(
            source.problem(
                ["topic"],
                f"the topic '{topic}' is not the name of the file",
                f"rename the file to {topic}.yml, or write 'topic: {source.path.stem}'",
            )
        )
    if ending := _FOLLOW_UP.search(topic):
        problems.append(
            source.problem(
                ["topic"],
                f"the topic '{topic}' ends in '{ending[0]}' like a follow-up reply",
                "choose another name for the topic",
            )
        )
    return problems


def _check_danger_examples(source: YamlSource) -> list[Problem]:
    problems = schema_problems(source, "danger_examples")
    if problems:
        return problems
    kind, outcome = source.value["kind"], source.value["outcome"]
    if (kind == NOT_DANGER) == (outcome == NOT_DANGER):
        return []
    return [
        source.problem(
            ["outcome"],
            f"the outcome of the kind '{kind}' is '{outcome}'",
            "give danger the outcome crisis or emergency, and the kind none none",
        )
    ]


class _Kind(NamedTuple):
    files: str
    check: _Check
    but: tuple[str, ...] = ()


_KINDS = (
    _Kind("clinic.yml", _schema("clinic")),
    _Kind("sources.yml", _schema("sources")),
    _Kind("facts/*.yml", _check_fact),
    _Kind("lexicon/*.yml", _schema("lexicon"), but=(SPELLING_FILE,)),
    _Kind(f"lexicon/{SPELLING_FILE}", _schema("sms_spelling")),
    _Kind("danger/*.yml", _check_danger_examples, but=(PATTERNS_FILE,)),
    _Kind(f"danger/{PATTERNS_FILE}", pattern_problems),
    _Kind("responses/*.yml", response_shape_problems),
    _Kind("notices.yml", _schema("notices")),
    _Kind("canned_replies.yml", _schema("canned_replies")),
    _Kind("widget.yml", _schema("widget")),
    _Kind("nlu/*.yml", nlu_shape_problems),
)
