"""What goes wrong at Twilio's side: a share of the requests, by chance."""

from __future__ import annotations

import random
from collections import Counter

from operations.twilio_standin import Fault

SHARES = (
    ("refused with 429", 0.05, Fault.too_many(retry_after=1)),
    ("failed with 500", 0.04, Fault.broken()),
    ("sent, answered with 500", 0.02, Fault.broken_but_sent()),
    ("sent, the answer lost", 0.04, Fault.answer_lost()),
    ("not sent, the connection lost", 0.04, Fault.request_lost()),
    ("answered late", 0.10, Fault.slow(1.0)),
)


class FaultyTwilio:
    """Draws what happens to each text; counts it."""

    def __init__(self, seed: int) -> None:
        """Draws the same for the same seed, as far as requests come in one order."""
        self._random = random.Random(seed)
        self.counts: Counter[str] = Counter()

    def choose(self, number: str, text: str) -> Fault | None:
        """Returns what happens to one request to send."""
        drawn = self._random.random()
        for name, share, fault in SHARES:
            if drawn < share:
                self.counts[name] += 1
                return fault
            drawn -= share
        return None

    def states(self, message: object) -> tuple[str, ...]:
        """Returns the states that are told of a text: sometimes in the wrong order."""
        if self._random.random() < 0.2:
            return ("delivered", "sent")
        return ("sent", "delivered", "delivered")
