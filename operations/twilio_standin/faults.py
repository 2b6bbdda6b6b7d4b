"""What can go wrong when a text is handed to Twilio, to be arranged on purpose."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """How one request to send is treated.

    Attributes:
        delay: Seconds before the answer.
        status: The status of a refusal; none if the text is accepted.
        code: Twilio's own number of the error.
        retry_after: What the refusal asks for, in seconds.
        accepts: Whether the text is on its way nevertheless.
        answers: Whether an answer is sent, or the connection just ends.
    """

    delay: float = 0.0
    status: int | None = None
    code: int | None = None
    retry_after: int | None = None
    accepts: bool = True
    answers: bool = True

    @classmethod
    def slow(cls, seconds: float) -> Fault:
        """The text is accepted, and the answer takes its time."""
        return cls(delay=seconds)

    @classmethod
    def too_many(cls, retry_after: int | None = 1) -> Fault:
        """429: too many requests."""
        return cls(status=429, code=20429, retry_after=retry_after, accepts=False)

    @classmethod
    def broken(cls, status: int = 500) -> Fault:
        """An error of Twilio's; the text is not accepted."""
        return cls(status=status, code=20500, accepts=False)

    @classmethod
    def refused(cls, code: int) -> Fault:
        """400 with a reason, such as 21610 (opted out) or 21211 (no such number)."""
        return cls(status=400, code=code, accepts=False)

    @classmethod
    def broken_but_sent(cls) -> Fault:
        """An error of Twilio's, although the text is on its way."""
        return cls(status=500, code=20500)

    @classmethod
    def answer_lost(cls) -> Fault:
        """The text is accepted, and the connection ends before the answer."""
        return cls(answers=False)

    @classmethod
    def request_lost(cls) -> Fault:
        """The connection ends, and the text is not accepted."""
        return cls(accepts=False, answers=False)
