"""Study days roll over at an hour of the learner's clock, whatever the clock does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.memory.day import day_bounds, day_start, study_day

ZONES = [
    "Asia/Seoul",
    "America/New_York",
    "Europe/Helsinki",  # falls back from 04:00 to 03:00
    "Australia/Lord_Howe",  # by half an hour
    "Pacific/Apia",  # had no 30 December 2011
    "America/St_Johns",  # fell back at 00:01 until 2011
    "UTC",
]


@pytest.mark.parametrize(
    ("zone", "local", "rollover", "expected"),
    [
        ("Asia/Seoul", "2026-03-02 03:59:59", 4, "2026-03-01"),
        ("Asia/Seoul", "2026-03-02 04:00:00", 4, "2026-03-02"),
        ("Asia/Seoul", "2026-03-02 23:59:59", 4, "2026-03-02"),
        ("Asia/Seoul", "2026-03-03 00:00:00", 4, "2026-03-02"),
        ("Asia/Seoul", "2026-03-03 00:00:00", 0, "2026-03-03"),
        ("Asia/Seoul", "2026-01-01 01:00:00", 4, "2025-12-31"),
        # clocks went forward on 8 March 2026 at 02:00 and back on 1 November
        ("America/New_York", "2026-03-08 03:30:00", 4, "2026-03-07"),
        ("America/New_York", "2026-03-08 04:00:00", 4, "2026-03-08"),
        ("America/New_York", "2026-11-01 03:59:00", 4, "2026-10-31"),
        ("America/New_York", "2026-11-01 04:00:00", 4, "2026-11-01"),
        # 03:00 became 04:00 on 29 March 2026: the study day begins with the jump
        ("Europe/Helsinki", "2026-03-29 02:59:59", 4, "2026-03-28"),
        ("Europe/Helsinki", "2026-03-29 04:00:00", 4, "2026-03-29"),
    ],
)
def test_study_day(zone: str, local: str, rollover: int, expected: str) -> None:
    at = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))
    assert study_day(at, ZoneInfo(zone), rollover) == date.fromisoformat(expected)
    assert study_day(at.astimezone(UTC), ZoneInfo(zone), rollover) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Asia/Seoul", "2026-03-08", 24),
        ("America/New_York", "2026-03-07", 23),
        ("America/New_York", "2026-10-31", 25),
        ("Europe/Helsinki", "2026-03-28", 23),
        ("Australia/Lord_Howe", "2026-04-04", 24.5),
        ("Pacific/Apia", "2011-12-29", 24),
        ("Pacific/Apia", "2011-12-30", 0),
    ],
)
def test_days_are_as_long_as_the_clock_makes_them(zone: str, day: str, hours: float) -> None:
    start, end = day_bounds(date.fromisoformat(day), ZoneInfo(zone), 4)
    assert end - start == timedelta(hours=hours)


@pytest.mark.parametrize("minute", [0, 59])
def test_an_hour_that_is_shown_twice_is_in_one_day(minute: int) -> None:
    zone = ZoneInfo("Europe/Helsinki")
    for fold in (0, 1):
        at = datetime(2026, 10, 25, 3, minute, tzinfo=zone, fold=fold)
        assert study_day(at, zone, 4) == date(2026, 10, 24)
        assert study_day(at, zone, 3) == date(2026, 10, 25)


@given(
    st.datetimes(datetime(2005, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone itself
    st.sampled_from(ZONES),
    st.integers(0, 23),
)
def test_every_instant_is_in_its_day_and_no_other(at: datetime, zone: str, rollover: int) -> None:
    tz = ZoneInfo(zone)
    day = study_day(at, tz, rollover)
    start, end = day_bounds(day, tz, rollover)
    assert start <= at < end
    assert day_bounds(day - timedelta(days=1), tz, rollover)[1] == start
    assert start.tzinfo is UTC


@given(st.dates(date(2005, 1, 1), date(2030, 1, 1)), st.sampled_from(ZONES), st.integers(0, 23))
def test_days_begin_in_order(day: date, zone: str, rollover: int) -> None:
    tz = ZoneInfo(zone)
    assert day_start(day, tz, rollover) <= day_start(day + timedelta(days=1), tz, rollover)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        study_day(datetime(2026, 3, 1), UTC, 4)  # noqa: DTZ001 - the fault under test
