"""What the assistant said, as it stands in the record."""

from __future__ import annotations

from typing import Any

EVENT_ID = "event_id"
"""Metadata of what the front desk had recorded: its own id of the event."""


def is_from_bot(event: dict[str, Any]) -> bool:
    """Whether the assistant itself said something, not staff or a notice."""
    return event["event"] == "bot" and EVENT_ID not in event["metadata"]


def as_response(event: dict[str, Any]) -> dict[str, Any]:
    """Returns a recorded response in the form that the live turn gave."""
    return {
        "name": event["metadata"].get("utter_action"),
        "text": event["text"],
        "buttons": event["data"].get("buttons") or [],
        "metadata": event["metadata"].get("metadata") or {},
    }
