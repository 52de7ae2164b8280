"""Instants as the database holds them: microseconds since 1970 in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_moment(at: datetime) -> int:
    """Return the microseconds of an instant.

    Raises:
        ValueError: `at` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone")
    return (at - _EPOCH) // _MICROSECOND


def from_moment(moment: int) -> datetime:
    """Return the instant, in UTC."""
    return _EPOCH + moment * _MICROSECOND
