"""Alerts of danger that the front desk did not take are sent again until it does.

The reply to danger never waits for this. A case has one key, so that an alert which
arrived unnoticed is not stored twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

from actions.frontdesk_client import CaseRequest, FrontDeskClient, FrontDeskUnavailable

logger = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 20.0
"""Seconds between two attempts: doubled each time, up to the longest."""
GIVE_UP_AFTER = 24 * 60 * 60
"""Seconds after which an alert is not sent again: care mode has ended by then."""

_under_way: set[asyncio.Task[None]] = set()
"""Keeps the tasks alive: the event loop itself forgets them."""


def send_until_stored(request: CaseRequest) -> None:
    """Starts sending an alert in the background, and logs how it goes."""
    task = asyncio.create_task(_send_until_stored(request))
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)


async def _send_until_stored(request: CaseRequest) -> None:
    for attempt, pause in enumerate(_pauses(), start=2):
        await asyncio.sleep(pause)
        try:
            await FrontDeskClient().open_case(request)
        except FrontDeskUnavailable as error:
            logger.error("Attempt %d to alert staff failed: %s.", attempt, error)
        else:
            logger.warning("Attempt %d to alert staff succeeded.", attempt)
            return
    logger.critical("Staff were never alerted of a danger: giving up.")


def _pauses() -> Iterator[float]:
    pause, waited = FIRST_PAUSE, 0.0
    while waited < GIVE_UP_AFTER:
        yield pause
        waited += pause
        pause = min(2 * pause, LONGEST_PAUSE)
