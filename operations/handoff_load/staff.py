"""A member of staff who works with the forms of the desk, several chats at a time."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from urllib.parse import quote

import httpx

from operations.handoff_load.person import TO_STAFF
from operations.private_stack import STAFF_PASSWORD

LOOK_SECONDS = 1.0
NOT_READ = "the assistant has not read it yet"
REQUEST_SECONDS = 120.0
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
_WAITING = re.compile(r'<section class="queue" id="queue-waiting".*?</section>', re.S)
_CONVERSATION = re.compile(r'href="(/conversations/[^"]+)"')
_CLOSE = re.compile(r'action="(/cases/[^"/]+/close)"')


class Staff:
    """Takes whoever waits, answers twice, and closes the case."""

    def __init__(self, url: str, name: str, helped: set[str]) -> None:
        """Signs nobody in; `helped` is what all of them know to be dealt with."""
        self._client = httpx.AsyncClient(base_url=url, timeout=REQUEST_SECONDS)
        self._name = name
        self._csrf = ""
        self._helped = helped
        self._chats: list[asyncio.Task[None]] = []
        self._said: dict[str, list[str]] = {}

    async def sign_in(self, email: str) -> None:
        """Opens a session."""
        form = {"email": email, "password": STAFF_PASSWORD}
        answer = await self._client.post("/sign-in", data=form)
        if answer.status_code != httpx.codes.SEE_OTHER:
            raise RuntimeError(f"signing in was answered {answer.status_code}")
        self._csrf = _first(_CSRF, await self._page("/account"))

    async def work(self) -> None:
        """Takes conversations until it is cancelled."""
        try:
            while True:
                section = _WAITING.search(await self._page("/"))
                for path in _CONVERSATION.findall(section[0] if section else ""):
                    # Who writes after the end waits again, and is answered already.
                    if path not in self._helped and await self._take(path):
                        self._helped.add(path)
                        self._chats.append(asyncio.create_task(self._help(path)))
                for chat in self._chats:
                    if chat.done():
                        chat.result()
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            for chat in self._chats:
                chat.cancel()

    def said_to(self, sender: str) -> list[str]:
        """Returns what was sent to a person."""
        return self._said.get(f"/conversations/{quote(sender, safe='')}", [])

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    async def _take(self, path: str) -> bool:
        """Takes a conversation, unless a colleague was first."""
        status = await self._send(f"{path}/take", {})
        return bool(status == httpx.codes.SEE_OTHER)

    async def _help(self, path: str) -> None:
        await self._reply(path, 1)
        page = await self._wait_for(path, TO_STAFF)
        await self._reply(path, 2)
        await self._send(_first(_CLOSE, page), {})

    async def _reply(self, path: str, number: int) -> None:
        text = f"{self._name} here, answer {number} of 2."
        await self._send(f"{path}/reply", {"text": text, "key": f"answer-{number}"})
        self._said.setdefault(path, []).append(text)

    async def _wait_for(self, path: str, texts: Sequence[str]) -> str:
        """Returns the page when the person has written all of this.

        The assistant has read it by then: what it reads after the end, it answers.
        """
        while True:
            page = await self._page(path)
            if NOT_READ not in page and all(text in page for text in texts):
                return page
            await asyncio.sleep(LOOK_SECONDS)

    async def _page(self, path: str) -> str:
        while True:
            answer = await self._client.get(path)
            if answer.status_code == httpx.codes.OK:
                return str(answer.text)
            await asyncio.sleep(LOOK_SECONDS)

    async def _send(self, path: str, fields: dict[str, str]) -> int:
        """Sends a form, again while the desk does not confirm it."""
        while True:
            answer = await self._client.post(path, data={"csrf": self._csrf, **fields})
            if answer.status_code in (httpx.codes.SEE_OTHER, httpx.codes.CONFLICT):
                return int(answer.status_code)
            await asyncio.sleep(LOOK_SECONDS)


def _first(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    if found is None:
        raise RuntimeError(f"the page lacks {pattern.pattern}")
    return found[1]
