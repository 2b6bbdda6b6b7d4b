"""Splits texts into sentences."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?])[\"')]*\s+(?=[\"'(]*[A-Z0-9$])|\n+")


def sentences(text: str) -> list[str]:
    """Returns the sentences of a text; a full stop before a small letter ends none."""
    return [" ".join(part.split()) for part in _END.split(text) if part.strip()]
