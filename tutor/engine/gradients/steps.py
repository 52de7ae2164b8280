"""Steps at which a unit is no longer finite."""

from __future__ import annotations

from tutor.engine.error import EngineError
from tutor.text.message import msg


def overflow(t: int) -> EngineError:
    """Return what is said about a unit that is no longer finite at step t, from 0."""
    return EngineError(
        msg("The state overflows at step {step:,}.", step=t + 1),
        msg("Take smaller weights, or fewer steps."),
        argument="w",
    )
