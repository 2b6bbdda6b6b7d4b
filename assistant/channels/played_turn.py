"""Plays a message once; a message that was played before is answered from the record.

Whoever asks holds the conversation's lock.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.channels.incoming import Incoming
from assistant.channels.said import as_response, is_from_bot
from assistant.channels.turn_output import TurnOutput
from assistant.outcome import outcome_of_turn
from assistant.tracker_store import StoredEvent, clinic_store
from assistant.understood import danger_seen, recognised_names

logger = logging.getLogger(__name__)


class ChoiceNotOffered(Exception):
    """Raised when a choice is not among the buttons shown in this session."""


class NoModel(Exception):
    """Raised when no model is loaded that could play a message."""


@dataclass(frozen=True)
class PlayedTurn:
    """What came of a message."""

    responses: list[dict[str, Any]]
    parse_data: Mapping[str, Any]
    replayed: bool = False
    failed: bool = False

    def as_json(self) -> dict[str, Any]:
        """Returns the turn as the front desk gets it."""
        outcome = outcome_of_turn([reply["name"] or "" for reply in self.responses])
        return {
            **({"error": "the turn failed"} if self.failed else {}),
            "outcome": outcome.value if outcome else None,
            "responses": self.responses,
            "danger": danger_seen(self.parse_data),
            "entities": recognised_names(self.parse_data),
            "replayed": self.replayed,
        }


async def play_once(agent: Agent, incoming: Incoming) -> PlayedTurn:
    """Returns the turn of a message, which is played unless the record holds it.

    Raises:
        ChoiceNotOffered: if it is a choice that was not offered.
        NoModel: if the brain has no model.
    """
    recorded = _recorded(agent, incoming)
    if recorded:
        return recorded
    if incoming.choice is not None:
        tracker = await agent.tracker_store.retrieve(incoming.sender)
        if incoming.choice not in offered_choices(tracker):
            raise ChoiceNotOffered
    return await _play(agent, incoming)


def recorded_turn(events: list[StoredEvent], message_id: str) -> PlayedTurn | None:
    """Returns the turn of a message that the conversation already holds."""
    message: dict[str, Any] | None = None
    responses: list[dict[str, Any]] = []
    for event in (stored.data for stored in events):
        if event["event"] == "user":
            if message:
                break
            if event.get("message_id") == message_id:
                message = event
        elif message and is_from_bot(event):
            responses.append(as_response(event))
    if message is None:
        return None
    return PlayedTurn(responses, message.get("parse_data") or {}, replayed=True)


def offered_choices(tracker: DialogueStateTracker | None) -> set[str]:
    """Returns the payloads of every button shown in this session of a conversation.

    Buttons of a session that has ended are not taken any more.
    """
    if tracker is None:
        return set()
    return {
        button["payload"]
        for event in tracker.events
        if isinstance(event, BotUttered)
        for button in event.data.get("buttons") or []
        if "payload" in button
    }


def _recorded(agent: Agent, incoming: Incoming) -> PlayedTurn | None:
    if incoming.message_id is None:
        return None
    try:
        events = clinic_store(agent.tracker_store).stored_events(incoming.sender)
    except Exception as error:
        # Danger is answered even when no conversation can be read.
        logger.error("A message was not looked up: %s.", type(error).__name__)
        return None
    return recorded_turn(events, incoming.message_id)


async def _play(agent: Agent, incoming: Incoming) -> PlayedTurn:
    processor = agent.processor
    if processor is None:
        raise NoModel
    output = TurnOutput(incoming.channel)
    message = UserMessage(
        incoming.understood_text,
        output,
        incoming.sender,
        input_channel=incoming.channel,
        message_id=incoming.message_id,
        metadata=incoming.metadata,
    )
    try:
        # Understood here, so that danger is told even if the turn then fails.
        message.parse_data = await processor.parse_message(message)
        await processor.handle_message(message)
    except Exception as error:
        # The type only: messages of exceptions may repeat what the person wrote.
        logger.error("A turn failed with %s.", type(error).__name__)
        return PlayedTurn(output.responses, message.parse_data or {}, failed=True)
    return PlayedTurn(output.responses, message.parse_data)
