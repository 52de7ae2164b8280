"""Faults of this program, told by kind and place: what they say may hold what somebody typed."""

from __future__ import annotations

import logging
from collections.abc import Callable

from tutor.text.message import msg
from tutor.text.words import Words

FAULTS = logging.getLogger("tutor.live.faults")
FAULTS.addHandler(logging.NullHandler())
FAULTS.propagate = False


def note(error: Exception) -> None:
    """Note what was raised where nothing should be."""
    FAULTS.error("a room failed", exc_info=error)


class Faults(logging.Handler):
    """Tells of faults in this program, not of what strangers broke."""

    def __init__(self, tell: Callable[[Words], None]) -> None:
        super().__init__(logging.ERROR)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        """Tell what was raised and where."""
        kind, _, trace = record.exc_info or (None, None, None)
        if kind is None or trace is None:
            return
        if record.name != FAULTS.name and record.getMessage() != "connection handler failed":
            return
        while trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
        said = (
            msg("A room met a fault in the server: {fault} in {place}.",
                fault=kind.__name__, place=place)
            if record.name == FAULTS.name
            else msg("A connection ended by a fault in the server: {fault} in {place}.",
                     fault=kind.__name__, place=place)
        )  # fmt: skip
        self._tell(said)
