"""Positional encoding without parameters: sines and cosines of ever lower frequency."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tutor.engine.scalars import entries, positive, whole


def sinusoidal_positions(n: int, d: int, base: float = 10000.0) -> NDArray[np.float64]:
    """Return the encoding of the positions 0 … n − 1, (n, d).

    PE(pos, 2i) = sin(pos / base^(2i/d)), PE(pos, 2i + 1) = cos of the same angle; row 0 is
    (0, 1, 0, 1, …). Of an odd d the last sine stands without its cosine; the code of d2l, whose
    numbers these are otherwise, takes an even d only.

    Raises:
        EngineError: no sizes, or a base that is not above 0.

    Source: Vaswani et al. 2017, 3.5; Zhang et al., Dive into Deep Learning, 11.6.3.
    """
    n, d = whole("n", n), whole("d", d)
    entries("n", n, d)
    column = np.arange(d)  # (d)
    pair = column - column % 2  # (d): 0 0 2 2 4 4 …
    angle = np.arange(n)[:, None] / positive("base", base) ** (pair / d)  # (n, d)
    return np.where(column % 2, np.cos(angle), np.sin(angle))
