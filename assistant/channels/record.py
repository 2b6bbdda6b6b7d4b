"""Records what happens outside the assistant: what staff say and do.

    {"events": [
        {"id", "type": "said", "speaker": "staff" | "notice", "text", "at",
         "staff": "Maria" | null, "name": "staff_joined" | null},
        {"id", "type": "withheld", "message_id"},
        {"id", "type": "care_closed"}]}

Nothing is understood and nothing is answered. What was said and withheld is kept as
events that no policy looks at; `care_closed` sets the slot that ends care mode.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
)

from assistant.channels.said import EVENT_ID
from assistant.channels.validation import (
    LONGEST_TEXT,
    BadRequest,
    a_text,
    a_text_or_none,
)
from assistant.policies.care import CARE_CLOSED_SLOT
from assistant.tracker_store import ClinicTrackerStore

SPEAKERS = ("staff", "notice")
SPEAKER, STAFF, NAME, SAID_AT = "speaker", "staff", "name", "said_at"
WITHHELD = "withheld"


def events_to_record(body: Any) -> list[Event]:
    """Validates a request's body and returns its events, each with its id as metadata.

    Raises:
        BadRequest: naming the event, the field and what it must be.
    """
    given = body.get("events") if isinstance(body, dict) else None
    if not isinstance(given, list) or not given:
        raise BadRequest("send a JSON object with a list of 'events'")
    events = []
    for number, event in enumerate(given):
        try:
            events.append(_event(event))
        except BadRequest as error:
            raise BadRequest(f"events[{number}]: {error}") from error
    return events


async def record(store: ClinicTrackerStore, sender: str, events: list[Event]) -> int:
    """Appends events to a conversation, each id once; returns how many were new.

    Whoever calls this holds the conversation's lock.
    """
    known = {
        stored.data.get("metadata", {}).get(EVENT_ID)
        for stored in store.stored_events(sender)
    }
    new: dict[str, Event] = {}
    for event in events:
        event_id = event.metadata[EVENT_ID]
        if event_id not in known:
            new.setdefault(event_id, event)
    if not new:
        return 0
    tracker = await store.retrieve(sender)
    if tracker is None:
        tracker = store.init_tracker(sender)
        tracker.update_with_events(_first_session(), store.domain)
    tracker.update_with_events(list(new.values()), store.domain)
    await store.save(tracker)
    return len(new)


def _first_session() -> list[Event]:
    """Returns what Rasa writes before the first message of a conversation."""
    return [
        ActionExecuted(ACTION_SESSION_START_NAME),
        SessionStarted(),
        ActionExecuted(ACTION_LISTEN_NAME),
    ]


def _event(given: Any) -> Event:
    if not isinstance(given, dict):
        raise BadRequest("must be a JSON object")
    make = _TYPES.get(str(given.get("type")))
    if make is None:
        raise BadRequest(f"'type' must be one of {', '.join(_TYPES)}")
    return make(given, {EVENT_ID: a_text(given.get("id"), "id")})


def _said(given: dict[str, Any], metadata: dict[str, Any]) -> Event:
    speaker = given.get("speaker")
    if speaker not in SPEAKERS:
        raise BadRequest(f"'speaker' must be one of {', '.join(SPEAKERS)}")
    return BotUttered(
        a_text(given.get("text"), "text", LONGEST_TEXT),
        metadata={
            **metadata,
            SPEAKER: speaker,
            STAFF: a_text_or_none(given.get("staff"), "staff"),
            NAME: a_text_or_none(given.get("name"), "name"),
            SAID_AT: _a_time(given.get("at")),
        },
    )


def _withheld(given: dict[str, Any], metadata: dict[str, Any]) -> Event:
    message_id = a_text(given.get("message_id"), "message_id")
    return BotUttered(metadata={**metadata, WITHHELD: message_id})


def _care_closed(given: dict[str, Any], metadata: dict[str, Any]) -> Event:
    return SlotSet(CARE_CLOSED_SLOT, True, metadata=metadata)


_TYPES: dict[str, Callable[[dict[str, Any], dict[str, Any]], Event]] = {
    "said": _said,
    "withheld": _withheld,
    "care_closed": _care_closed,
}


def _a_time(value: Any) -> str:
    """Returns a time in UTC; `Z` is read too, which Python 3.10 does not know."""
    try:
        at = datetime.fromisoformat(a_text(value, "at").replace("Z", "+00:00"))
        if at.tzinfo is None:
            raise ValueError("it has no time zone")
        return at.astimezone(timezone.utc).isoformat()
    except (ValueError, OverflowError) as error:
        raise BadRequest(
            "'at' must be a time with its zone, such as 2025-01-31T09:30:00+00:00"
        ) from error
