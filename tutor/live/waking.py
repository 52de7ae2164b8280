"""The time of rooms, as it passes in an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Protocol


class Sleeper(Protocol):
    """What has something to do at times."""

    @property
    def next_wake(self) -> datetime | None:
        """When `wake` has something to do; None if nothing is planned."""

    def wake(self) -> None:
        """Do what is due."""


async def wake_in_time(
    sleeper: Sleeper, clock: Callable[[], datetime], changed: asyncio.Event
) -> None:
    """Wake a hub whenever it has something to do, until this is cancelled.

    Args:
        sleeper: the hub.
        clock: the hub's own.
        changed: set by who may have changed when that is.
    """
    while True:
        due = sleeper.next_wake
        delay = None if due is None else max(0.0, (due - clock()).total_seconds())
        if delay != 0:
            with suppress(TimeoutError):
                # not wait_for, which loses a cancellation that comes with the event
                async with asyncio.timeout(delay):
                    await changed.wait()
        else:
            await asyncio.sleep(0)
        changed.clear()
        sleeper.wake()
