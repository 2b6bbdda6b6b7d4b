"""Work that goes on beside the requests."""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from frontdesk.logs import safe_traceback

PAUSE_SECONDS = 1.0
"""Before a worker that failed is started again."""

logger = logging.getLogger(__name__)


class Worker(Protocol):
    """Something that runs until it is cancelled, and then ends what it has begun."""

    @property
    def name(self) -> str:
        """What the log calls it."""

    async def run(self) -> None:
        """Works; returns only when it is cancelled."""


async def keep_running(worker: Worker) -> None:
    """Runs a worker, and starts it again whenever it has failed."""
    while True:
        try:
            await worker.run()
        except Exception as error:
            logger.error("%s failed: %s", worker.name, safe_traceback(error))
        await asyncio.sleep(PAUSE_SECONDS)


async def repeat(look: Callable[[], object], seconds: float) -> None:
    """Looks in a thread, with a pause after it, until it is cancelled."""
    while True:
        await asyncio.to_thread(look)
        await asyncio.sleep(seconds)
