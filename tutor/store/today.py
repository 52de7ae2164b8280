"""The study day of a moment, as the queries need it: bounds in microseconds."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from tutor.memory.day import day_bounds, day_start, study_day
from tutor.store.moment import from_moment, to_moment

_DAY = timedelta(days=1)


class Today(NamedTuple):
    """Now, by a learner's clock.

    Attributes:
        now: the instant, UTC microseconds as in the database; so are `start` and `end`.
        start: of the current study day.
        end: of the current study day; a review card due before it is due today.
    """

    now: int
    start: int
    end: int
    day: date
    tz: tzinfo
    rollover_hour: int

    @classmethod
    def at(cls, now: datetime, tz: tzinfo, rollover_hour: int) -> Today:
        """Return the study day of an instant."""
        day = study_day(now, tz, rollover_hour)
        start, end = day_bounds(day, tz, rollover_hour)
        return cls(to_moment(now), to_moment(start), to_moment(end), day, tz, rollover_hour)

    def start_of(self, days: int) -> int:
        """Return the first moment of the study day so many days after today (or before)."""
        return to_moment(day_start(self.day + days * _DAY, self.tz, self.rollover_hour))

    def day_of(self, moment: int) -> tuple[int, int]:
        """Return the first moment of the study day of any moment, and of the next day."""
        day = study_day(from_moment(moment), self.tz, self.rollover_hour)
        start, end = day_bounds(day, self.tz, self.rollover_hour)
        return to_moment(start), to_moment(end)
