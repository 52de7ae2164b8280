"""Arrays as worked answers hold them."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine.worked import Nested, Value


def nested(array: ArrayLike) -> Value:
    """Return an array as nested tuples of floats, one of no axes as a float."""
    return _frozen(np.asarray(array, dtype=np.float64).tolist())


def rows(array: ArrayLike) -> Nested:
    """Return an array of one axis or more as nested tuples of floats."""
    return cast("Nested", nested(array))


def _frozen(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return float(value)
