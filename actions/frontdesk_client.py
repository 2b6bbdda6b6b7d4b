"""The front desk, as the action server sees it: it stores cases and deletes data."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import quote

import aiohttp

from settings import Settings, load_settings


class FrontDeskUnavailable(Exception):
    """Raised when the front desk did not confirm what it was asked to do."""


@dataclass(frozen=True)
class CaseRequest:
    """What a case is opened with; the same `key` never opens a second one."""

    key: str
    sender: str
    kind: str
    urgency: str
    channel: str
    message: str
    entities: list[dict[str, str]] = field(default_factory=list)
    details: dict[str, str] = field(default_factory=dict)


class FrontDeskClient:
    """Calls the front desk's internal routes with the shared token."""

    def __init__(self, settings: Settings | None = None) -> None:
        """Reads address, token and patience from the settings."""
        settings = settings or load_settings()
        self._url = settings.frontdesk.url
        self._headers = {
            "Authorization": f"Bearer {settings.secret('FRONTDESK_TOKEN')}"
        }
        self._timeout = aiohttp.ClientTimeout(total=settings.frontdesk.timeout_seconds)

    async def open_case(self, request: CaseRequest) -> str:
        """Stores a case and returns its id.

        Raises:
            FrontDeskUnavailable: if it is not certain that the case is stored.
        """
        answer = await self._call("POST", "/internal/cases", asdict(request))
        return str(answer["case_id"])

    async def delete_person(self, sender: str) -> None:
        """Deletes all that the front desk stores of a person.

        Raises:
            FrontDeskUnavailable: if it is not certain that everything is deleted.
        """
        await self._call("DELETE", f"/internal/people/{quote(sender, safe='')}")

    async def _call(
        self, method: str, path: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        try:
            async with (
                aiohttp.ClientSession(
                    headers=self._headers, timeout=self._timeout
                ) as session,
                session.request(method, self._url + path, json=body) as response,
            ):
                if response.status not in (200, 201):
                    raise FrontDeskUnavailable(f"{method} answered {response.status}")
                answer: dict[str, Any] = await response.json()
                return answer
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            raise FrontDeskUnavailable(f"{method}: {type(error).__name__}") from error
