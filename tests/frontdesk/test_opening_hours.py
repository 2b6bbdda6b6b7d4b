"""Opening hours, also on the days when the clock changes."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.clinic import load_clinic
from frontdesk.errors import HoursUnusable
from frontdesk.hours.opening_hours import WEEKDAYS, OpeningHours
from settings import ROOT

NEW_YORK = "America/New_York"
WORKDAYS = dict.fromkeys(WEEKDAYS[:5], "09:00-17:00")
SOME_HOURS = [
    WORKDAYS,
    dict.fromkeys(WEEKDAYS, "09:00-12:00, 13:00-17:00"),
    dict.fromkeys(WEEKDAYS, "00:00-24:00"),
    {"sunday": "01:00-02:30, 02:45-03:30"},
    {"saturday": "22:00-24:00", "sunday": "00:00-02:00"},
]
ZONES = [NEW_YORK, "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata"]


def opening_hours(spans: dict[str, str], zone: str = NEW_YORK) -> OpeningHours:
    """Builds opening hours as the clinic's file would."""
    return OpeningHours.from_clinic({"hours": {"time_zone": zone, "open": spans}})


def local(text: str, zone: str = NEW_YORK) -> datetime:
    """Reads a moment on the clinic's wall."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


any_hours = st.builds(
    opening_hours, st.sampled_from(SOME_HOURS), st.sampled_from(ZONES)
)
moments = st.datetimes(
    datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)
)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23T08:59:59", False),
        ("2026-11-23T09:00:00", True),
        ("2026-11-23T16:59:59", True),
        ("2026-11-23T17:00:00", False),
        ("2026-11-22T12:00:00", False),
    ],
)
def test_open_from_the_first_minute_to_the_last(moment: str, is_open: bool) -> None:
    assert opening_hours(WORKDAYS).is_open(local(moment)) is is_open


def test_the_clinics_own_file_is_read() -> None:
    hours = OpeningHours.from_clinic(load_clinic(ROOT / "data/clinic.yml").values)
    assert hours.next_opening(local("2026-11-20T18:00")) == local("2026-11-23T09:00")
    assert hours.last_closing(local("2026-11-22T18:00")) == local("2026-11-20T17:00")


def test_a_lunch_break_is_closed() -> None:
    hours = opening_hours({"monday": "09:00-12:00, 13:00-17:00"})
    noon = local("2026-11-23T12:00")
    assert not hours.is_open(noon)
    assert hours.last_closing(noon) == noon
    assert hours.next_opening(noon) == local("2026-11-23T13:00")


@pytest.mark.parametrize(
    ("day", "minutes"),
    [("2026-03-08", 23 * 60), ("2026-11-01", 25 * 60), ("2026-11-02", 24 * 60)],
)
def test_days_on_which_the_clock_changes(day: str, minutes: int) -> None:
    hours = opening_hours(dict.fromkeys(WEEKDAYS, "00:00-24:00"))
    start = local(f"{day}T00:00")
    end = (start.astimezone(ZoneInfo(NEW_YORK)) + timedelta(days=1)).astimezone(UTC)
    assert hours.open_minutes_between(start, end) == minutes


@pytest.mark.parametrize("day", ["2026-03-06", "2026-10-30"])
def test_monday_opens_on_the_wall_clock_after_a_change(day: str) -> None:
    opening = opening_hours(WORKDAYS).next_opening(local(f"{day}T17:00"))
    assert opening is not None
    assert opening.astimezone(ZoneInfo(NEW_YORK)).strftime("%a %H:%M") == "Mon 09:00"


@given(any_hours, moments)
def test_opening_and_closing_are_where_it_changes(
    hours: OpeningHours, at: datetime
) -> None:
    instant = timedelta(microseconds=1)
    opening, closing = hours.next_opening(at), hours.last_closing(at)
    assert opening is not None
    assert closing is not None
    assert closing <= at < opening
    assert hours.is_open(opening)
    assert hours.is_open(closing - instant)


@given(any_hours, moments)
def test_open_time_before_the_next_opening_is_only_what_is_left_of_now(
    hours: OpeningHours, at: datetime
) -> None:
    opening = hours.next_opening(at)
    assert opening is not None
    left = hours.open_minutes_between(at, opening)
    assert (left > 0) is hours.is_open(at)


@given(any_hours, moments, st.lists(st.timedeltas(timedelta(), timedelta(days=9))))
def test_open_minutes_add_up(
    hours: OpeningHours, start: datetime, steps: list[timedelta]
) -> None:
    stops = [start]
    for step in steps:
        stops.append(stops[-1] + step)
    parts = [hours.open_minutes_between(first, last) for first, last in pairwise(stops)]
    whole = hours.open_minutes_between(start, stops[-1])
    assert sum(parts) == pytest.approx(whole)
    assert 0 <= whole <= (stops[-1] - start) / timedelta(minutes=1) + 1e-6


@given(any_hours, moments)
def test_the_wall_clock_decides(hours: OpeningHours, at: datetime) -> None:
    wall = at.astimezone(hours.zone)
    if any(
        (at + timedelta(hours=near)).astimezone(hours.zone).utcoffset()
        != wall.utcoffset()
        for near in (-3, 3)
    ):
        return  # the hours of the change have tests of their own
    minute = wall.hour * 60 + wall.minute
    spans = hours.spans.get(wall.weekday(), ())
    assert hours.is_open(at) is any(start <= minute < end for start, end in spans)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-23T09:00", "today at 9 am"),
        ("2026-11-24T13:30", "tomorrow at 1:30 pm"),
        ("2026-11-27T12:00", "Friday at noon"),
        ("2026-11-29T00:05", "Sunday at 12:05 am"),
        ("2026-11-30T09:00", "Monday, November 30 at 9 am"),
        ("2026-11-22T09:00", "Sunday, November 22 at 9 am"),
    ],
)
def test_a_moment_is_told_as_people_say_it(moment: str, told: str) -> None:
    now = local("2026-11-23T01:00")
    assert opening_hours(WORKDAYS).describe(local(moment), now) == told


def test_a_moment_is_written_with_its_time_zone() -> None:
    hours = opening_hours(WORKDAYS)
    assert hours.stamp(local("2026-07-01T09:05")) == "Wed Jul 1 2026, 9:05 am EDT"
    assert hours.stamp(local("2026-12-01T12:00")) == "Tue Dec 1 2026, noon EST"


@pytest.mark.parametrize(
    ("spans", "zone", "named"),
    [
        ({"monday": "17:00-09:00"}, NEW_YORK, "hours.open.monday"),
        ({"monday": "09:00-13:00, 12:00-17:00"}, NEW_YORK, "hours.open.monday"),
        ({"monday": "09:00-25:00"}, NEW_YORK, "hours.open.monday"),
        (WORKDAYS, "Mars/Olympus", "hours.time_zone"),
        (WORKDAYS, "America", "hours.time_zone"),
    ],
)
def test_hours_that_make_no_sense_are_refused(
    spans: dict[str, str], zone: str, named: str
) -> None:
    with pytest.raises(HoursUnusable, match=named) as refused:
        opening_hours(spans, zone)
    assert " -> " in str(refused.value)
