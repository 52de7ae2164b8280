"""A learner's own count, diagnosed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tutor.engine import Worked
from tutor.grading.formula import Value
from tutor.grading.numbers import NumberProblem, parse_number, write
from tutor.labs.parameters.frame import ParametersFrame
from tutor.text.message import Message, msg
from tutor.text.words import Words

_UNITS = ("parameters", "개")


@dataclass(frozen=True, slots=True)
class Guess:
    """A count that was understood.

    Attributes:
        value: the number.
        verdict: `right`; `mistake`, a known one; `off`, wrong in a way that has no name.
        message: what it counts, or how far it is off.
        mistake: the engine's id of the mistake.
    """

    value: Value
    verdict: Literal["right", "mistake", "off"]
    message: Words
    mistake: str | None = None


@dataclass(frozen=True, slots=True)
class Malformed:
    """A text that is not a number; it is asked again, never called wrong."""

    message: Message


def diagnose(frame: ParametersFrame, text: str) -> Guess | Malformed:
    """Compare a typed count with the frame's, and name the mistake that leads to it.

    Args:
        frame: the layer, counted.
        text: a number, or arithmetic such as `4*24*(10+24+2)`; a unit may follow.
    """
    return diagnose_count(frame.worked, text)


def diagnose_count(worked: Worked, text: str) -> Guess | Malformed:
    """Compare a typed count with the engine's, and name the mistake that leads to it.

    Args:
        worked: the count.
        text: a number, or arithmetic on numbers; a unit may follow.
    """
    text = text.strip()
    for unit in _UNITS:
        text = text.removesuffix(unit)
    value = parse_number(text)
    if isinstance(value, NumberProblem):
        return Malformed(value.message)
    if value == worked.total:
        return Guess(value, "right", msg("{total:,} parameters.", total=worked.count))
    for mistake in worked.mistakes:
        if value == mistake.value:
            return Guess(value, "mistake", mistake.message, mistake.id)
    for other in worked.variants:
        if value == other.total:
            why = msg(
                "{value:,} is the count under another convention, {label}: {why}",
                value=other.total,
                label=other.label,
                why=other.why,
            )
            return Guess(value, "mistake", why, "other-convention")
    return Guess(value, "off", _off(value, worked.count))


def _off(value: Value, total: int) -> Message:
    """Say how far a count without a name is off."""
    if not isinstance(value, int):
        return msg("{value} is not a whole number, and a count is.", value=write(value))
    if value > total and value % total == 0:
        return msg(
            "{value} is exactly {times:,} times the count. If that is for {times:,} steps or"
            " examples: the same weights serve them all.",
            value=write(value),
            times=value // total,
        )
    if value < total:
        return msg("{value} is {n} too few.", value=write(value), n=write(total - value))
    return msg("{value} is {n} too many.", value=write(value), n=write(value - total))
