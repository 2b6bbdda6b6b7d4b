"""What was sent and what open pages were shown, compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from operations.stream_load.reader import ASSISTANT, Reader
from operations.web_chat import PERSON, Message

PROBLEMS = ("lost", "doubled", "out of order", "not answered", "not as replayed")


@dataclass
class Findings:
    """Counts and durations over all open pages."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def add(self, reader: Reader, replayed: Sequence[Message]) -> None:
        """Looks at one page."""
        ids = [message["id"] for message in reader.received]
        own = [one["message_id"] for one in reader.received if one["speaker"] == PERSON]
        sent = list(reader.sent)
        self.counts["sent"] += len(sent)
        self.counts["received"] += len(ids)
        self.counts["own"] += len(own)
        self.counts["replies"] += len(
            [one for one in reader.received if one["speaker"] == ASSISTANT]
        )
        self.counts["sent again"] += reader.retries
        self.counts["reconnected"] += reader.reconnects
        self.problems["lost"] += len(set(sent) - set(own))
        self.problems["doubled"] += len(ids) - len(set(ids))
        self.problems["doubled"] += len(own) - len(set(own))
        is_ordered = ids == sorted(ids) and own == [key for key in sent if key in own]
        self.problems["out of order"] += not is_ordered
        self.problems["not answered"] += len(set(sent) - reader.answered.keys())
        self.problems["not as replayed"] += list(replayed) != reader.received
        self._time("accepted", reader.accepted)
        self._time("shown", _after(reader, reader.shown))
        self._time("answered", _after(reader, reader.answered))

    @property
    def are_good(self) -> bool:
        """Whether nothing was found."""
        return not +self.problems

    def percentile(self, what: str, share: float) -> float:
        """Returns how many seconds this share of the messages took at most."""
        ordered = sorted(self.seconds[what])
        return ordered[int(share * (len(ordered) - 1))] if ordered else float("nan")

    def _time(self, what: str, seconds: Sequence[float]) -> None:
        self.seconds.setdefault(what, []).extend(seconds)


def _after(reader: Reader, moments: dict[str, float]) -> list[float]:
    return [
        moments[key] - began for key, began in reader.sent.items() if key in moments
    ]
