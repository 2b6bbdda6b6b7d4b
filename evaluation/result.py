"""What the assistant made of one message."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.outcome import Outcome


@dataclass(frozen=True)
class Guess:
    """An intent and how sure the assistant is of it."""

    intent: str
    confidence: float


@dataclass(frozen=True)
class TurnResult:
    """The outcome of a turn, and why.

    Attributes:
        outcome: What the turn came to; None when nothing with an outcome was said.
        topics: The facts answered, in order.
        offered: The facts among a clarification's choices, in order.
        guess: What would be acted on if it were sure enough.
        ranking: The first intents of the whole message.
        danger: What made the message look like danger, or empty.
        texts: What was replied by text message; empty on other channels.
    """

    outcome: Outcome | None
    topics: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    guess: Guess | None = None
    ranking: tuple[Guess, ...] = ()
    danger: str = ""
    texts: tuple[str, ...] = ()
