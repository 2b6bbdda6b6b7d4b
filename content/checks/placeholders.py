"""Check: every `${name}` exists in the clinic file, and every other `$` is `$$`."""

from __future__ import annotations

from string import Template

from content.checks.library import Library
from content.checks.texts import Text
from content.problem import Problem


def placeholder_problems(library: Library) -> list[Problem]:
    """Looks at each `$` of every text."""
    names = library.clinic.placeholders
    return [
        problem
        for text in library.texts
        for problem in (
            _problems(text, names) if text.takes_placeholders else _unfilled(text)
        )
    ]


def _problems(text: Text, names: dict[str, str]) -> list[Problem]:
    problems = []
    for match in Template.pattern.finditer(text.raw):
        if match["braced"] and match["braced"] not in names:
            problems.append(
                text.problem(
                    f"has the unknown placeholder {match[0]}",
                    f"use one of data/clinic.yml: {', '.join(sorted(names))}",
                )
            )
        elif match["named"]:
            problems.append(
                text.problem(
                    f"has '{match[0]}' without braces",
                    f"write ${{{match['named']}}}, or $$ for a dollar sign",
                )
            )
        elif match["invalid"] is not None:
            problems.append(
                text.problem("has a single '$'", "write $$ for a dollar sign")
            )
    return problems


def _unfilled(text: Text) -> list[Problem]:
    if "${" not in text.raw:
        return []
    return [
        text.problem(
            "has a placeholder, but titles and claims are printed as they are",
            "write it without a placeholder",
        )
    ]
