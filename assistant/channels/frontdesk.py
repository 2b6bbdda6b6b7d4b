"""The `frontdesk` channel: the one way by which visitors' messages reach the brain.

`POST /webhooks/frontdesk/messages` with a bearer token takes

    {"sender": "...", "text": "..." | "choice": "/payload", "channel": "web" | "sms",
     "owner": "bot" | "human", "message_id": "..."}

and returns the named responses of the turn:

    {"outcome": "answer", "responses": [{"name", "text", "buttons", "metadata"}, ...]}

Typed text is only ever text: it never selects an intent, fills a slot or restarts. A
choice is taken only if it is among the buttons that were offered in this conversation.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.outcome import outcome_of_turn
from settings import load_settings

logger = logging.getLogger(__name__)

CHANNELS = ("web", "sms")
OWNERS = ("bot", "human")
LONGEST_SENDER = 255
LONGEST_TEXT = 10_000
INTENT_PREFIX = "/"
UNREADABLE = "?"
"""Stands for a message with nothing to read in it (blank, control characters)."""


class BadRequest(Exception):
    """Raised when a request is not as described above; tells what to mend."""


@dataclass(frozen=True)
class Incoming:
    """A validated request."""

    sender: str
    text: str | None
    choice: str | None
    channel: str
    owner: str
    message_id: str | None

    @classmethod
    def from_json(cls, body: Any) -> Incoming:
        """Validates a request's body.

        Raises:
            BadRequest: naming the field and what it must be.
        """
        if not isinstance(body, dict):
            raise BadRequest("send a JSON object")
        sender = body.get("sender")
        if not isinstance(sender, str) or not 0 < len(sender) <= LONGEST_SENDER:
            raise BadRequest(f"'sender' must be a text of 1 to {LONGEST_SENDER}")
        channel, owner = body.get("channel", "web"), body.get("owner", "bot")
        if channel not in CHANNELS:
            raise BadRequest(f"'channel' must be one of {', '.join(CHANNELS)}")
        if owner not in OWNERS:
            raise BadRequest(f"'owner' must be one of {', '.join(OWNERS)}")
        text, choice = body.get("text"), body.get("choice")
        if (text is None) == (choice is None):
            raise BadRequest("give either 'text' or 'choice'")
        given = text if choice is None else choice
        if not isinstance(given, str) or len(given) > LONGEST_TEXT:
            raise BadRequest(f"the message must be a text of at most {LONGEST_TEXT}")
        message_id = body.get("message_id")
        if message_id is not None and not isinstance(message_id, str):
            raise BadRequest("'message_id' must be a text")
        return cls(sender, text, choice, channel, owner, message_id)


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


class FrontDeskInput(InputChannel):
    """Receives messages from the front desk."""

    def __init__(self, token: str) -> None:
        """Creates the channel; `token` is what the front desk must present."""
        self._token = token

    @classmethod
    def name(cls) -> str:
        """Returns the channel's name in URLs."""
        return "frontdesk"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Creates the channel with the token of the secrets file."""
        return cls(load_settings().secret("BRAIN_TOKEN"))

    def blueprint(
        self, on_new_message: Callable[[UserMessage], Awaitable[Any]]
    ) -> Blueprint:
        """Returns the channel's routes."""
        routes = Blueprint("frontdesk", "frontdesk")

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.route("/messages", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            if not self._is_authorized(request):
                return response.json({"error": "wrong or missing token"}, status=401)
            try:
                incoming = Incoming.from_json(_json(request))
            except BadRequest as error:
                return response.json({"error": str(error)}, status=422)
            if incoming.choice is not None:
                tracker = await request.app.ctx.agent.tracker_store.retrieve(
                    incoming.sender
                )
                if incoming.choice not in offered_choices(tracker):
                    return response.json({"error": "not offered"}, status=409)
            return await _play_turn(on_new_message, incoming)

        return routes

    def _is_authorized(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode())


async def _play_turn(
    on_new_message: Callable[[UserMessage], Awaitable[Any]], incoming: Incoming
) -> HTTPResponse:
    output = TurnOutput(incoming.channel)
    try:
        await on_new_message(
            UserMessage(
                incoming.choice or as_plain_text(incoming.text or ""),
                output,
                incoming.sender,
                input_channel=incoming.channel,
                message_id=incoming.message_id,
                metadata={"owner": incoming.owner},
            )
        )
    except Exception as error:
        # The type only: messages of exceptions may repeat what the person wrote.
        logger.error("A turn failed with %s.", type(error).__name__)
        return response.json(
            {"error": "the turn failed", "responses": output.responses}, status=500
        )
    outcome = outcome_of_turn([reply["name"] or "" for reply in output.responses])
    return response.json(
        {"outcome": outcome.value if outcome else None, "responses": output.responses}
    )


def as_plain_text(text: str) -> str:
    """Returns what a person typed so that Rasa cannot read it as a command."""
    readable = text.encode("utf-8", "ignore").decode("utf-8").strip()
    plain = readable.lstrip(INTENT_PREFIX + " \t\r\n")
    return plain or UNREADABLE


def offered_choices(tracker: DialogueStateTracker | None) -> set[str]:
    """Returns the payloads of every button shown in this conversation."""
    if tracker is None:
        return set()
    return {
        button["payload"]
        for event in tracker.events
        if isinstance(event, BotUttered)
        for button in event.data.get("buttons") or []
        if "payload" in button
    }


def _json(request: Request) -> Any:
    try:
        return request.json
    except Exception as error:
        raise BadRequest("send valid JSON in UTF-8") from error
