"""The turn under way: what the person said and what has been done about it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa.shared.constants import UTTER_PREFIX
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY

from assistant.outcome import FACT_PREFIX


@dataclass(frozen=True)
class Turn:
    """A view of the tracker since the person's latest message.

    Attributes:
        tracker: The conversation.
        message: The latest message.
        events: What happened since, oldest first.
    """

    tracker: DialogueStateTracker
    message: UserUttered
    events: list[Event] = field(default_factory=list)

    @classmethod
    def of(cls, tracker: DialogueStateTracker) -> Turn | None:
        """Returns the turn under way, or None when nobody has written yet."""
        events: list[Event] = []
        for event in reversed(tracker.events):
            if isinstance(event, UserUttered):
                return cls(tracker, event, events[::-1])
            events.append(event)
        return None

    @property
    def intent(self) -> str | None:
        """Name of the intent to act on."""
        name: str | None = self.message.intent.get(INTENT_NAME_KEY)
        return name

    @property
    def confidence(self) -> float:
        """How sure that intent is, 0 to 1."""
        return float(self.message.intent.get(PREDICTED_CONFIDENCE_KEY) or 0.0)

    @property
    def actions(self) -> list[str]:
        """Names of the actions run in this turn."""
        return [
            event.action_name
            for event in self.events
            if isinstance(event, ActionExecuted) and event.action_name
        ]

    @property
    def responses(self) -> list[str]:
        """Names of the responses given in this turn."""
        return [name for name in self.actions if name.startswith(UTTER_PREFIX)]

    @property
    def is_over(self) -> bool:
        """Whether the assistant is already waiting for the next message."""
        return ACTION_LISTEN_NAME in self.actions

    def understood(self, key: str, default: Any) -> Any:
        """Returns something the pipeline found out about the message.

        A button's payload bypasses understanding: it means just its intent.
        """
        if (self.message.text or "").startswith("/"):
            return default
        return (self.message.parse_data or {}).get(key) or default

    def slot_set_since(self, action: str, slot: str) -> Any:
        """Returns what an action of this turn set a slot to, or None if it did not."""
        value = None
        has_run = False
        for event in self.events:
            if isinstance(event, ActionExecuted) and event.action_name == action:
                has_run = True
            if has_run and isinstance(event, SlotSet) and event.key == slot:
                value = event.value
        return value


def responses_before(turn: Turn) -> list[str]:
    """Returns the names of the previous turn's responses, in order."""
    names: list[str] = []
    passed_message = False
    for event in reversed(turn.tracker.events):
        if isinstance(event, UserUttered):
            if passed_message:
                break
            passed_message = True
        elif passed_message and (name := response_name(event)):
            names.append(name)
    return names[::-1]


def last_fact(turn: Turn) -> str | None:
    """Returns the response name of the fact answered last (`utter_faq_<topic>`)."""
    for event in reversed(turn.tracker.events):
        name = response_name(event)
        if name.startswith(FACT_PREFIX):
            return name
    return None


def response_name(event: Event) -> str:
    """Returns the name of the response that an event uttered, or an empty text."""
    name = event.action_name if isinstance(event, ActionExecuted) else None
    return name if name and name.startswith(UTTER_PREFIX) else ""
