"""A visitor who keeps a page open, writes now and then, and remembers when."""

from __future__ import annotations

import asyncio
import time

import httpx

from operations.web_chat import PERSON, Message, WebChat

ASSISTANT = "bot"


class Reader(WebChat):
    """One open page."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        """Begins nothing yet; see parent class."""
        super().__init__(client)
        self.sent: dict[str, float] = {}
        """When each message was sent, by its id, in this order."""
        self.received: list[Message] = []
        self.shown: dict[str, float] = {}
        """When it stood in the chat."""
        self.answered: dict[str, float] = {}
        """When its answer did."""
        self.accepted: list[float] = []
        """How many seconds each message took to be accepted."""
        self._pen = asyncio.Lock()

    async def write(self, text: str) -> None:
        """Sends a message after the one before."""
        async with self._pen:
            began = time.monotonic()
            key = await self.send(text)
            self.sent[key] = began
            self.accepted.append(time.monotonic() - began)

    def hear(self, message: Message) -> None:
        """Remembers it; see parent class."""
        self.received.append(message)
        key, now = message["message_id"], time.monotonic()
        if message["speaker"] == PERSON:
            self.shown.setdefault(key, now)
        elif message["speaker"] == ASSISTANT and key:
            self.answered.setdefault(key, now)

    @property
    def waits(self) -> bool:
        """Whether something was not shown or not answered yet."""
        return not (self.sent.keys() <= self.shown.keys() & self.answered.keys())
