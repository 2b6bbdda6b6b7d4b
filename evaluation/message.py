"""A labelled message: what someone wrote, and what a careful reader would expect."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.outcome import DANGER, Outcome


@dataclass(frozen=True)
class LabelledMessage:
    """One message with its labels, as `tests/messages/README.md` describes them.

    Attributes:
        text: The message as it was sent.
        expect: The accepted outcomes, the preferred one first.
        topics: The accepted topics where `answer` is accepted.
        questions: The accepted topics of each question, where several were asked.
        style: How it was written; `sms` is played as a text message.
        file: The name of its file without folder and suffix.
        line: Where it stands in that file.
    """

    text: str
    expect: tuple[Outcome, ...]
    topics: tuple[str, ...] = ()
    questions: tuple[tuple[str, ...], ...] = ()
    style: str = "chat"
    file: str = "questions"
    line: int = 1

    @property
    def preferred(self) -> Outcome:
        """The outcome a careful reader would choose first."""
        return self.expect[0]

    @property
    def seeks_fact(self) -> bool:
        """Whether a known fact answers it."""
        return Outcome.ANSWER in self.expect and bool(self.topics)

    @property
    def accepts_danger(self) -> bool:
        """Whether treating it as danger is accepted."""
        return any(outcome in DANGER for outcome in self.expect)

    @property
    def accepts_only_danger(self) -> bool:
        """Whether anything but treating it as danger is a failure."""
        return all(outcome in DANGER for outcome in self.expect)
