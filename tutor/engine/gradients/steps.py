"""How many steps a gradient is followed through."""

from __future__ import annotations

from tutor.engine.error import EngineError
from tutor.text.message import msg


def check_steps(steps: object, name: str = "steps") -> None:
    """Refuse a number of steps that is no whole number from 1 on.

    Raises:
        EngineError: naming the argument.
    """
    if isinstance(steps, bool) or not isinstance(steps, int) or steps < 1:
        raise EngineError(
            msg("`{name}` is `{value}`.", name=name, value=str(steps)[:40]),
            msg("It is a whole number from 1 on."),
            argument=name,
        )


def overflow(t: int) -> EngineError:
    """Return what is said about a unit that is no longer finite at step t, from 0."""
    return EngineError(
        msg("The state overflows at step {step:,}.", step=t + 1),
        msg("Take smaller weights, or fewer steps."),
        argument="w",
    )
