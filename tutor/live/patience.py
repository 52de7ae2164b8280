"""An end to what strangers can make this process work out."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TookTooLong(Exception):
    """Something was given up; it has changed nothing."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Give up what is worked out in the block after so many seconds of this process's work.

    It works in the main thread alone, where a server of strangers' rooms runs, and where the
    system has the timer; elsewhere there is no end. What is given up must be pure: it may stop
    between any two of its steps. Within another such block the outer one is the end.

    Raises:
        TookTooLong: it took longer.
    """
    if not _can_end() or signal.getitimer(signal.ITIMER_VIRTUAL)[0]:
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _can_end() -> bool:
    is_main = threading.current_thread() is threading.main_thread()
    return is_main and hasattr(signal, "setitimer")


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise TookTooLong
