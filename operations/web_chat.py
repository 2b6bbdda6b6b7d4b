"""A chat as the clinic's website has it, for programs that try the project."""

from __future__ import annotations

import asyncio
import uuid
from abc import ABC, abstractmethod
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any

import httpx
from httpx_sse import EventSource, aconnect_sse

Message = dict[str, Any]

RETRY_SECONDS = 0.5
PERSON = "person"


class WebChat(ABC):
    """One conversation: sends until it is taken, and keeps all that comes."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        """Begins nothing yet."""
        self._client = client
        self._headers: dict[str, str] = {}
        self._last_id = 0
        self.opened = asyncio.Event()
        """Set once the stream is there."""
        self.retries = 0
        self.reconnects = 0

    @property
    def token(self) -> str:
        """What names the conversation."""
        return self._headers["Authorization"].split()[1]

    async def begin(self) -> None:
        """Gets a conversation."""
        answer = await self._insist("/chat/sessions", None)
        self._headers = {"Authorization": f"Bearer {answer.json()['token']}"}

    async def send(self, text: str) -> str:
        """Sends a message and returns its id, once it is taken."""
        key = uuid.uuid4().hex
        await self._insist("/chat/messages", {"id": key, "text": text})
        return key

    @abstractmethod
    def hear(self, message: Message) -> None:
        """Does something with a message that has come."""

    async def follow(self) -> None:
        """Reads the stream, and opens it again when it ends, until it is cancelled."""
        while True:
            with suppress(httpx.TransportError):
                await self._follow_once()
            self.reconnects += 1
            await asyncio.sleep(RETRY_SECONDS)

    async def replay(self) -> list[Message]:
        """Returns everything, as a page that is opened now is shown it."""
        messages = []
        async with self._stream(last_id=0) as source:
            async for event in source.aiter_sse():
                if event.event == "state":
                    break
                messages.append(event.json())
        return messages

    async def _follow_once(self) -> None:
        async with self._stream(self._last_id) as source:
            async for event in source.aiter_sse():
                if event.event == "state":
                    self.opened.set()
                # A sign of life comes as a message without data.
                if event.event == "message" and event.data:
                    message: Message = event.json()
                    self._last_id = message["id"]
                    self.hear(message)

    def _stream(self, last_id: int) -> AbstractAsyncContextManager[EventSource]:
        headers = {**self._headers, "Last-Event-ID": str(last_id)}
        stream: AbstractAsyncContextManager[EventSource] = aconnect_sse(
            self._client, "GET", "/chat/events", headers=headers
        )
        return stream

    async def _insist(self, path: str, body: Message | None) -> httpx.Response:
        """Sends until it is taken; the message's id makes that harmless."""
        while True:
            pause = RETRY_SECONDS
            try:
                answer = await self._client.post(path, json=body, headers=self._headers)
                if answer.is_success:
                    return answer
                if answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                    answer.raise_for_status()
                pause = float(answer.headers.get("Retry-After", pause))
            except httpx.TransportError:
                pass
            self.retries += 1
            await asyncio.sleep(pause)
