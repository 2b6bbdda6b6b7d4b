"""The phones: what they have sent and what has come, and how it fared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from content import gsm7
from operations.twilio_standin import Fault, SentMessage, TwilioStandin

FIRST_NUMBERS = ("+12125550101", "+12125550102", "+12125550103")
SWITCHED_OFF = 30003

FAULTS: dict[str, Callable[[], Fault]] = {
    "429": Fault.too_many,
    "500": Fault.broken,
    "lost": Fault.answer_lost,
}
"""What Twilio can be told to do with the next text to a phone."""

Json = dict[str, Any]


class Phones:
    """Several phones that text the clinic's number."""

    def __init__(self, twilio: TwilioStandin) -> None:
        """Starts with phones that have not sent anything."""
        self._twilio = twilio
        self._sent: dict[str, list[Json]] = {number: [] for number in FIRST_NUMBERS}

    def knows(self, number: str) -> bool:
        """Whether there is such a phone."""
        return number in self._sent

    def text(self, number: str, body: str, has_picture: bool) -> None:
        """Sends a text; returns when the clinic has taken it or refused it."""
        bubble = _bubble("phone", body or "(a picture)", datetime.now(timezone.utc))
        bubble["state"] = "sending"
        self._sent[number].append(bubble)
        media = {"NumMedia": "1", "MediaUrl0": "https://media.example/1"}
        answer = self._twilio.text(number, body, **(media if has_picture else {}))
        if answer is None:
            bubble["state"] = "failed: the front desk did not answer"
        elif answer.is_success:
            bubble["state"] = "sent"
        else:
            bubble["state"] = f"failed: the front desk answered {answer.status_code}"

    def arrange(self, number: str, fault: str) -> None:
        """Lets something go wrong with the next text to a phone."""
        self._twilio.faults[number].append(FAULTS[fault]())

    def switch(self, number: str, is_on: bool) -> None:
        """Switches a phone on or off; texts to one that is off are not delivered."""
        if is_on:
            self._twilio.undeliverable.pop(number, None)
        else:
            self._twilio.undeliverable[number] = SWITCHED_OFF

    def as_json(self) -> list[Json]:
        """Returns all phones with their bubbles, in order of time."""
        return [
            {
                "number": number,
                "opted_out": self._twilio.opt_outs.blocks(number),
                "on": number not in self._twilio.undeliverable,
                "bubbles": sorted(
                    [*sent, *map(_received, self._twilio.to(number))],
                    key=lambda bubble: str(bubble["at"]),
                ),
            }
            for number, sent in self._sent.items()
        ]


def count(text: str) -> Json:
    """Returns what a text takes as an SMS."""
    foreign = gsm7.foreign_characters(text)
    return {
        "characters": len(text),
        "segments": gsm7.segments(text),
        "encoding": "UCS-2" if foreign else "GSM-7",
    }


def _received(message: SentMessage) -> Json:
    bubble = _bubble("clinic", message.body, message.created)
    error = f" (error {message.error_code})" if message.error_code else ""
    bubble["state"] = message.status + error
    if message.direction == "outbound-reply":
        bubble["state"] = "by Twilio itself"
    return bubble


def _bubble(side: str, text: str, at: datetime) -> Json:
    return {"side": side, "text": text, "at": at.isoformat(), **count(text)}
