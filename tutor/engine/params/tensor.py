"""A weight tensor as a term of a count."""

from __future__ import annotations

from math import prod

from tutor.engine.worked import Term


def tensor(name: str, label: str, *dims: tuple[str, int]) -> Term:
    """Return the term for a tensor.

    Args:
        name: the term's id.
        label: the framework's name.
        dims: for every dimension its symbol and its size.
    """
    return Term(
        id=name,
        label=label,
        symbol=r" \times ".join(symbol for symbol, _ in dims),
        substituted=r" \times ".join(f"{size:,}" for _, size in dims),
        value=prod(size for _, size in dims),
        shape=tuple(size for _, size in dims),
    )
