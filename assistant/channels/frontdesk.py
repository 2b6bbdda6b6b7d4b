"""The `frontdesk` channel: the one way by which visitors' messages reach the brain.

All routes are below `/webhooks/frontdesk` and need the bearer token.

`POST /messages` plays a message and returns the named responses of the turn

    {"sender": "...", "text": "..." | "choice": "/payload", "channel": "web" | "sms",
     "owner": "bot" | "human", "message_id": "..."}
    -> {"outcome": "answer", "danger": {"outcome", "kind", "evidence"} | null,
        "responses": [{"name", "text", "buttons", "metadata"}, ...],
        "entities": [{"entity", "value", "text"}, ...], "replayed": false}

Typed text is only ever text: it never selects an intent, fills a slot or restarts. A
choice is taken only if it is among the buttons that were offered in this session (409).
A message whose id the conversation holds is not played again: the recorded responses
come back, with `replayed`. A turn that fails (500) tells what was said and seen so far.

`GET /conversations/<sender>` returns the whole conversation (see `transcript`),
`POST /conversations/<sender>/events` records what staff say and do (see `record`), and
`DELETE /conversations/<sender>` forgets the conversation. When a conversation cannot be
read or stored, or is busy for too long, the answer is 503: ask again later.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.channels.incoming import Incoming
from assistant.channels.played_turn import ChoiceNotOffered, play_once
from assistant.channels.record import events_to_record, record
from assistant.channels.transcript import transcript
from assistant.channels.validation import BadRequest, a_text, read_json
from assistant.tracker_store import ClinicTrackerStore, clinic_store
from settings import load_settings

logger = logging.getLogger(__name__)

Handler = Callable[..., Coroutine[Any, Any, HTTPResponse]]
CONVERSATION = "/conversations/<sender>"


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
        routes.add_route(_health, "/", methods=["GET"])
        for handler, uri, method in (
            (_receive, "/messages", "POST"),
            (_read, CONVERSATION, "GET"),
            (_record, f"{CONVERSATION}/events", "POST"),
            (_forget, CONVERSATION, "DELETE"),
        ):
            routes.add_route(
                self._guarded(handler), uri, methods=[method], unquote=True
            )
        return routes

    def _guarded(self, handler: Handler) -> Handler:
        """Lets only the front desk in, and tells it what went wrong."""

        @wraps(handler)
        async def guarded(request: Request, **path: str) -> HTTPResponse:
            if not self._is_authorized(request):
                return _error("wrong or missing token", 401)
            # Finished even if the front desk hangs up: it will ask for the turn again.
            return await asyncio.shield(_answer(handler, request, path))

        return guarded

    def _is_authorized(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode())


async def _answer(
    handler: Handler, request: Request, path: dict[str, str]
) -> HTTPResponse:
    try:
        return await handler(request, **path)
    except BadRequest as error:
        return _error(str(error), 422)
    except Exception as error:
        # The type only: messages of exceptions may repeat what the person wrote.
        logger.error("%s failed with %s.", handler.__name__, type(error).__name__)
        return _error("the conversation cannot be reached now; try again later", 503)


async def _health(request: Request) -> HTTPResponse:
    return response.json({"status": "ok"})


async def _receive(request: Request) -> HTTPResponse:
    incoming = Incoming.from_json(read_json(request))
    agent = request.app.ctx.agent
    async with agent.lock_store.lock(incoming.sender):
        try:
            turn = await play_once(agent, incoming)
        except ChoiceNotOffered:
            return _error("not offered", 409)
    return response.json(turn.as_json(), status=500 if turn.failed else 200)


async def _read(request: Request, sender: str) -> HTTPResponse:
    events = _store(request).stored_events(a_text(sender, "sender"))
    return response.json({"messages": transcript(events)})


async def _record(request: Request, sender: str) -> HTTPResponse:
    a_text(sender, "sender")
    events = events_to_record(read_json(request))
    async with request.app.ctx.agent.lock_store.lock(sender):
        recorded = await record(_store(request), sender, events)
    return response.json({"recorded": recorded})


async def _forget(request: Request, sender: str) -> HTTPResponse:
    a_text(sender, "sender")
    async with request.app.ctx.agent.lock_store.lock(sender):
        deleted = _store(request).erase(sender)
    return response.json({"deleted": deleted})


def _store(request: Request) -> ClinicTrackerStore:
    return clinic_store(request.app.ctx.agent.tracker_store)


def _error(message: str, status: int) -> HTTPResponse:
    return response.json({"error": message}, status=status)
