"""Weight tensors of cells: checked once when they are given, or drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine import noise
from tutor.engine.error import EngineError
from tutor.engine.scalars import whole
from tutor.engine.shapes import Array, Shapes, numbers
from tutor.text.message import msg

LARGEST_SIZE = 10**15
MOST_DRAWN = 10**7  # 80 MB of float64


def keep_checked(weights: object, shapes: Shapes, **tensors: Sequence[str]) -> None:
    """Put arrays of the right shapes in the place of what a frozen dataclass was given.

    Args:
        weights: the dataclass; a tensor that is None stays so.
        shapes: the symbols bound so far.
        tensors: the dims of each tensor, by its name.

    Raises:
        EngineError: a tensor has a wrong shape, or an entry that is not finite.
    """
    for name, dims in tensors.items():
        value = getattr(weights, name)
        if value is not None:
            object.__setattr__(weights, name, shapes.array(name, value, *dims))


def drawn_tensors(seed: int, hidden_size: int, *shapes: tuple[int, ...]) -> list[Array]:
    """Return tensors with entries evenly spread in ±1/√h, as PyTorch starts them.

    Raises:
        EngineError: a seed below 0, or more entries than memory is spent on.
    """
    whole("seed", seed, least=0)
    counts = [math.prod(shape) for shape in shapes]
    if sum(counts) > MOST_DRAWN:
        raise EngineError(
            msg("These sizes make {count:,} weights.", count=sum(counts)),
            msg("At most {most:,} are drawn.", most=MOST_DRAWN),
            argument="hidden_size",
        )
    entries = (2.0 * noise.uniform(seed, sum(counts)) - 1.0) / math.sqrt(hidden_size)
    pieces = np.split(entries, np.cumsum(counts)[:-1])
    return [piece.reshape(shape) for piece, shape in zip(pieces, shapes, strict=True)]


def check_sizes(**sizes: int) -> None:
    """Refuse sizes that are no whole numbers from 1 on.

    Raises:
        EngineError: naming the first of them.
    """
    for name, size in sizes.items():
        whole(name, size, most=LARGEST_SIZE)


def one_direction(name: str, value: ArrayLike) -> Array:
    """Return an ONNX tensor without its leading axis of directions, which must be of size 1.

    Raises:
        EngineError: no numbers, or two directions.
    """
    array = numbers(name, value)
    Shapes().fit(name, array.shape, "1", *("n" * i for i in range(1, array.ndim)))
    (only,) = array
    return np.asarray(only)


def reordered(tensor: Array, order: Sequence[int]) -> Array:
    """Return a tensor whose blocks of rows, one for each gate, stand in another order."""
    k = len(order)
    blocks = tensor.reshape(k, len(tensor) // k, -1)  # (k, h, d)
    return blocks[list(order)].reshape(tensor.shape)


def biases(bias_ih: Array | None, bias_hh: Array | None, size: int) -> Array:
    """Return the sum of two biases that may be missing, (size)."""
    given = [bias for bias in (bias_ih, bias_hh) if bias is not None]
    return np.asarray(sum(given)) if given else np.zeros(size, dtype=np.float32)


def dtype_of(*tensors: Array | None) -> np.dtype[np.floating]:
    """Return the type that holds all tensors: float32 if all are, otherwise float64."""
    return np.result_type(*(tensor for tensor in tensors if tensor is not None))


def product_matrix(
    weight: Array, order: Sequence[int], dtype: np.dtype[np.floating], *, negated: int
) -> Array:
    """Return the weights of all gates as one matrix, to be multiplied from the right.

    Args:
        weight: (k·h, d) or (k·h): k blocks of rows, one for each gate.
        order: the blocks in the order in which they are computed, each by its place.
        dtype: of the result.
        negated: of how many gates, from the first, the sign is turned: see
            `gate.sigmoid_of_negative`.

    Returns:
        An array (d, k·h) or (k·h).
    """
    h = len(weight) // len(order)
    matrix = np.empty((*weight.shape[1:], len(weight)), dtype)  # (d, k·h)
    for place, block in enumerate(order):
        W = weight[block * h : (block + 1) * h].T  # (d, h)
        matrix[..., place * h : (place + 1) * h] = -W if place < negated else W
    return matrix


def gate_views(gates: Array, k: int) -> Array:
    """Return each gate as a view, (k, …, h), of gates that stand side by side, (…, k·h)."""
    *leading, width = gates.shape
    n = len(leading)
    views = gates.reshape(*leading, k, width // k)
    return views.transpose(n, *range(n), n + 1)  # np.moveaxis takes ten times as long
