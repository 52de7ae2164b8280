"""An interval in a few characters, for the four ratings."""

from __future__ import annotations

from datetime import timedelta

from tutor.text.message import Message, msg

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_MONTH_DAYS = 365.25 / 12


def interval_words(interval: timedelta) -> Message:
    """Return the interval to two digits or so: `<1 min`, `10 min`, `4 d`, `2.5 mo`, `1.2 y`.

    A card that is to come back within a minute reads `<1 min`; in a session it may come
    at once, when nothing else is waiting.
    """
    if interval <= _MINUTE:
        return msg("<1 min")
    if (minutes := _rounded(interval / _MINUTE)) < 60:
        return msg("{n} min", n=minutes)
    if (hours := _rounded(interval / _HOUR)) < 24:
        return msg("{n} h", n=hours)
    days = interval / _DAY
    if (whole := _rounded(days)) < 31:
        return msg("{n} d", n=whole)
    if whole < 365:
        return msg("{n} mo", n=round(days / _MONTH_DAYS, 1))
    return msg("{n} y", n=round(days / 365.25, 1))


def _rounded(count: float) -> int:
    return int(count + 0.5)  # 5.5 minutes are 6 and 6.5 are 7: no rounding to even
