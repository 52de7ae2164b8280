"""The study day: it begins at the rollover hour by the learner's clock, not at midnight.

A day is bounded by instants, so it is 23 or 25 hours long when the clocks change, and the
days follow each other without gap or overlap in every time zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

_DAY = timedelta(days=1)


def day_start(day: date, tz: tzinfo, rollover_hour: int) -> datetime:
    """Return the instant (UTC) at which a study day begins.

    Where the clock shows the rollover hour twice, it is the first time; where the clock
    jumps over it, it is the hour as the clock before the jump would have counted it.
    """
    return datetime.combine(day, time(rollover_hour), tz).astimezone(UTC)


def day_bounds(day: date, tz: tzinfo, rollover_hour: int) -> tuple[datetime, datetime]:
    """Return the first instant of a study day and of the next, both UTC."""
    return day_start(day, tz, rollover_hour), day_start(day + _DAY, tz, rollover_hour)


def study_day(at: datetime, tz: tzinfo, rollover_hour: int) -> date:
    """Return the study day of an instant.

    Raises:
        ValueError: `at` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone")
    day = at.astimezone(tz).date()
    while at < day_start(day, tz, rollover_hour):
        day -= _DAY
    while at >= day_start(day + _DAY, tz, rollover_hour):
        day += _DAY
    return day
