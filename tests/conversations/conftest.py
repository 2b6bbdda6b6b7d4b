"""Conversations with the trained model, through Rasa's own processor."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.channels.incoming import as_plain_text
from assistant.channels.turn_output import TurnOutput
from assistant.outcome import outcome_of_turn, topics_of_turn
from operations.trained_model import newest, verified


@dataclass
class Conversation:
    """One visitor; what is said is read from the names of the responses."""

    agent: Agent
    loop: asyncio.AbstractEventLoop
    sender: str = field(default_factory=lambda: uuid.uuid4().hex)
    channel: str = "web"
    replies: list[dict[str, Any]] = field(default_factory=list)

    def say(self, text: str, owner: str = "bot") -> list[str]:
        """Sends typed text and returns the names of the responses."""
        return self._send(as_plain_text(text), owner)

    def press(self, payload: str) -> list[str]:
        """Presses a button."""
        return self._send(payload, "bot")

    def _send(self, text: str, owner: str) -> list[str]:
        output = TurnOutput(self.channel)
        message = UserMessage(
            text,
            output,
            self.sender,
            input_channel=self.channel,
            metadata={"owner": owner},
        )
        self.loop.run_until_complete(self.agent.handle_message(message))
        self.replies = output.responses
        return [str(reply["name"]) for reply in self.replies]

    def outcome(self, text: str) -> str | None:
        """Sends text and returns the outcome's name."""
        outcome = outcome_of_turn(self.say(text))
        return outcome.value if outcome else None

    def topics(self, text: str) -> list[str]:
        """Sends text and returns the topics answered."""
        return topics_of_turn(self.say(text))

    def record(self, events: list[Event]) -> None:
        """Adds events to the conversation, as Rasa's HTTP API does."""
        tracker = self._tracker()
        for event in events:
            tracker.update(event, self.agent.domain)
        self.loop.run_until_complete(self.agent.tracker_store.save(tracker))

    def age(self, hours: float) -> None:
        """Makes all that was said so far some hours older."""
        tracker = self._tracker()
        for event in tracker.events:
            event.timestamp -= hours * 60 * 60
        self.loop.run_until_complete(self.agent.tracker_store.save(tracker))
        assert tracker.events[-1].timestamp < time.time() - (hours - 1) * 60 * 60

    def _tracker(self) -> DialogueStateTracker:
        store = self.agent.tracker_store
        return self.loop.run_until_complete(store.retrieve(self.sender))

    @property
    def buttons(self) -> list[dict[str, str]]:
        """The buttons of the last turn."""
        return [button for reply in self.replies for button in reply["buttons"]]


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def agent() -> Agent:
    return Agent.load(str(verified(newest())))


@pytest.fixture
def visitor(agent: Agent, loop: asyncio.AbstractEventLoop) -> Conversation:
    return Conversation(agent, loop)


@pytest.fixture
def texter(agent: Agent, loop: asyncio.AbstractEventLoop) -> Conversation:
    return Conversation(agent, loop, channel="sms")
