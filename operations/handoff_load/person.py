"""A person on the clinic's website: sends, and keeps all that comes."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable
from typing import Any

import httpx
from httpx_sse import aconnect_sse
from itsdangerous import URLSafeTimedSerializer

Message = dict[str, Any]

FACTS = (
    "is ketamine an opioid?",
    "is ketamine addictive?",
    "is it a horse tranquilizer?",
)
ASKS_FOR_STAFF = "can i talk to a real person please"
TO_STAFF = ("thank you", "what should i bring with me?")
LEFT = "staff_left"
RETRY_SECONDS = 0.5


class Person:
    """One conversation."""

    def __init__(self, client: httpx.AsyncClient, wants_staff: bool) -> None:
        self._client = client
        self._wants_staff = wants_staff
        self._headers: dict[str, str] = {}
        self._news = asyncio.Event()
        self._last_id = 0
        self.sent: list[str] = []
        self.received: list[Message] = []
        self.retries = 0

    async def begin(self) -> None:
        """Gets a conversation."""
        answer = await self._insist("/chat/sessions", None)
        self._headers = {"Authorization": f"Bearer {answer.json()['token']}"}

    @property
    def sender(self) -> str:
        """The name of the conversation, as the token has it."""
        token = self._headers["Authorization"].split()[1]
        return str(URLSafeTimedSerializer("").loads_unsafe(token)[1])

    async def talk(self) -> None:
        """Asks, hears all answers, and lets staff help if that is wanted."""
        following = asyncio.create_task(self._follow())
        try:
            # In one breath: they are to be answered in this order.
            for fact in FACTS[:2]:
                await self._send(fact)
            await self._until(lambda: len(self._facts()) >= 2)
            if self._wants_staff:
                await self._send(ASKS_FOR_STAFF)
                await self._until(lambda: len(self.said_by("staff")) >= 1)
                for text in TO_STAFF:
                    await self._send(text)
                await self._until(lambda: self._has(LEFT))
            await self._send(FACTS[2])
            await self._until(lambda: len(self._facts()) >= len(FACTS))
        finally:
            following.cancel()

    def said_by(self, speaker: str) -> list[str]:
        """Returns what the bot, staff or the front desk said."""
        return [one["text"] for one in self.received if one["speaker"] == speaker]

    def _facts(self) -> list[str]:
        return [
            one["name"]
            for one in self.received
            if str(one["name"]).startswith("utter_faq_")
        ]

    def _has(self, name: str) -> bool:
        return any(one["name"] == name for one in self.received)

    async def _send(self, text: str) -> None:
        self.sent.append(text)
        message = {"id": uuid.uuid4().hex, "text": text}
        await self._insist("/chat/messages", message)

    async def _insist(self, path: str, body: Message | None) -> httpx.Response:
        """Sends until it is taken; the message's id makes that harmless."""
        while True:
            try:
                answer = await self._client.post(path, json=body, headers=self._headers)
                if answer.is_success:
                    return answer
                if answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                    answer.raise_for_status()
            except httpx.TransportError:
                pass
            self.retries += 1
            await asyncio.sleep(RETRY_SECONDS)

    async def _until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self._news.clear()
            await self._news.wait()

    async def _follow(self) -> None:
        while True:
            try:
                await self._follow_once()
            except httpx.TransportError:
                await asyncio.sleep(RETRY_SECONDS)

    async def _follow_once(self) -> None:
        headers = {**self._headers, "Last-Event-ID": str(self._last_id)}
        async with aconnect_sse(
            self._client, "GET", "/chat/events", headers=headers
        ) as source:
            async for event in source.aiter_sse():
                # A sign of life comes as a message without data.
                if event.event == "message" and event.data:
                    self._hear(json.loads(event.data))

    def _hear(self, message: Message) -> None:
        self._last_id = message["id"]
        if message["speaker"] != "person":
            self.received.append(message)
            self._news.set()
