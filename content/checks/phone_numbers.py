"""Check: phone numbers come from the clinic file, where they are kept right."""

from __future__ import annotations

import re

from content.checks.library import Library
from content.checks.texts import Text
from content.problem import Problem

_PLACEHOLDER = re.compile(r"\$\{\w+\}")
_PHONE = re.compile(
    r"(?<![\d-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])?\d{3}[ .-]\d{4}(?![\d-])"
    r"|(?<!\d)\d{10,11}(?!\d)"
    r"|(?<!\d)(?:988|911|741741)(?!\d)"
)
"""North American numbers with and without area code, and the lines for emergencies."""


def phone_number_problems(library: Library) -> list[Problem]:
    """Looks for phone numbers that are typed into a text."""
    numbers = {
        value: f"${{{name}}}"
        for name, value in library.clinic.placeholders.items()
        if (name == "phone" or name.startswith("crisis_"))
        and re.search(r"\d{3}", value)
    }
    known = re.compile(
        "|".join(re.escape(value) for value in sorted(numbers, key=len, reverse=True))
    )
    return [
        problem for text in library.texts for problem in _problems(text, known, numbers)
    ]


def _problems(
    text: Text, known: re.Pattern[str], numbers: dict[str, str]
) -> list[Problem]:
    typed = _PLACEHOLDER.sub(" ", text.raw)
    found = [match[0] for match in known.finditer(typed)]
    found += [match[0] for match in _PHONE.finditer(known.sub(" ", typed))]
    return [
        text.problem(
            f"has the phone number '{number}' typed in",
            f"write {numbers.get(number, 'a placeholder of data/clinic.yml')} instead",
        )
        for number in found
    ]
