"""An end to what strangers can make this process work out."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType

AGAIN = 0.05  # seconds


class TookTooLong(Exception):
    """Something was given up; it has changed nothing."""


class _Ring(BaseException):
    """Which no `except Exception` on the way takes for its own."""


class _Alarm:
    """The timer of the main thread; it counts the work of this process, not the time."""

    def __init__(self) -> None:
        self.is_set = False
        signal.signal(signal.SIGVTALRM, self._ring)

    def _ring(self, _number: int, _frame: FrameType | None) -> None:
        if self.is_set:  # not a moment after what it was set for has ended
            raise _Ring


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Give up what is worked out in the block after so many seconds of this process's work.

    It works in the main thread alone, where a server of strangers' rooms runs, and where the
    system has the timer; elsewhere there is no end. What is given up must be pure: it may stop
    between any two of its steps. Within another such block the outer one is the end.

    Raises:
        TookTooLong: it took longer.
    """
    if not _can_end() or _alarm().is_set:
        yield
        return
    alarm = _alarm()
    alarm.is_set = True
    # again and again: one that falls into a destructor is lost
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
    try:
        yield
    except _Ring:
        raise TookTooLong from None
    finally:
        alarm.is_set = False
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


@cache
def _alarm() -> _Alarm:
    return _Alarm()


def _can_end() -> bool:
    is_main = threading.current_thread() is threading.main_thread()
    return is_main and hasattr(signal, "setitimer")
