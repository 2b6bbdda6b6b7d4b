"""Plays each message as the first of a new conversation through the whole dialogue.

There is no action server and nothing is stored: handoffs take the way they take when
the front desk cannot be reached, and say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as UNSURE
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
)

from assistant.channels.incoming import as_plain_text
from assistant.channels.turn_output import TurnOutput
from assistant.nlu.answer_gate import CHOICES
from assistant.nlu.danger_detector import DANGER
from assistant.outcome import (
    Outcome,
    outcome_of_response,
    outcome_of_turn,
    topics_of_turn,
)
from assistant.policies.turn import Turn
from evaluation.errors import EvaluationError
from evaluation.message import LabelledMessage
from evaluation.result import Guess, TurnResult

SHOWN_INTENTS = 3
SMS = "sms"

_FACT_PAYLOAD = re.compile(r"/faq_(\w+)")


def load_agent(model: Path) -> Agent:
    """Loads a model; conversations are kept in memory only.

    Raises:
        EvaluationError: if it cannot be loaded.
    """
    try:
        return Agent.load(model, tracker_store=InMemoryTrackerStore(Domain.empty()))
    except Exception as error:
        reason = error.__cause__ or error  # Rasa's own says only which component
        raise EvaluationError(
            f"{model}: cannot be loaded -> run 'make train' "
            f"({type(reason).__name__}: {reason})"
        ) from error


async def play(
    agent: Agent, messages: Iterable[LabelledMessage], channel: str | None = None
) -> list[TurnResult]:
    """Returns what comes of each message, on the channel that suits its style.

    Args:
        agent: What answers.
        messages: What is sent.
        channel: `web` or `sms` plays all of them there.

    Raises:
        EvaluationError: if a turn fails; names the message by its place only.
    """
    return [
        await _play_message(
            agent, message, f"evaluation-{number}", channel or _channel_of(message)
        )
        for number, message in enumerate(messages)
    ]


async def _play_message(
    agent: Agent, message: LabelledMessage, sender: str, channel: str
) -> TurnResult:
    incoming = UserMessage(
        as_plain_text(message.text),
        TurnOutput(channel),
        sender,
        input_channel=channel,
        metadata={"owner": "bot"},
    )
    try:
        await agent.handle_message(incoming)
    except Exception as error:
        # the type only: messages of exceptions may repeat what the person wrote
        raise EvaluationError(
            f"{message.file}, line {message.line}: the turn failed with "
            f"{type(error).__name__} -> try it in 'make shell'"
        ) from None
    return read_turn(await agent.tracker_store.retrieve(sender))


def read_turn(tracker: DialogueStateTracker) -> TurnResult:
    """Returns what the latest turn of a conversation came to."""
    turn = Turn.of(tracker)
    if turn is None:
        return TurnResult(None)
    replies = [event for event in turn.events if isinstance(event, BotUttered)]
    names = [_name(reply) for reply in replies]
    understood: Mapping[str, Any] = turn.message.parse_data or {}
    return TurnResult(
        outcome=outcome_of_turn(names),
        topics=tuple(topics_of_turn(names)),
        offered=tuple(topic for reply in replies for topic in _offered_topics(reply)),
        guess=_guess(understood),
        ranking=tuple(
            _as_guess(entry)
            for entry in understood.get(INTENT_RANKING_KEY, [])[:SHOWN_INTENTS]
        ),
        danger=_in_words(understood.get(DANGER)),
        texts=tuple(
            reply.text or "" for reply in replies if turn.message.input_channel == SMS
        ),
    )


def _channel_of(message: LabelledMessage) -> str:
    return SMS if message.style == SMS else "web"


def _name(reply: BotUttered) -> str:
    return str((reply.metadata or {}).get("utter_action", ""))


def _offered_topics(reply: BotUttered) -> list[str]:
    if outcome_of_response(_name(reply)) is not Outcome.CLARIFY:
        return []
    payloads = [button.get("payload", "") for button in reply.data["buttons"] or []]
    matches = [_FACT_PAYLOAD.match(payload) for payload in payloads]
    return [match[1] for match in matches if match]


def _guess(understood: Mapping[str, Any]) -> Guess | None:
    """The intent acted on; when none is sure enough, the first that may be offered."""
    decided = _as_guess(understood.get(INTENT) or {})
    if decided.intent != UNSURE:
        return decided
    choices = understood.get(CHOICES) or []
    return Guess(choices[0], decided.confidence) if choices else None


def _as_guess(entry: Mapping[str, Any]) -> Guess:
    name = entry.get(INTENT_NAME_KEY) or ""
    return Guess(name, float(entry.get(PREDICTED_CONFIDENCE_KEY) or 0.0))


def _in_words(danger: Mapping[str, Any] | None) -> str:
    return ", ".join(f"{key}: {value}" for key, value in (danger or {}).items())
