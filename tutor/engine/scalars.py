"""Numbers among the arguments of functions on arrays, checked as the arrays are."""

from __future__ import annotations

import math
from numbers import Integral, Real

from tutor.engine.error import EngineError
from tutor.text.message import msg

LARGEST_ARRAY = 2**27  # entries that are made from sizes alone: 1 GiB of float64


def whole(name: str, value: object, *, least: int = 1) -> int:
    """Return a size or a seed.

    Raises:
        EngineError: no whole number, or one below the least.
    """
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        raise EngineError(
            msg("`{name}` is {value}.", name=name, value=str(value)[:40]),
            msg("It is a whole number from {least} on.", least=least),
            argument=name,
        )
    return int(value)


def entries(name: str, *sizes: int) -> None:
    """Check that an array of these sizes can be made.

    Raises:
        EngineError: it would not fit into memory.
    """
    if math.prod(sizes) > LARGEST_ARRAY:
        raise EngineError(
            msg(
                "`{name}` makes an array of {sizes} entries.",
                name=name,
                sizes=" × ".join(f"{size:,}" for size in sizes),
            ),
            msg("At most {most:,} entries can be written out.", most=LARGEST_ARRAY),
            argument=name,
        )


def real(name: str, value: object) -> float:
    """Return a finite number.

    Raises:
        EngineError: anything else.
    """
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        raise EngineError(
            msg("`{name}` is {value}.", name=name, value=str(value)[:40]),
            msg("It is a finite number."),
            argument=name,
        )
    return float(value)


def positive(name: str, value: object) -> float:
    """Return a finite number above 0.

    Raises:
        EngineError: anything else.
    """
    number = real(name, value)
    if number <= 0:
        raise EngineError(
            msg("`{name}` is {value}.", name=name, value=number),
            msg("It is a number above 0."),
            argument=name,
        )
    return number


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
    count = whole(heads, num_heads)
    if embed_dim % count:
        raise EngineError(
            msg(
                "`{heads}` = {count:,} does not divide `{name}` = {size:,}.",
                heads=heads,
                count=count,
                name=name,
                size=embed_dim,
            ),
            msg("Every head takes an equal share of the columns."),
            argument=heads,
        )
    return embed_dim // count
