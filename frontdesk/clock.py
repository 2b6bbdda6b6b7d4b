"""The time, in one place so that it can be injected."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Returns the present moment, aware of its time zone."""
    return datetime.now(UTC)
