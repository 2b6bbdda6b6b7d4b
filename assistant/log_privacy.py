"""Keeps what people write out of the logs.

Rasa logs message texts, slots and events in several places, mostly at debug level but
some as warnings. Every structured log entry loses those fields here, at any level.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import structlog

PRIVATE_FIELDS = frozenset(
    {
        "text",
        "user_text",
        "parse_data_text",
        "parse_data_entities",
        "current_states",
        "prediction_events",
        "rasa_events",
        "response",
        "slot_values",
        "current_slot_values",
        "entities",
        "message",
        "sender_id",
        "json_message",
    }
)
"""Fields of Rasa's log entries that repeat what a person wrote or who wrote it."""

REMOVED = "(not logged)"


def without_private_fields(
    logger: Any, method: str, entry: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replaces private fields of a log entry (a structlog processor)."""
    return {
        key: REMOVED if key in PRIVATE_FIELDS else value for key, value in entry.items()
    }


def keep_messages_out_of_logs() -> None:
    """Puts the processor in front of those that Rasa configured."""
    processors = list(structlog.get_config()["processors"])
    if without_private_fields not in processors:
        structlog.configure(processors=[without_private_fields, *processors])
