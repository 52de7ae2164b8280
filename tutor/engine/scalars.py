"""Numbers among the arguments of functions on arrays, checked as the arrays are."""

from __future__ import annotations

import math
from collections.abc import Iterable
from numbers import Integral, Real

from tutor.engine.error import EngineError
from tutor.engine.heads import head_width
from tutor.text.message import Message, msg

LARGEST_ARRAY = 2**24  # entries that are made from sizes alone: 128 MiB of float64


def whole(name: str, value: object, *, least: int = 1, most: int | None = None) -> int:
    """Return a whole number of a range.

    Raises:
        EngineError: no whole number, or one out of the range.
    """
    number = int(value) if isinstance(value, Integral) and not isinstance(value, bool) else None
    if number is None or number < least or (most is not None and number > most):
        raise _refused(
            name,
            value,
            msg("It is a whole number from {least} on.", least=least)
            if most is None
            else msg(
                "`{argument}` is a whole number from {least:,} to {most:,}.",
                argument=name,
                least=least,
                most=most,
            ),
        )
    return number


def entries(name: str, *sizes: int, most: int = LARGEST_ARRAY) -> None:
    """Check that an array of these sizes can be made.

    Raises:
        EngineError: it would not fit into memory.
    """
    if math.prod(sizes) > most:
        raise EngineError(
            msg(
                "`{name}` makes an array of {sizes} entries.",
                name=name,
                sizes=" × ".join(f"{size:,}" for size in sizes),
            ),
            msg("At most {most:,} entries can be written out.", most=most),
            argument=name,
        )


def real(name: str, value: object, *, least: float = -math.inf, most: float = math.inf) -> float:
    """Return a finite number of a range.

    Raises:
        EngineError: anything else.
    """
    number = _float(value)
    if not (math.isfinite(number) and least <= number <= most):
        raise _refused(
            name,
            value,
            msg("`{argument}` is a finite number.", argument=name)
            if math.isinf(most)
            else msg(
                "`{argument}` is a number from {least:,} to {most:,}.",
                argument=name,
                least=least,
                most=most,
            ),
        )
    return number


def positive(name: str, value: object) -> float:
    """Return a finite number above 0.

    Raises:
        EngineError: anything else.
    """
    number = _float(value)
    if not 0 < number < math.inf:
        raise _refused(name, value, msg("`{name}` is a number above 0.", name=name))
    return number


def choice(name: str, value: object, choices: Iterable[str]) -> str:
    """Return one of some words.

    Raises:
        EngineError: another word, or none.
    """
    known = tuple(choices)
    if not isinstance(value, str) or value not in known:
        raise _refused(
            name,
            value,
            msg("`{argument}` is one of {choices}.", argument=name, choices=", ".join(known)),
        )
    return value


def head_dim(
    num_heads: object, embed_dim: int, *, heads: str = "num_heads", name: str = "embed_dim"
) -> int:
    """Return the columns of one head: embed_dim / num_heads.

    Args:
        num_heads: the number of heads.
        embed_dim: the columns of all heads.
        heads: the name of the first argument.
        name: the name of the second.

    Raises:
        EngineError: the heads do not divide the columns.
    """
    return head_width(name, embed_dim, heads, whole(heads, num_heads))


def _float(value: object) -> float:
    """Return a number as a float, what is none as NaN."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return math.nan
    try:
        return float(value)
    except OverflowError:  # an integer of more than 308 digits
        return math.inf


def _refused(name: str, value: object, hint: Message) -> EngineError:
    return EngineError(
        msg("`{argument}` is `{value}`.", argument=name, value=_written(value)),
        hint,
        argument=name,
    )


def _written(value: object) -> str:
    if isinstance(value, int) and value.bit_length() > 128:  # Python writes no endless numbers
        return "≤ -2^128" if value < 0 else "≥ 2^128"
    return str(value)[:40]
