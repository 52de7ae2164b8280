"""Tokens that a layer is shown, drawn from a seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TOKENS = 2**33  # added to the seed, so that tokens are not the numbers of the weights
MEMORY = 2**34  # the same for the encoder's output


def tokens(seed: int, n: int, d: int) -> NDArray[np.float64]:
    """Return n vectors of d standard normal numbers."""
    from tutor.engine import noise

    return noise.normal(TOKENS + seed, n, d)


def memory(seed: int, n: int, d: int) -> NDArray[np.float64]:
    """Return n vectors of an encoder's output: they look like normalised ones."""
    from tutor.engine import noise

    return noise.normal(MEMORY + seed, n, d)
