"""Compares what phones have received with what they should have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from operations.sms_load.phone import START, STOP, Phone

LOST, DOUBLED = "lost", "doubled"
OUT_OF_ORDER, TO_OPTED_OUT = "out of order", "sent to opted out"
UNEXPECTED = "unexpected"
PROBLEMS = (LOST, DOUBLED, OUT_OF_ORDER, TO_OPTED_OUT, UNEXPECTED)


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

    def lacks(self, phone: Phone) -> int:
        """Counts the answers that a phone still has to get."""
        wanted = Counter(self._wanted(_after(START, phone.texts)))
        if STOP not in phone.texts:
            wanted = Counter([self.disclosure, *self._wanted(phone.texts)])
        return (wanted - Counter(phone.received())).total()

    def add(self, phone: Phone) -> None:
        """Compares one phone's texts."""
        possible = [self.disclosure, *self._wanted(phone.texts)]
        wanted = possible
        received = phone.received()
        if STOP in phone.texts:
            self.opted_out += 1
            self.problems[TO_OPTED_OUT] += self._sent_while_opted_out(phone)
            # What had not left yet when they opted out need not, unless they are back.
            wanted = self._wanted(_after(START, phone.texts))
        for word, confirmation in self.confirmations.items():
            if word in phone.texts:
                self._compare_counts([confirmation], [confirmation], received)
            received = [text for text in received if text != confirmation]
        self.problems[UNEXPECTED] += sum(text not in possible for text in received)
        received = [text for text in received if text in possible]
        self._compare_counts(wanted, possible, received)
        self.withheld += len(possible) - len({*received})
        if not _is_in_order(received, possible):
            self.problems[OUT_OF_ORDER] += 1

    def _sent_while_opted_out(self, phone: Phone) -> int:
        until = phone.had_before.get(START)
        texts = phone.received()[phone.had_after[STOP] : until]
        return sum(text != self.confirmations[STOP] for text in texts)

    def _compare_counts(
        self, wanted: Sequence[str], possible: Sequence[str], received: Sequence[str]
    ) -> None:
        counts = Counter(text for text in received if text in possible)
        self.problems[LOST] += (Counter(wanted) - counts).total()
        self.problems[DOUBLED] += (counts - Counter(possible)).total()
        self.answered += (counts & Counter(possible)).total()

    def _wanted(self, texts: Sequence[str]) -> list[str]:
        return [self.answers[text] for text in texts if text in self.answers]


def _after(word: str, texts: Sequence[str]) -> Sequence[str]:
    """Returns what was sent after a word; nothing if it was not sent."""
    return texts[texts.index(word) + 1 :] if word in texts else []


def _is_in_order(texts: Sequence[str], order: Sequence[str]) -> bool:
    """Whether the texts, doubled ones aside, come in this order."""
    places = [order.index(text) for text in dict.fromkeys(texts)]
    return places == sorted(places)
