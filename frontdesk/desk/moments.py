"""Moments as staff read them: on the clinic's wall, and how long ago."""

from dataclasses import dataclass
from datetime import datetime

from frontdesk.clock import Clock
from frontdesk.hours.opening_hours import OpeningHours

_MINUTE, _HOUR, _DAY = 60, 60 * 60, 24 * 60 * 60


@dataclass(frozen=True)
class Moments:
    """Filters of the templates; `static/js/ages.js` keeps ages true afterwards."""

    hours: OpeningHours
    now: Clock

    def when(self, moment: datetime) -> str:
        """Says when something was: the time alone if it was today."""
        local = moment.astimezone(self.hours.zone)
        clock = (
            f"{local.hour % 12 or 12}:{local:%M} {'am' if local.hour < 12 else 'pm'}"
        )
        if local.date() == self.now().astimezone(self.hours.zone).date():
            return clock
        return f"{local:%b} {local.day}, {clock}"

    def age(self, moment: datetime) -> str:
        """Says how long ago something was, such as `2 h 5 min`."""
        seconds = int((self.now() - moment).total_seconds())
        if seconds < _MINUTE:
            return "just now"
        if seconds < _HOUR:
            return f"{seconds // _MINUTE} min"
        if seconds < _DAY:
            return f"{seconds // _HOUR} h {seconds % _HOUR // _MINUTE} min"
        days = seconds // _DAY
        return f"{days} day" if days == 1 else f"{days} days"
