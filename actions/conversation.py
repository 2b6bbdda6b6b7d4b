"""What a case needs to know of a conversation, read from rasa-sdk's tracker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa_sdk import Tracker

NOT_A_QUESTION = frozenset({"affirm", "deny"})

Event = dict[str, Any]


def latest_user_event(tracker: Tracker) -> Event:
    """Returns the event of the latest message.

    Raises:
        ValueError: if nobody has written anything.
    """
    for event in _user_events(tracker):
        return event
    raise ValueError("the conversation holds no message")


def message_to_pass_on(tracker: Tracker) -> Event:
    """Returns the latest message that says something, not a button or a bare yes."""
    for event in _user_events(tracker):
        intent = event.get("parse_data", {}).get("intent", {}).get("name")
        typed = not str(event.get("text") or "").startswith("/")
        if typed and intent not in NOT_A_QUESTION:
            return event
    return latest_user_event(tracker)


def actions_of_turn(tracker: Tracker) -> list[str]:
    """Returns the names of the actions since the latest message, oldest first."""
    names: list[str] = []
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            break
        if event.get("event") == "action" and event.get("name"):
            names.append(str(event["name"]))
    return names[::-1]


def message_answered_by(tracker: Tracker, prefixes: tuple[str, ...]) -> Event | None:
    """Returns the latest message that a response of such a name answered, if any."""
    answered = False
    for event in reversed(tracker.events):
        name = str(event.get("name") or "") if event.get("event") == "action" else ""
        answered = answered or name.startswith(prefixes)
        if answered and event.get("event") == "user":
            message: Event = event
            return message
    return None


def _user_events(tracker: Tracker) -> Iterator[Event]:
    return (event for event in reversed(tracker.events) if event["event"] == "user")
