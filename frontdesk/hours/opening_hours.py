"""The clinic's opening hours, in its own time zone.

A span is turned into moments day by day, so that a change to daylight saving time in
between moves it as it moves the clock on the clinic's wall.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from frontdesk.errors import HoursUnusable

WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
Span = tuple[datetime, datetime]

_SEARCH_DAYS = 15
"""Every weekday comes twice, in case a change of the clock swallows a span."""

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class OpeningHours:
    """The spans of each weekday, in minutes after midnight on the clinic's wall."""

    zone: ZoneInfo
    spans: Mapping[int, tuple[tuple[int, int], ...]]

    @classmethod
    def from_clinic(cls, values: Mapping[str, Any]) -> OpeningHours:
        """Reads `hours` of `data/clinic.yml`.

        Raises:
            HoursUnusable: naming the key and the remedy.
        """
        hours = values["hours"]
        return cls(
            _zone(hours["time_zone"]),
            {
                WEEKDAYS.index(day): _spans(day, written)
                for day, written in hours["open"].items()
            },
        )

    def is_open(self, at: datetime) -> bool:
        """Says whether the clinic is open; a span holds its start and not its end."""
        return any(start <= at < end for start, end in self._around(at, 0))

    def next_opening(self, at: datetime) -> datetime | None:
        """Returns when the clinic opens for the first time after `at`."""
        starts = (start for start, _ in self._around(at, _SEARCH_DAYS))
        return next((start for start in starts if start > at), None)

    def last_closing(self, at: datetime) -> datetime | None:
        """Returns when the clinic last closed, at or before `at`."""
        earlier = at - timedelta(days=_SEARCH_DAYS)
        ends = [end for _, end in self._between(earlier, at) if end <= at]
        return ends[-1] if ends else None

    def open_minutes_between(self, start: datetime, end: datetime) -> float:
        """Returns for how many minutes the clinic was open from `start` to `end`."""
        return sum(
            max(min(closes, end) - max(opens, start), timedelta())
            / timedelta(minutes=1)
            for opens, closes in self._between(start, end)
        )

    def describe(self, moment: datetime, now: datetime) -> str:
        """Says when something is, such as `tomorrow at 9 am`, on the clinic's wall."""
        local = moment.astimezone(self.zone)
        days = (local.date() - now.astimezone(self.zone).date()).days
        if days == 0:
            day = "today"
        elif days == 1:
            day = "tomorrow"
        elif 1 < days < len(WEEKDAYS):
            day = f"{local:%A}"
        else:
            day = f"{local:%A, %B} {local.day}"
        return f"{day} at {_clock(local)}"

    def stamp(self, moment: datetime) -> str:
        """Writes a moment in full, such as `Mon Nov 23 2026, 9:05 am EST`."""
        local = moment.astimezone(self.zone)
        return f"{local:%a %b} {local.day} {local.year}, {_clock(local)} {local:%Z}"

    def _around(self, at: datetime, days_after: int) -> Iterator[Span]:
        return self._between(at, at + timedelta(days=days_after))

    def _between(self, start: datetime, end: datetime) -> Iterator[Span]:
        """Yields the spans of all days that touch this time, in order, disjoint."""
        day = start.astimezone(self.zone).date() - _DAY
        last = end.astimezone(self.zone).date() + _DAY
        closed_until = datetime.min.replace(tzinfo=UTC)
        while day <= last:
            for first, final in self.spans.get(day.weekday(), ()):
                # The clock may leap over one end of a span, and so past the other.
                opens = max(self._moment(day, first), closed_until)
                closes = self._moment(day, final)
                if opens < closes:
                    yield opens, closes
                    closed_until = closes
            day += _DAY

    def _moment(self, day: date, minutes: int) -> datetime:
        midnight = datetime.combine(day, time())
        wall = midnight + timedelta(minutes=minutes)
        return wall.replace(tzinfo=self.zone).astimezone(UTC)


def _clock(local: datetime) -> str:
    if (local.hour, local.minute) == (12, 0):
        return "noon"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes} {'am' if local.hour < 12 else 'pm'}"


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (OSError, KeyError, ValueError) as error:
        raise HoursUnusable(
            f"data/clinic.yml: 'hours.time_zone' is {name}, which is not a time zone "
            "-> use an IANA name such as America/New_York"
        ) from error


def _spans(day: str, written: str) -> tuple[tuple[int, int], ...]:
    spans = []
    closed_until = -1
    for part in written.split(","):
        start, end = (_minutes(moment) for moment in part.split("-"))
        if not closed_until < start < end <= 24 * 60:
            raise HoursUnusable(
                f"data/clinic.yml: 'hours.open.{day}' is {written}, which does not run "
                "forward -> write each span as 09:00-17:00, earliest first, and end a "
                "day at 24:00 at the latest"
            )
        spans.append((start, end))
        closed_until = end
    return tuple(spans)


def _minutes(moment: str) -> int:
    hours, minutes = moment.strip().split(":")
    return int(hours) * 60 + int(minutes)
