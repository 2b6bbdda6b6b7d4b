"""News of the desk as they happen."""

import time
from collections.abc import AsyncIterable
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from frontdesk.conversations.feed import DESK
from frontdesk.desk.news import News, read_news
from frontdesk.services import Services
from frontdesk.staff.guard import SignedInMember, signed_in, still_signed_in

HEARTBEAT_SECONDS = 10.0
"""News are sent at least this often: pages take a longer silence for a lost line."""

CHECK_SECONDS = 60.0
"""How often it is checked that whoever listens is still signed in."""


def live_routes(services: Services) -> APIRouter:
    """Builds the stream of news, and the same news for a page that asks."""
    router = APIRouter()

    def news(member_id: int) -> News:
        with services.database.reading() as session:
            return read_news(session, member_id)

    @router.get("/news")
    def latest(member: Annotated[SignedInMember, Depends(signed_in)]) -> News:
        return news(member.id)

    @router.get("/live", response_class=EventSourceResponse)
    async def live(
        request: Request, member: Annotated[SignedInMember, Depends(signed_in)]
    ) -> AsyncIterable[ServerSentEvent]:
        checked = time.monotonic()
        with services.feed.listening(DESK) as listener:
            while not services.feed.closed:
                found = await run_in_threadpool(news, member.id)
                yield ServerSentEvent(event="news", data=found)
                await listener.wait(HEARTBEAT_SECONDS)
                if time.monotonic() - checked > CHECK_SECONDS:
                    if not await still_signed_in(request):
                        return
                    checked = time.monotonic()

    return router
