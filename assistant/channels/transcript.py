"""Reads a conversation from the record, as staff see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from assistant.channels.incoming import INTENT_PREFIX, TYPED
from assistant.channels.record import NAME, SAID_AT, SPEAKER, STAFF, WITHHELD
from assistant.channels.said import as_response, is_from_bot
from assistant.outcome import DANGER, outcome_of_response
from assistant.tracker_store import StoredEvent
from assistant.understood import danger_seen, recognised_names

Message = dict[str, Any]


def transcript(events: list[StoredEvent]) -> list[Message]:
    """Returns who said what, oldest first."""
    withheld = {
        stored.data["metadata"][WITHHELD]
        for stored in events
        if stored.data["event"] == "bot" and WITHHELD in stored.data["metadata"]
    }
    reader = _Reader(withheld)
    messages = ((stored.number, reader.read(stored.data)) for stored in events)
    return [
        {**_EMPTY, "id": f"e-{number}", **message}
        for number, message in messages
        if message
    ]


_EMPTY: Message = {
    "name": None,
    "staff": None,
    "buttons": [],
    "metadata": {},
    "message_id": None,
    "danger": None,
    "entities": [],
    "withheld": False,
}


@dataclass
class _Reader:
    """Goes through a conversation and keeps in mind where it is.

    Attributes:
        withheld: Ids of the messages whose replies the person did not get.
        titles: What the buttons shown so far say, by their payload.
        channel: The channel of the latest message.
        message_id: The id of the latest message.
    """

    withheld: set[str]
    titles: dict[str, str] = field(default_factory=dict)
    channel: str | None = None
    message_id: str | None = None

    def read(self, event: dict[str, Any]) -> Message | None:
        """Returns what an event adds to the transcript, if anything."""
        if event["event"] == "user":
            return self._from_person(event)
        if event["event"] != "bot" or WITHHELD in event["metadata"]:
            return None
        return self._from_bot(event) if is_from_bot(event) else self._from_staff(event)

    def _from_person(self, event: dict[str, Any]) -> Message:
        self.channel, self.message_id = event["input_channel"], event["message_id"]
        parse_data = event.get("parse_data") or {}
        return {
            "speaker": "person",
            "text": self._as_typed(event),
            "at": _time(event),
            "channel": self.channel,
            "message_id": self.message_id,
            "danger": danger_seen(parse_data),
            "entities": recognised_names(parse_data),
        }

    def _as_typed(self, event: dict[str, Any]) -> str:
        text = event["text"] or ""
        if text.startswith(INTENT_PREFIX):
            return self.titles.get(text, text)
        return str((event.get("metadata") or {}).get(TYPED, text))

    def _from_bot(self, event: dict[str, Any]) -> Message:
        response = as_response(event)
        for button in response["buttons"]:
            if "payload" in button:
                self.titles[button["payload"]] = button["title"]
        is_danger = outcome_of_response(response["name"] or "") in DANGER
        return {
            **response,
            "speaker": "bot",
            "at": _time(event),
            "channel": self.channel,
            "message_id": self.message_id,
            "withheld": self.message_id in self.withheld and not is_danger,
        }

    def _from_staff(self, event: dict[str, Any]) -> Message:
        metadata = event["metadata"]
        return {
            "speaker": metadata[SPEAKER],
            "text": event["text"],
            "name": metadata[NAME],
            "staff": metadata[STAFF],
            "at": metadata[SAID_AT],
            "channel": self.channel,
        }


def _time(event: dict[str, Any]) -> str:
    return datetime.fromtimestamp(event["timestamp"], timezone.utc).isoformat()
