"""Collects what the assistant says in one turn."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel


class TurnOutput(OutputChannel):
    """Collects the responses of one turn whole, with their names.

    Its name is the visitor's channel, so that Rasa picks that channel's variant.
    """

    def __init__(self, channel: str) -> None:
        """Creates the collector for one turn."""
        self._channel = channel
        self.responses: list[dict[str, Any]] = []

    def name(self) -> str:
        """Returns the visitor's channel: `web` or `sms`."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keeps a response as it is."""
        self.responses.append(
            {
                "name": message.get("utter_action"),
                "text": message.get("text"),
                "buttons": message.get("buttons") or [],
                "metadata": message.get("metadata") or {},
            }
        )
