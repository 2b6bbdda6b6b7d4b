"""Check: every `{field}` of a notice is one that the front desk fills in there."""

from __future__ import annotations

import re

from content.checks.library import Library
from content.checks.texts import Text
from content.problem import Problem

FIELDS = {
    "staff_joined": frozenset(["staff_name"]),
    "staff_changed": frozenset(["staff_name"]),
    "closed_now": frozenset(["opens"]),
}
_FIELD = re.compile(r"(?<!\$)\{(\w*)\}")


def notice_field_problems(library: Library) -> list[Problem]:
    """Looks at each `{...}` of the notices and of the replies at the desk."""
    return [
        problem
        for texts, known in (
            (library.notices, FIELDS),
            (library.canned_replies, {}),
        )
        for text in texts
        for problem in _problems(text, known)
    ]


def _problems(text: Text, known: dict[str, frozenset[str]]) -> list[Problem]:
    fields = known.get(str(text.key_path[0]), frozenset())
    remedy = (
        f"use {', '.join(f'{{{field}}}' for field in sorted(fields))} only"
        if fields
        else "write it without; clinic.yml's values are written ${name}"
    )
    return [
        text.problem(f"has {match[0]}, which is not filled in here", remedy)
        for match in _FIELD.finditer(text.raw)
        if match[1] not in fields
    ]
