"""Compares what phones have received with what they should have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from operations.sms_load.phone import START, STOP, Phone

LOST, DOUBLED = "lost", "doubled"
OUT_OF_ORDER, TO_OPTED_OUT = "out of order", "sent to opted out"
PROBLEMS = (LOST, DOUBLED, OUT_OF_ORDER, TO_OPTED_OUT)


@dataclass
class Findings:
    """The counts over all phones.

    Attributes:
        disclosure: The first text that every phone gets.
        answers: The answer to each question, from a phone for which nothing failed.
        confirmations: What STOP and START are answered with.
    """

    disclosure: str
    answers: Mapping[str, str]
    confirmations: Mapping[str, str]
    answered: int = 0
    opted_out: int = 0
    withheld: int = 0
    problems: Counter[str] = field(default_factory=Counter)

    def add(self, phone: Phone) -> None:
        """Compares one phone's texts."""
        received = phone.received()
        if STOP not in phone.texts:
            self._compare([self.disclosure, *self._wanted(phone.texts)], received)
            return
        self.opted_out += 1
        stop = phone.texts.index(STOP)
        confirmation = self.confirmations[STOP]
        before = _without(received[: phone.had[stop]], confirmation)
        after = _without(received[phone.had[stop] :], confirmation)
        wanted = [self.disclosure, *self._wanted(phone.texts[:stop])]
        # What had not left yet when they opted out never does.
        self.withheld += max(0, len(wanted) - len(before))
        self._compare(wanted[: len(before)], before)
        self._compare_after_stop(phone, after)

    def _compare_after_stop(self, phone: Phone, after: Sequence[str]) -> None:
        wanted: list[str] = []
        not_wanted = {self.disclosure, *self._wanted(phone.texts)}
        if START in phone.texts:
            later = phone.texts[phone.texts.index(START) + 1 :]
            wanted = [self.confirmations[START], *self._wanted(later)]
        not_wanted -= {*wanted}
        self.problems[TO_OPTED_OUT] += sum(text in not_wanted for text in after)
        self._compare(wanted, [text for text in after if text not in not_wanted])

    def _wanted(self, texts: Sequence[str]) -> list[str]:
        return [self.answers[text] for text in texts if text in self.answers]

    def _compare(self, wanted: Sequence[str], received: Sequence[str]) -> None:
        lost = Counter(wanted) - Counter(received)
        doubled = Counter(received) - Counter(wanted)
        self.problems[LOST] += lost.total()
        self.problems[DOUBLED] += doubled.total()
        self.answered += len(wanted) - lost.total()
        if not lost and not doubled and list(wanted) != list(received):
            self.problems[OUT_OF_ORDER] += 1


def _without(texts: Sequence[str], text: str) -> list[str]:
    """Returns the texts without the first that is this one."""
    kept = list(texts)
    if text in kept:
        kept.remove(text)
    return kept
