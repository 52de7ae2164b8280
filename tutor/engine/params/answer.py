"""A count of parameters as an answer."""

from __future__ import annotations

from tutor.engine.worked import Solution, Worked
from tutor.text.message import msg


def params_worked(name: str, total: int, solution: Solution) -> Worked:
    """Return the answer of the engine function of this name."""
    return Worked(name=name, total=total, unit=msg("parameters"), solution=solution)
