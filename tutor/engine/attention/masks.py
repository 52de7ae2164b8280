"""Masks of attention: which keys a query may look at, True where it may.

That is the meaning of a boolean mask in PyTorch's `scaled_dot_product_attention` and in Keras.
PyTorch's `nn.MultiheadAttention` and Transformer layers mean the opposite: True hides, in
`attn_mask` and `key_padding_mask`. Theirs are `~mask` and `~real_keys`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.engine.error import EngineError
from tutor.engine.scalars import entries, whole
from tutor.text.message import msg
from tutor.text.template import Markdown

Mask = NDArray[np.bool_]


def causal_mask(T: int) -> Mask:
    """Return the mask (T, T) under which query i sees the keys j ≤ i: T(T+1)/2 pairs.

    Raises:
        EngineError: no size.
    """
    T = whole("T", T)
    entries("T", T, T)
    return np.tri(T, dtype=np.bool_)  # (T, T)


def padding_mask(lengths: ArrayLike, T: int) -> Mask:
    """Return which of T positions hold a real token, (..., T), for sequences of these lengths.

    It is what attention takes as `real_keys`.

    Args:
        lengths: (...): how many tokens each sequence has; the padding comes after them.
        T: the length that all are padded to.

    Raises:
        EngineError: a length that is no whole number from 1 to T.
    """
    T = whole("T", T)
    try:
        length = np.asarray(lengths)
    except ValueError:  # rows of different lengths
        length = np.asarray(None)
    entries("T", max(length.size, 1), T)
    if length.dtype.kind not in "iu" or (length < 1).any() or (length > T).any():
        raise EngineError(
            msg("`lengths` holds a number that is no length."),
            msg("Each is a whole number from 1 to T = {T:,}.", T=T),
            argument="lengths",
        )
    return np.asarray(np.arange(T) < length[..., None])  # (..., T)


def as_mask(name: str, value: ArrayLike, shape: tuple[int, ...]) -> Mask:
    """Return a mask that has been given, broadcast to a shape.

    Raises:
        EngineError: entries that are not True or False, or a shape that does not broadcast.
    """
    mask = booleans(name, value)
    try:
        return np.broadcast_to(mask, shape)
    except ValueError:
        raise EngineError(
            msg("`{name}` has the shape ({shape}).", name=name, shape=shape_text(mask.shape)),
            msg("It must broadcast to ({shape}).", shape=shape_text(shape)),
            argument=name,
        ) from None


def booleans(name: str, value: ArrayLike) -> Mask:
    """Return a mask as an array.

    Raises:
        EngineError: entries that are not True or False, or ragged rows.
    """
    try:
        mask = np.asarray(value)
    except ValueError:  # rows of different lengths
        mask = np.asarray(None)
    if mask.dtype != np.bool_:
        raise EngineError(
            msg("`{name}` is no array of True and False.", name=name),
            msg("True means: may be looked at."),
            argument=name,
        )
    return mask


def leading(**arrays: NDArray[np.generic]) -> tuple[int, ...]:
    """Return what the axes before the last two of some arrays broadcast to.

    Args:
        arrays: by the names of the arguments; two or three of them.

    Raises:
        EngineError: they do not broadcast.
    """
    try:
        return np.broadcast_shapes(*(array.shape[:-2] for array in arrays.values()))
    except ValueError:
        first, *others = arrays
        shapes = [f"`{name}` ({shape_text(arrays[name].shape)})" for name in others]
        raise EngineError(
            msg(
                "`{name}` has the shape ({shape}), {others}.",
                name=first,
                shape=shape_text(arrays[first].shape),
                others=Markdown(", ".join(shapes)),
            ),
            msg("The axes before the last two must be the same, or 1."),
            argument=others[0],
        ) from None


def shape_text(shape: tuple[int, ...]) -> str:
    """Return a shape as it is written between parentheses."""
    return ", ".join(map(str, shape))
