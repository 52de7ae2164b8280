"""How worked answers write numbers and arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.engine.worked import Term
from tutor.text.template import tex_number, write_number
from tutor.text.words import Words

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def real(x: float) -> float:
    """Return the number without a negative zero."""
    return x + 0.0


def tex(x: float) -> str:
    """Return a number as TeX, to four digits."""
    return tex_number(write_number(real(x), ".4g"))


def factor(x: float) -> str:
    """Return a number as TeX that can be multiplied or squared: in parentheses if need be."""
    return in_parentheses(tex(x))


def in_parentheses(number: str) -> str:
    """Return a number in TeX with parentheses if it has a sign or a power."""
    return f"({number})" if number.startswith("-") or "^" in number else number


def array_term(
    name: str, label: Words, symbol: str, array: ArrayLike, substituted: str | None = None
) -> Term:
    """Return an array as a part of an answer.

    Args:
        name: the term's id.
        label: the name people know it by.
        symbol: how it is computed, as TeX.
        array: any shape.
        substituted: what stands for its numbers, as TeX; the symbol if left out.
    """
    import numpy as np

    from tutor.engine.nested import nested

    numbers = symbol if substituted is None else substituted
    return Term(name, label, symbol, numbers, nested(array), np.shape(array))
