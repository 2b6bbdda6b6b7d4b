"""Working through conversations, several at once, each one in its order."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from frontdesk.conversations.feed import EVERYTHING, POLL_SECONDS, Feed
from frontdesk.conversations.leases import RENEW_SECONDS, Leases
from frontdesk.logs import safe_traceback

FINISH_SECONDS = 5.0
"""How long what is in progress may take when the service is stopped."""

FAILURE_PAUSE = 1.0
"""Before a conversation that failed for a reason of ours is tried again."""

logger = logging.getLogger(__name__)


class _Stopping(Exception):
    """Raised inside a conversation's task when the service stops."""


class LeasedWork:
    """Takes one step after the other in each conversation in which something is due.

    `take_step` returns whether there was anything to do. No other front desk works on
    the conversation meanwhile.
    """

    def __init__(
        self,
        leases: Leases,
        feed: Feed,
        topic: str,
        due: Callable[[], Sequence[str]],
        take_step: Callable[[str], Awaitable[bool]],
    ) -> None:
        self._leases = leases
        self._feed = feed
        self._topic = topic
        self._due = due
        self._take_step = take_step
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Works until it is cancelled; then what is in progress is finished."""
        renewal = asyncio.create_task(self._keep_leases())
        try:
            with self._feed.listening(EVERYTHING) as listener:
                while True:
                    for sender in await asyncio.to_thread(self._due):
                        self._begin(sender)
                    await listener.wait(POLL_SECONDS)
        except asyncio.CancelledError:
            await self._finish()
            raise
        finally:
            renewal.cancel()

    async def pause(self, seconds: float) -> None:
        """Waits inside a step; when the service stops, the step ends there."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
                raise _Stopping

    def _begin(self, sender: str) -> None:
        if sender in self._under_way:
            return
        task = asyncio.create_task(self._work_through(sender))
        self._under_way[sender] = task
        task.add_done_callback(lambda _: self._end(sender))

    def _end(self, sender: str) -> None:
        del self._under_way[sender]
        # What came in while the task was ending is looked for again.
        self._feed.nudge(self._topic)

    async def _work_through(self, sender: str) -> None:
        """Works through one conversation; whatever fails is tried again later."""
        try:
            if await asyncio.to_thread(self._leases.claim, sender):
                await self._work_off(sender)
        except _Stopping:
            return
        except Exception as error:
            logger.error("a conversation failed: %s", safe_traceback(error))
            await asyncio.sleep(FAILURE_PAUSE)

    async def _work_off(self, sender: str) -> None:
        try:
            while not self._stopping.is_set():
                if not await self._take_step(sender):
                    return
        finally:
            await asyncio.to_thread(self._leases.release, sender)

    async def _keep_leases(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            if not self._under_way:
                continue
            # A lease that is lost does no harm: what is stored first counts.
            with suppress(SQLAlchemyError):
                await asyncio.to_thread(self._leases.renew, list(self._under_way))

    async def _finish(self) -> None:
        self._stopping.set()
        tasks = list(self._under_way.values())
        if not tasks:
            return
        _, unfinished = await asyncio.wait(tasks, timeout=FINISH_SECONDS)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
