"""Waiting until something that happens by itself has happened."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

_PATIENCE_SECONDS = 90.0
_POLL_SECONDS = 0.1


def until(look: Callable[[], Found], what: str) -> Found:
    """Returns what `look` finds, as soon as that is true."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not (found := look()):
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(_POLL_SECONDS)
    return found
