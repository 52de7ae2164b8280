"""Ending when the system says so, with the terminal as it was."""

from __future__ import annotations

import asyncio
import signal
from typing import Any

from textual.app import App

_SIGNALS = ("SIGTERM", "SIGHUP")  # as far as the system has them


def end_when_told(app: App[Any]) -> None:
    """Exit an app that runs in this event loop at SIGTERM and SIGHUP, with 128 + the number.

    There is nothing to save: what was answered is in the log already.
    """
    loop = asyncio.get_running_loop()
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, _end, app, 128 + int(number))
        except (NotImplementedError, RuntimeError, ValueError):
            return  # this system or this thread cannot: the signals do what they always do


def _end(app: App[Any], return_code: int) -> None:
    app.exit(return_code=return_code)
