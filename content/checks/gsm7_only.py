"""Check: what an SMS may carry has GSM-7 characters only.

One other character turns the whole message into UCS-2, at 67 characters a segment.
"""

from __future__ import annotations

import unicodedata

from content import gsm7
from content.checks.library import Library
from content.problem import Problem


def gsm7_problems(library: Library) -> list[Problem]:
    """Looks for characters outside GSM-7 in texts and in the clinic's values."""
    problems = []
    for text in library.texts:
        if text.on_sms:
            problems += [
                text.problem(*gsm7_wording(character))
                for character in sorted(gsm7.foreign_characters(text.raw))
            ]
    clinic = library.clinic
    for name, value in clinic.placeholders.items():
        if name == "hours":  # the same value as `hours_text`, whose place is known
            continue
        problems += [
            clinic.source.problem(_key_path(name), f"{name} {message}", remedy)
            for message, remedy in map(
                gsm7_wording, sorted(gsm7.foreign_characters(value))
            )
        ]
    return problems


def gsm7_wording(character: str) -> tuple[str, str]:
    """Returns what to say of a character outside GSM-7, and the remedy."""
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    replacement = gsm7.replacement(character)
    return (
        f"has '{character}' ({name}), which an SMS cannot carry in GSM-7",
        f"write '{replacement}' instead" if replacement else "remove it",
    )


def _key_path(placeholder: str) -> list[str]:
    """Where a placeholder's value stands in the clinic file."""
    for parent in ("hours", "crisis"):
        if placeholder.startswith(f"{parent}_"):
            return [parent, placeholder.removeprefix(f"{parent}_")]
    return [placeholder]
