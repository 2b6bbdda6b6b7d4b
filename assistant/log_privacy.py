"""Keeps what people write out of the logs.

Rasa logs message texts, slots and events in several places, mostly at debug level but
some as warnings. Every structured log entry loses those fields here, at any level.
"""

from __future__ import annotations

import logging
import re
import warnings
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

LOGGERS_OF_SENDERS = (
    "rasa.core.processor",
    "rasa.core.tracker_store",
    "rasa.core.lock_store",
    "rasa.core.channels.channel",
)
_SENDER = re.compile(r"((?:sender|conversation)(?: id)?) '[^']*'", re.I)


def without_private_fields(
    logger: Any, method: str, entry: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replaces private fields of a log entry (a structlog processor)."""
    return {
        key: REMOVED if key in PRIVATE_FIELDS else value for key, value in entry.items()
    }


class WithoutSender(logging.Filter):
    """Takes the conversation's id out of plain log records."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the record; never drops one."""
        record.msg = _SENDER.sub(r"\1 (not logged)", record.getMessage())
        record.args = ()
        return True


def keep_messages_out_of_logs() -> None:
    """Puts our processor before Rasa's, and silences what quotes messages."""
    for name in LOGGERS_OF_SENDERS:
        logger = logging.getLogger(name)
        if not any(isinstance(known, WithoutSender) for known in logger.filters):
            logger.addFilter(WithoutSender())
    # Rasa warns about a button's payload by printing it; anybody can type one.
    warnings.filterwarnings(
        "ignore", message="(Failed to parse|Invalid JSON|Could not)"
    )
    processors = list(structlog.get_config()["processors"])
    if without_private_fields not in processors:
        structlog.configure(processors=[without_private_fields, *processors])
