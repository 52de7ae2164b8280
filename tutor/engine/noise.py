"""Numbers that look random and are a function of a seed: the same on every machine.

The bits are those of PCG64, whose stream NumPy keeps from version to version; what is made of
them is written here, since NumPy's own distributions may change.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def uniform(seed: int, *shape: int) -> Array:
    """Return numbers from [0, 1), evenly spread."""
    bits = np.random.PCG64(seed).random_raw(math.prod(shape))
    return np.asarray((bits >> np.uint64(11)) * 2.0**-53, dtype=np.float64).reshape(shape)


def normal(seed: int, *shape: int) -> Array:
    """Return numbers of the standard normal distribution (Box & Muller 1958)."""
    u, v = uniform(seed, 2, math.prod(shape))
    numbers = np.sqrt(-2.0 * np.log1p(-u)) * np.cos(2.0 * np.pi * v)
    return np.asarray(numbers, dtype=np.float64).reshape(shape)
