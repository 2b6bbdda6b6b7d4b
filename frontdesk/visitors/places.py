"""Room for a person's streams: so many tabs, and connections that broke unnoticed."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from frontdesk.conversations.feed import Feed

MOST_STREAMS = 8
"""Of one person at this front desk."""


@dataclass
class Place:
    """One stream of a person."""

    is_lost: bool = False


class Places:
    """Gives a new stream the place of the oldest, which may have no reader any more."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._taken: dict[str, list[Place]] = defaultdict(list)

    @contextmanager
    def take(self, sender: str) -> Iterator[Place]:
        """Holds a place until the stream ends."""
        place, places = Place(), self._taken[sender]
        places.append(place)
        if len(places) > MOST_STREAMS:
            places.pop(0).is_lost = True
            self._feed.nudge(sender)
        try:
            yield place
        finally:
            if not place.is_lost:
                places.remove(place)
            # Perhaps no longer the same list.
            if not self._taken[sender]:
                del self._taken[sender]
