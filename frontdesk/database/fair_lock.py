"""A lock that is had in the order in which it was asked for."""

import threading
from collections import deque


class FairLock:
    """Whoever lets go hands it to the one who has waited longest.

    With Python's own locks, and in SQLAlchemy's pool, a busy thread that asks again at
    once is faster than one that must be woken first, which may then wait for ever.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._is_held = False
        self._waiting: deque[threading.Lock] = deque()

    def acquire(self, seconds: float) -> bool:
        """Waits for the lock; returns whether it came in time."""
        with self._guard:
            if not self._is_held:
                self._is_held = True
                return True
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        if turn.acquire(timeout=seconds):
            return True
        with self._guard:
            if turn not in self._waiting:
                return True  # it was handed over at the last moment
            self._waiting.remove(turn)
            return False

    def release(self) -> None:
        """Hands the lock on."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_held = False
