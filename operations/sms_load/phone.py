"""One phone: it sends its texts one after the other, each until it is taken."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

from operations.twilio_standin import TwilioStandin
from operations.twilio_standin.sent_message import new_sid

STOP, START = "Stop.", "START"
REPEATED = 0.15
RETRY_SECONDS = 0.5


class Phone:
    """Sends, and remembers where in what it has received it opted out and in again.

    Attributes:
        number: Its number.
        texts: What it sends, in order.
        accepted: How many of them were taken.
        repeats: How many requests came again that were taken already.
        refused: How often it was told that a text may be lost.
        had_before: How many texts it had when it sent each of its own.
        had_after: How many it had when that was taken.
    """

    def __init__(
        self, twilio: TwilioStandin, number: str, texts: Sequence[str], seed: int
    ) -> None:
        """Sends nothing yet."""
        self._twilio = twilio
        self._random = random.Random(seed)
        self.number = number
        self.texts = list(texts)
        self.accepted = 0
        self.repeats = 0
        self.refused = 0
        self.had_before: dict[str, int] = {}
        self.had_after: dict[str, int] = {}

    def send_all(self) -> None:
        """Sends everything; some of it again, at once or after a later one."""
        taken: list[dict[str, str]] = []
        for text in self.texts:
            parameters = self._twilio.webhooks.incoming(
                self.number, text, new_sid("SM")
            )
            self.had_before[text] = len(self.received())
            self._insist(parameters)
            self.had_after[text] = len(self.received())
            self.accepted += 1
            taken.append(parameters)
            if self._random.random() < REPEATED:
                self._twilio.bring(self._random.choice(taken))
                self.repeats += 1

    def received(self) -> list[str]:
        """Returns the texts that have come, oldest first, without refusals."""
        texts = self._twilio.to(self.number)
        return [one.body for one in texts if one.direction == "outbound-api"]

    def _insist(self, parameters: dict[str, str]) -> None:
        while True:
            answer = self._twilio.bring(parameters)
            if answer is None or answer.is_server_error:
                time.sleep(RETRY_SECONDS)
            elif answer.content:
                # The person was told that it was not stored, and sends it again.
                self.refused += 1
                parameters["MessageSid"] = new_sid("SM")
            else:
                answer.raise_for_status()
                return
