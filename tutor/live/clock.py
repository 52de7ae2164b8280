"""The one clock that counts in a room."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def steady_clock() -> Callable[[], datetime]:
    """Return a clock that begins with the machine's time, and then only ever goes forward.

    A machine whose time is set anew in a lesson must not end or stretch a vote.
    """
    began, at = datetime.now(UTC), time.monotonic()
    return lambda: began + timedelta(seconds=time.monotonic() - at)
