"""The time zone that a learner lives in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo


class LocalZone(tzinfo):
    """The machine's time zone, asked anew for every instant, so that clock changes count."""

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        """Return the offset that the machine's clock has at a local time."""
        return None if at is None else at.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, at: datetime | None) -> timedelta | None:  # noqa: ARG002 - tzinfo gives the signature
        """Return None: the machine does not say which part of its offset is summer time."""
        return None

    def tzname(self, at: datetime | None) -> str | None:
        """Return the zone's name at a local time."""
        return None if at is None else at.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, at: datetime) -> datetime:
        """Return the local time of an instant."""
        local = at.replace(tzinfo=UTC).astimezone()
        return local.replace(tzinfo=self)
