"""What the shell answers to a line.

`rasa shell` works too; this one adds `:why`, which shows how the last message was
understood, or how other words would be, and takes the number of a button.
"""

from __future__ import annotations

import uuid
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from assistant.nlu.answer_gate import CHOICES, QUESTIONS
from assistant.nlu.danger_detector import DANGER, SIGNALS
from assistant.nlu.intent_classifier import NEAREST_EXAMPLES

WHY = ":why"


class ShellOutput(CollectingOutputChannel):
    """Collects a turn's messages; takes the channel's name from Rasa's own shell."""

    @classmethod
    def name(cls) -> str:
        """Returns the name by which responses can be given a variant for the shell."""
        return "cmdline"


class ShellConversation:
    """One conversation at a time with a loaded agent."""

    def __init__(self, agent: Agent) -> None:
        """Starts with a new conversation."""
        self._agent = agent
        self._sender = _new_sender()
        self._buttons: list[dict[str, str]] = []
        self._last_text = ""

    async def answer(self, line: str) -> str:
        """Returns what to print for one line of input."""
        command, _, words = line.partition(" ")
        if command == WHY:
            return await self._explain(words.strip() or self._last_text)
        if line == ":new":
            self._sender, self._buttons = _new_sender(), []
            return "(a new conversation)"
        if line.isdigit() and 0 < int(line) <= len(self._buttons):
            line = self._buttons[int(line) - 1]["payload"]
        self._last_text = line
        output = ShellOutput()
        await self._agent.handle_message(
            UserMessage(line, output, self._sender, input_channel=output.name())
        )
        return self._render(output.messages)

    def _render(self, messages: list[dict[str, Any]]) -> str:
        self._buttons = []
        lines = []
        for message in messages:
            lines.append(f"bot> {message.get('text', '')}")
            for button in message.get("buttons") or []:
                self._buttons.append(button)
                lines.append(f"     [{len(self._buttons)}] {button['title']}")
        return "\n".join(lines) or "bot> (silence)"

    async def _explain(self, text: str) -> str:
        if not text:
            return "(nothing has been said yet)"
        return explanation(await self._agent.parse_message(text))


def explanation(parsed: dict[str, Any]) -> str:
    """Says how a message was understood: intents, examples, names, danger signals."""
    lines = [f"intent acted on: {_scored(parsed['intent'])}"]
    lines += [
        f"  ranking:  {_scored(entry)}" for entry in _first(parsed, "intent_ranking", 5)
    ]
    lines += [
        f"  nearest:  {near['similarity']:.2f} {near['intent']}: {near['text']}"
        for near in _first(parsed, NEAREST_EXAMPLES, 5)
    ]
    for label, key in (("two questions", QUESTIONS), ("choices", CHOICES)):
        if parsed.get(key):
            lines.append(f"{label}: {', '.join(parsed[key])}")
    for entity in parsed.get("entities", []):
        lines.append(f"{entity['entity']}: {entity.get('text')!r} = {entity['value']}")
    signals = parsed.get(SIGNALS, {})
    if signals:  # there was something to read
        score, threshold = signals["score"], signals["threshold"]
        lines.append(f"danger score: {score} (danger from {threshold})")
    lines += [
        f"  pattern {hit['name']} ({hit['kind']}): {hit['text']!r}"
        for hit in signals.get("patterns", [])
    ]
    lines.append(
        f"danger: {parsed[DANGER]['kind']}" if DANGER in parsed else "no danger"
    )
    return "\n".join(lines)


def _first(parsed: dict[str, Any], key: str, count: int) -> list[dict[str, Any]]:
    return list(parsed.get(key) or [])[:count]


def _scored(entry: dict[str, Any]) -> str:
    return f"{entry.get('confidence', 0):.2f} {entry.get('name')}"


def _new_sender() -> str:
    return f"shell-{uuid.uuid4().hex[:8]}"
