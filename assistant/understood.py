"""What was understood of a message, in the form in which staff are told about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CASE_ENTITIES = ("medicine", "condition", "route")
_TOLD_OF_DANGER = ("outcome", "kind", "evidence")


def recognised_names(parse_data: Mapping[str, Any]) -> list[dict[str, str]]:
    """Returns the medicines, conditions and routes that a message names."""
    return [
        {
            "entity": str(entity["entity"]),
            "value": str(entity["value"]),
            "text": str(entity.get("text", entity["value"])),
        }
        for entity in parse_data.get("entities") or []
        if entity.get("entity") in CASE_ENTITIES
    ]


def danger_seen(parse_data: Mapping[str, Any]) -> dict[str, str] | None:
    """Returns the danger that the detector saw in a message, if any."""
    danger = parse_data.get("danger")
    return {key: str(danger[key]) for key in _TOLD_OF_DANGER} if danger else None
