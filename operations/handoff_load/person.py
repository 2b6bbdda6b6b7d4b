"""A person on the clinic's website: sends, and keeps all that comes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
from itsdangerous import URLSafeTimedSerializer

from operations.web_chat import PERSON, Message, WebChat

FACTS = (
    "is ketamine an opioid?",
    "is ketamine addictive?",
    "is it a horse tranquilizer?",
)
ASKS_FOR_STAFF = "can i talk to a real person please"
TO_STAFF = ("thank you", "what should i bring with me?")
LEFT = "staff_left"


class Person(WebChat):
    """One conversation."""

    def __init__(self, client: httpx.AsyncClient, wants_staff: bool) -> None:
        """Begins nothing yet; see parent class."""
        super().__init__(client)
        self._wants_staff = wants_staff
        self._news = asyncio.Event()
        self.sent: list[str] = []
        self.received: list[Message] = []

    @property
    def sender(self) -> str:
        """The name of the conversation, as the token has it."""
        return str(URLSafeTimedSerializer("").loads_unsafe(self.token)[1])

    async def talk(self) -> None:
        """Asks, hears all answers, and lets staff help if that is wanted."""
        following = asyncio.create_task(self.follow())
        try:
            # In one breath: they are to be answered in this order.
            for fact in FACTS[:2]:
                await self._say(fact)
            await self._until(lambda: len(self._facts()) >= 2)
            if self._wants_staff:
                await self._say(ASKS_FOR_STAFF)
                await self._until(lambda: len(self.said_by("staff")) >= 1)
                for text in TO_STAFF:
                    await self._say(text)
                await self._until(lambda: self._has(LEFT))
            await self._say(FACTS[2])
            await self._until(lambda: len(self._facts()) >= len(FACTS))
        finally:
            following.cancel()

    def hear(self, message: Message) -> None:
        """Keeps what others say; see parent class."""
        if message["speaker"] != PERSON:
            self.received.append(message)
            self._news.set()

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

    async def _say(self, text: str) -> None:
        self.sent.append(text)
        await self.send(text)

    async def _until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self._news.clear()
            await self._news.wait()
