"""Numbers that the functions on series take as arguments: checked before anything is computed."""

from __future__ import annotations

import math

from tutor.engine.error import EngineError
from tutor.text.message import Message, msg

LARGEST_SEED = 2**63 - 1


def whole(argument: str, value: object, least: int, most: int) -> int:
    """Return a whole number of a range.

    Raises:
        EngineError: it is something else.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise refused(
            argument,
            value,
            msg(
                "`{argument}` is a whole number from {least:,} to {most:,}.",
                argument=argument,
                least=least,
                most=most,
            ),
        )
    return value


def real(argument: str, value: object, least: float = -1e300, most: float = 1e300) -> float:
    """Return a finite number of a range.

    Raises:
        EngineError: it is something else.
    """
    number = math.nan
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError:  # an integer of more than 308 digits
            number = math.inf
    if not least <= number <= most:  # NaN is in no range
        if abs(least) == abs(most) == 1e300:
            hint = msg("`{argument}` is a finite number.", argument=argument)
        else:
            hint = msg(
                "`{argument}` is a number from {least:,} to {most:,}.",
                argument=argument,
                least=least,
                most=most,
            )
        raise refused(argument, value, hint)
    return number


def seed(value: object) -> int:
    """Return a seed.

    Raises:
        EngineError: it is no whole number from 0 on.
    """
    return whole("seed", value, 0, LARGEST_SEED)


def refused(argument: str, value: object, hint: Message) -> EngineError:
    """Return the error of an argument's value, with what it takes."""
    text = repr(value) if not isinstance(value, int) or value.bit_length() < 128 else "≥ 2^127"
    return EngineError(
        msg("`{argument}` is `{value}`.", argument=argument, value=text[:40]),
        hint,
        argument=argument,
    )
