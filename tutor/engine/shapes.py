"""Arrays whose shapes must fit each other: checked once, at the edge of the engine.

A shape is written in the symbols of the equation, `("4h", "d")`. The first array in which a
symbol stands alone or with a factor binds it; an array that does not fit is refused with both
shapes, and with where the size it should have came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.engine.error import EngineError
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

Array = NDArray[np.floating]
_DIM = re.compile(r"(\d*)([A-Za-z]\w*)?")


@dataclass(frozen=True, slots=True)
class _Size:
    size: int
    source: str


class Shapes:
    """The sizes that symbols have taken in one call."""

    def __init__(self) -> None:
        self._sizes: dict[str, _Size] = {}

    def __getitem__(self, symbol: str) -> int:
        """Return a symbol's size."""
        return self._sizes[symbol].size

    def bind(self, symbol: str, size: int, source: str) -> int:
        """Give a symbol a size that an argument names, such as `num_heads`."""
        self._sizes[symbol] = _Size(size, source)
        return size

    def array(self, name: str, value: ArrayLike, *dims: str) -> Array:
        """Return an argument as an array of floats that has the shape.

        Args:
            name: the argument.
            value: numbers; float32 stays float32, all else becomes float64.
            dims: one for each axis: a symbol, a number, or both, as in `4h`. A first dim of
                `...` stands for any number of axes.

        Raises:
            EngineError: no array of numbers, a wrong shape, or an entry that is not finite.
        """
        array = numbers(name, value)
        self.fit(name, array.shape, *dims)
        return array

    def fit(self, name: str, shape: tuple[int, ...], *dims: str) -> None:
        """Check a shape, and bind the symbols that are new.

        Raises:
            EngineError: the shape does not fit.
        """
        open_ended = bool(dims) and dims[0] == "..."
        named = dims[1:] if open_ended else dims
        if len(shape) < len(named) or (len(shape) > len(named) and not open_ended):
            raise self._misfit(name, shape, dims)
        new: dict[str, _Size] = {}
        for size, dim in zip(shape[len(shape) - len(named) :], named, strict=True):
            factor, symbol = _split(dim)
            known = self._sizes.get(symbol, new.get(symbol)) if symbol else _Size(1, "")
            if known is None:
                if size % factor or not size:
                    raise self._misfit(name, shape, dims)
                new[symbol] = _Size(size // factor, name)
            elif size != factor * known.size:
                raise self._misfit(name, shape, dims)
        self._sizes.update(new)

    def _misfit(self, name: str, shape: tuple[int, ...], dims: tuple[str, ...]) -> EngineError:
        return EngineError(
            msg("`{name}` has the shape ({shape}).", name=name, shape=_written(shape)),
            self._wanted(dims),
            argument=name,
        )

    def _wanted(self, dims: tuple[str, ...]) -> Message:
        shown, sources = [], []
        for dim in dims:
            factor, symbol = _split(dim) if dim != "..." else (1, "")
            known = self._sizes.get(symbol)
            shown.append(dim if known is None else str(factor * known.size))
            if known is not None:
                source = f"{symbol} = {known.size} (`{known.source}`)"
                sources.append(source)
        symbols, needed = ", ".join(dims), ", ".join(shown)
        if not sources:
            return msg("It needs the shape ({symbols}).", symbols=symbols)
        return msg(
            "It needs ({symbols}) = ({needed}), since {sources}.",
            symbols=symbols,
            needed=needed,
            sources=Markdown(", ".join(dict.fromkeys(sources))),
        )


def numbers(name: str, value: ArrayLike, *, finite: bool = True) -> Array:
    """Return an argument as an array of float32, if it is one, or float64.

    Args:
        name: the argument.
        value: numbers, in rows of one length.
        finite: whether infinities and NaN are refused.

    Raises:
        EngineError: no numbers, ragged rows, or an entry that is not finite.
    """
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        raise _not_numbers(name) from None
    if array.dtype != np.float32:
        if array.dtype.kind not in "iuf" and not _all_numbers(array):
            raise _not_numbers(name)
        try:
            array = array.astype(np.float64, copy=False)
        except OverflowError:  # an integer of more than 308 digits
            raise _not_numbers(name) from None
    if finite and not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise EngineError(
            msg(
                "`{name}` is {value} at [{where}].",
                name=name,
                value=str(array[where]),
                where=_written(where),
            ),
            msg("Every entry must be a finite number."),
            argument=name,
        )
    return array


def _all_numbers(array: NDArray[np.generic]) -> bool:
    return array.dtype.kind == "O" and all(
        isinstance(item, (int, float)) and not isinstance(item, bool) for item in array.flat
    )


def _not_numbers(name: str) -> EngineError:
    return EngineError(
        msg("`{name}` is no array of numbers.", name=name),
        msg("Write numbers, in rows of one length."),
        argument=name,
    )


def _split(dim: str) -> tuple[int, str]:
    match = _DIM.fullmatch(dim)
    if match is None or not dim:
        raise ValueError(f"not a dimension: {dim!r}")
    return int(match[1] or 1), match[2] or ""


def _written(shape: tuple[int, ...]) -> str:
    return ", ".join(map(str, shape))
