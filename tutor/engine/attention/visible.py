"""What the queries of one call may see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine.attention.masks import Mask, as_mask, shape_text
from tutor.engine.error import EngineError
from tutor.engine.shapes import Array
from tutor.text.message import msg


@dataclass(frozen=True, slots=True, eq=False)
class Visible:
    """Which of n × m pairs are allowed.

    Attributes:
        shape: (..., n, m), the shape of the scores.
        mask: (..., n, m), True where the query may look at the key; None for everywhere.
        is_causal: whether query i sees the keys j ≤ i only, besides.
        source: the argument that hides most, for messages.
    """

    shape: tuple[int, ...]
    mask: Mask | None
    is_causal: bool
    source: str = "mask"

    def all(self) -> Mask | None:
        """Return everything in one mask (..., n, m); None where nothing is hidden."""
        if not self.is_causal:
            return self.mask
        n, m = self.shape[-2:]
        causal = np.tri(n, m, dtype=np.bool_)  # (n, m)
        return np.broadcast_to(causal if self.mask is None else causal & self.mask, self.shape)

    def hide(self, scores: Array, start: int = 0) -> None:
        """Set the scores of hidden pairs to −∞, in place.

        Args:
            scores: (..., b, m'): those of the queries from `start` on, with the first m' keys.
            start: the first of the queries, from 0.
        """
        b, m = scores.shape[-2:]
        if self.mask is not None:
            np.copyto(scores, -np.inf, where=~self.mask[..., start : start + b, :m])
        if self.is_causal:  # up to key `start` all is visible
            later = ~np.tri(b, max(m - start, 0), dtype=np.bool_)
            np.copyto(scores[..., start:], -np.inf, where=later)


def all_hidden(rows: Mask, source: str, start: int = 0) -> EngineError:
    """Return the refusal of queries that may look at nothing.

    Args:
        rows: (..., b), True for such a query.
        source: the argument that hides most.
        start: the first of the queries, from 0.
    """
    *lead, row = (int(i) for i in np.argwhere(rows)[0])
    return EngineError(
        msg(
            "Everything is hidden from query [{where}].",
            where=shape_text((*lead, row + start)),
        ),
        msg("Its softmax would be 0/0; every query needs a key that it may look at."),
        argument=source,
    )


def visible(
    shape: tuple[int, ...],
    mask: ArrayLike | None,
    real_keys: ArrayLike | None,
    *,
    is_causal: bool,
) -> Visible:
    """Return what is visible, from the arguments of an attention.

    Args:
        shape: (..., n, m), the shape of the scores.
        mask: broadcasts to it; True where a query may look at a key.
        real_keys: broadcasts to (..., m); True for a token, False for padding.
        is_causal: whether query i sees the keys j ≤ i only.

    Raises:
        EngineError: a mask that is not boolean or does not fit.
    """
    allowed = None if mask is None else as_mask("mask", mask, shape)
    if real_keys is not None:
        real = as_mask("real_keys", real_keys, (*shape[:-2], shape[-1]))[..., None, :]
        allowed = np.broadcast_to(real if allowed is None else allowed & real, shape)
    return Visible(shape, allowed, is_causal, "real_keys" if mask is None else "mask")
