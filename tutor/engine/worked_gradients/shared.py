"""What the worked gradients share: arguments, sums in TeX, an answer from its parts."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from tutor.engine import worked
from tutor.engine.arguments import exact_as_float
from tutor.engine.error import EngineError
from tutor.engine.notation import real
from tutor.engine.worked import Mistake, Term, Worked
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

APART = 0.01  # of the larger: answers are typed to two or three digits
SMALLEST, LARGEST = 1e-300, 1e300  # what a single answer may be

Activation = Literal["tanh", "relu", "sigmoid"]
Steps = Annotated[int, Field(ge=1, le=1000, strict=True)]
Place = Annotated[int, Field(ge=1, le=4096, strict=True)]
Seed = Annotated[int, Field(ge=0, le=10**9, strict=True)]
Above = Annotated[
    float, Field(ge=1e-6, le=1e6, allow_inf_nan=False, strict=True), BeforeValidator(exact_as_float)
]

PHI = {"tanh": r"\tanh", "relu": r"\operatorname{ReLU}", "sigmoid": r"\sigma"}
SLOPE = {"tanh": r"\tanh'", "relu": r"\operatorname{ReLU}'", "sigmoid": r"\sigma'"}


def number_worked(
    name: str,
    answer: Term,
    terms: Iterable[Term],
    lines: Iterable[Message],
    mistakes: Iterable[Mistake],
) -> Worked:
    """Return the answer, one of the terms.

    Mistakes within a hundredth of it, or of a likelier mistake, are left out.
    """
    assert not isinstance(answer.value, tuple)  # noqa: S101 - a number
    return worked.number_worked(
        name, answer, terms, lines, told_apart_relatively(answer.value, mistakes)
    )


def told_apart_relatively(total: float, mistakes: Iterable[Mistake]) -> tuple[Mistake, ...]:
    """Return the mistakes whose value is finite and not within a hundredth of another's.

    Gradients differ in orders of magnitude: a fixed distance would take small ones for one.
    """
    kept: list[Mistake] = []
    for mistake in mistakes:
        others = (total, *(other.value for other in kept))
        if math.isfinite(mistake.value) and all(_apart(mistake.value, other) for other in others):
            kept.append(mistake)
    return tuple(kept)


def _apart(a: float, b: float) -> bool:
    return abs(a - b) > APART * max(abs(a), abs(b))


def power(base: float, exponent: int) -> float:
    """Return base^exponent; infinity where it is past the range of floats."""
    try:
        return float(base**exponent)
    except OverflowError:
        return math.inf if base > 0 or exponent % 2 == 0 else -math.inf


def in_range(value: float, *, zero: bool, argument: str = "steps") -> float:
    """Return an answer that a float can hold with all its digits.

    Args:
        value: the answer as computed.
        zero: whether exactly 0 is right.
        argument: what made it so.

    Raises:
        EngineError: a product of so many factors that it leaves the range.
    """
    if (value == 0 and zero) or SMALLEST <= abs(value) <= LARGEST:
        return real(value)
    raise EngineError(
        msg("The result is too small or too large for a number: it leaves 1e-300 to 1e300."),
        msg("Take fewer steps, or a factor closer to 1."),
        argument=argument,
    )


def past_the_end(position: int, count: int) -> EngineError:
    """Return what is said about a position that a list does not have."""
    return EngineError(
        msg("`position` is `{value}`.", value=position),
        msg("`{argument}` counts from 1 to {count:,}.", argument="position", count=count),
        argument="position",
    )


def outcome(size: float) -> Message:
    """Return a sentence on what a factor of this size does over many steps."""
    if size < 1:
        return msg(
            r"Each step multiplies by $\val{size}$, less than 1 in size: the gradient vanishes.",
            size=size,
        )
    if size > 1:
        return msg(
            r"Each step multiplies by $\val{size}$, more than 1 in size: the gradient explodes.",
            size=size,
        )
    return msg("Each step multiplies by 1 in size: the gradient keeps its length.")


def joined(parts: Iterable[str]) -> Markdown:
    """Return a sum in TeX; of many parts the middle ones are left out."""
    written = list(parts)
    if len(written) > 6:
        written = [*written[:3], r"\dots", *written[-2:]]
    return Markdown(" + ".join(written))
