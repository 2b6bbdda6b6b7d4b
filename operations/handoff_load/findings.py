"""What was sent, what arrived and what the record holds, compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Said = dict[str, Any]


@dataclass
class Findings:
    """Counts over all conversations."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)

    def add(
        self,
        sent: Sequence[str],
        received: Sequence[Said],
        record: Sequence[Said],
        staff_said: Sequence[str],
    ) -> None:
        """Compares the three sides of one conversation."""
        ids = [one["id"] for one in received]
        self.problems["out of order"] += ids != sorted(ids)
        self._compare(sent, _texts(record, "person"))
        self._compare(staff_said, _texts(received, "staff"))
        shown = [one for one in record if one["speaker"] != "person"]
        shown = [one for one in shown if not one["withheld"]]
        for speaker in ("bot", "staff", "notice"):
            self.counts[speaker] += len(_texts(received, speaker))
        # Told while a message waited, recorded after the turn that it waited for.
        for delayed in (True, False):
            wanted, found = (
                [f"{one['speaker']}: {one['text']}" for one in side]
                for side in (_either(shown, delayed), _either(received, delayed))
            )
            self._compare(wanted, found)
        self.problems["not answered"] += _unanswered(record)
        self.counts["person"] += len(sent)

    def _compare(self, wanted: Sequence[str], found: Sequence[str]) -> None:
        lost, doubled = Counter(wanted), Counter(found)
        lost.subtract(found)
        doubled.subtract(wanted)
        self.problems["lost"] += sum((+lost).values())
        self.problems["doubled"] += sum((+doubled).values())
        if Counter(wanted) == Counter(found):
            self.problems["out of order"] += list(wanted) != list(found)

    @property
    def are_good(self) -> bool:
        """Whether nothing was found."""
        return not +self.problems


def _texts(said: Sequence[Said], speaker: str) -> list[str]:
    return [one["text"] for one in said if one["speaker"] == speaker]


def _either(said: Sequence[Said], delayed: bool) -> list[Said]:
    return [one for one in said if (one["name"] == "delayed") == delayed]


def _unanswered(record: Sequence[Said]) -> int:
    """Counts messages that the assistant should have answered and did not, or did."""
    wrong, has_human, is_owed = 0, False, False
    for one in record:
        if one["speaker"] == "person":
            wrong += is_owed
            is_owed = not has_human
        elif one["speaker"] == "bot" and not one["withheld"]:
            wrong += has_human
            is_owed = False
        elif one["name"] == "staff_joined":
            # Whatever is still owed is theirs to answer.
            has_human, is_owed = True, False
        elif one["name"] == "staff_left":
            has_human = False
    return wrong + is_owed
