"""A visitor's chat in the terminal: `python -m frontdesk.chat` (make chat).

It uses the public routes and nothing else, as the website's chat will.
"""

import argparse
import asyncio
import os
import sys
import threading
import uuid
from functools import partial
from typing import Any

import httpx
from httpx_sse import SSEError, aconnect_sse

from settings import SettingsError, load_settings

HELP = "Write a message, the number of a button, /leave, /token, /delete or /quit."
QUIT = "/quit"
PROMPT = "you> "
ATTEMPTS = 5
RETRY_SECONDS = 1.0
STREAM_TIMEOUT = httpx.Timeout(10.0, read=40.0)
"""The front desk gives a sign of life every 15 seconds."""


class FrontDeskSilent(Exception):
    """Raised when the front desk cannot be reached; says what to do."""


class Chat:
    """One conversation; messages are printed as they come."""

    def __init__(self, client: httpx.AsyncClient, token: str | None) -> None:
        self._client = client
        self._token = token
        self._last_id = 0
        self._buttons: list[dict[str, Any]] = []

    async def begin(self) -> None:
        """Begins a conversation, or takes one up again.

        Raises:
            FrontDeskSilent: if it cannot be reached.
        """
        try:
            answer = await self._client.post("/chat/sessions", headers=self._headers())
            answer.raise_for_status()
        except httpx.HTTPError as error:
            raise FrontDeskSilent(
                f"the front desk at {self._client.base_url} does not answer "
                f"({type(error).__name__}) -> start it with make run"
            ) from error
        self._token = str(answer.json()["token"])

    async def follow(self) -> None:
        """Prints what comes; connects again whenever the stream ends."""
        while True:
            try:
                await self._follow_once()
            except (httpx.HTTPError, SSEError):
                await asyncio.sleep(RETRY_SECONDS)

    async def obey(self, line: str) -> None:
        """Does what one line asks for."""
        if not line:
            return
        if line == "/token":
            say(f"Go on later with --resume {self._token}")
        elif line == "/leave":
            answer = await self._request("POST", "/chat/leave")
            if answer and not answer.json()["left"]:
                say("(You are talking with the assistant already.)")
        elif line == "/delete":
            answer = await self._request("DELETE", "/chat")
            if answer:
                say("(Everything that was stored of this chat is deleted.)")
        else:
            await self._send(line)

    async def _send(self, line: str) -> None:
        message = {"id": uuid.uuid4().hex}
        number = int(line) if line.isdecimal() else 0
        if 0 < number <= len(self._buttons):
            message["choice"] = str(self._buttons[number - 1]["payload"])
        else:
            message["text"] = line
        await self._request("POST", "/chat/messages", message)

    async def _request(
        self, method: str, path: str, body: dict[str, str] | None = None
    ) -> httpx.Response | None:
        """Sends a request, again if need be: the message's id makes that harmless."""
        for attempt in range(ATTEMPTS):
            try:
                answer = await self._client.request(
                    method, path, json=body, headers=self._headers()
                )
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code < 500:
                break
            if attempt + 1 < ATTEMPTS:
                await asyncio.sleep(RETRY_SECONDS)
        if answer is not None and answer.is_success:
            return answer
        reason = "no answer" if answer is None else _reason(answer)
        say(f"(This was not sent: {reason})")
        return None

    async def _follow_once(self) -> None:
        headers = self._headers() | {"Last-Event-ID": str(self._last_id)}
        async with aconnect_sse(
            self._client, "GET", "/chat/events", headers=headers, timeout=STREAM_TIMEOUT
        ) as source:
            async for event in source.aiter_sse():
                # A sign of life comes as a message without data.
                if event.event == "message" and event.data:
                    self._show(event.json())

    def _show(self, message: dict[str, Any]) -> None:
        self._last_id = message["id"]
        if message["speaker"] == "person":
            return
        say(f"{speaker_of(message)}: {message['text']}")
        if message["buttons"]:
            self._buttons = message["buttons"]
        for number, button in enumerate(message["buttons"], start=1):
            say(f"  [{number}] {button['title']}")

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"} if self._token else {}


def speaker_of(message: dict[str, Any]) -> str:
    """Says who speaks, as the person is to see it."""
    if message["speaker"] == "staff":
        return f"{message['staff_name']} (clinic staff)"
    return "Assistant" if message["speaker"] == "bot" else "Notice"


async def talk(url: str, token: str | None) -> None:
    """Talks until the end of the input.

    Raises:
        FrontDeskSilent: if the front desk cannot be reached.
    """
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    async with httpx.AsyncClient(base_url=url, timeout=10.0, trust_env=False) as client:
        chat = Chat(client, token)
        await chat.begin()
        say(HELP)
        following = asyncio.create_task(chat.follow())
        read = partial(_read_lines, asyncio.get_running_loop(), lines)
        threading.Thread(target=read, daemon=True).start()
        try:
            while line := await lines.get():
                if line.strip() == QUIT:
                    break
                await chat.obey(line.strip())
        finally:
            following.cancel()


def main(arguments: list[str] | None = None) -> int:
    """Runs the chat and returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m frontdesk.chat")
    parser.add_argument("--url", help="the front desk, by default that of settings.yml")
    parser.add_argument("--resume", metavar="TOKEN", help="a chat of before (/token)")
    options = parser.parse_args(arguments)
    try:
        url = options.url or load_settings().frontdesk.url
        asyncio.run(talk(url, options.resume))
    except (FrontDeskSilent, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    return 0


def say(line: str) -> None:
    """Prints a line at once, and leaves the prompt below it if somebody types."""
    if sys.stdout.isatty():
        print(f"\r\x1b[K{line}\n{PROMPT}", end="", flush=True)
    else:
        print(line, flush=True)


def _read_lines(
    loop: asyncio.AbstractEventLoop, lines: "asyncio.Queue[str | None]"
) -> None:
    """Passes on what is typed, and None at its end.

    Read without Python's own buffer: a thread that waits in it cannot be left behind.
    """
    begun = b""
    while read := os.read(sys.stdin.fileno(), 65_536):
        *complete, begun = (begun + read).split(b"\n")
        for line in complete:
            text = line.decode("utf-8", "replace") + "\n"
            loop.call_soon_threadsafe(lines.put_nowait, text)
    loop.call_soon_threadsafe(lines.put_nowait, None)


def _reason(answer: httpx.Response) -> str:
    try:
        detail = answer.json()["detail"]
    except (ValueError, KeyError, TypeError):
        return f"the front desk answered {answer.status_code}"
    return str(detail)


if __name__ == "__main__":
    sys.exit(main())
