"""Gradients cut down to size (Pascanu, Mikolov & Bengio 2013, section 3.2)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from tutor.engine.error import EngineError
from tutor.engine.gradients.norms import binary_exponent
from tutor.engine.scalars import positive, real
from tutor.engine.shapes import Array, numbers
from tutor.text.message import msg


def global_norm(gradients: Sequence[ArrayLike]) -> float:
    """Return √Σg² over the entries of all arrays: the norm as if they were one vector.

    Raises:
        EngineError: an array with an entry that is not finite, or a norm above 1.8e308.
    """
    scaled, exponent = _scaled_norm(_arrays(gradients))
    with np.errstate(over="ignore", under="ignore"):
        norm = float(np.ldexp(scaled, exponent))
    if norm == np.inf:
        raise EngineError(
            msg("The numbers grow past what can be computed with."),
            msg("Use smaller numbers in the input and the weights."),
            argument="gradients",
        )
    return norm


def clip_by_norm(
    gradients: Sequence[ArrayLike], max_norm: float, *, eps: float = 0.0
) -> tuple[Array, ...]:
    """Return the gradients, scaled by max_norm / (norm + eps) where that is below 1.

    All arrays are scaled alike, so the direction of the step stays: (3, 4) clipped to 1 is
    (0.6, 0.8). Gradients no longer than `max_norm` stay as they are.

    Args:
        gradients: arrays of any shapes.
        max_norm: the largest global norm, above 0.
        eps: what `torch.nn.utils.clip_grad_norm_` adds to the norm: 1e-6. It makes the result
            shorter than `max_norm` by that much, and does not matter otherwise.

    Raises:
        EngineError: an array with an entry that is not finite, a limit that is not above 0.
    """
    arrays = _arrays(gradients)
    max_norm = positive("max_norm", max_norm)
    eps = real("eps", eps, least=0, most=1e6)
    norm, exponent = _scaled_norm(arrays)
    with np.errstate(over="ignore", under="ignore"):
        length = norm + np.ldexp(eps, -exponent)
        if length <= np.ldexp(max_norm, -exponent):
            return arrays
        return tuple(np.ldexp(g, -exponent) / length * max_norm for g in arrays)


def clip_by_value(gradients: Sequence[ArrayLike], clip_value: float) -> tuple[Array, ...]:
    """Return the gradients with every entry brought into [−clip_value, clip_value].

    Entries are cut one by one, so the direction changes: (3, 4) clipped to 1 is (1, 1).
    Source: `torch.nn.utils.clip_grad_value_`.

    Raises:
        EngineError: an array with an entry that is not finite, a limit that is not above 0.
    """
    limit = positive("clip_value", clip_value)
    return tuple(np.clip(g, -limit, limit) for g in _arrays(gradients))


def _arrays(gradients: Sequence[ArrayLike]) -> tuple[Array, ...]:
    try:
        given = tuple(gradients)
    except TypeError:
        raise EngineError(
            msg("`{name}` is no array of numbers.", name="gradients"),
            msg("Give a list of arrays."),
            argument="gradients",
        ) from None
    return tuple(numbers("gradients", gradient) for gradient in given)


def _scaled_norm(arrays: tuple[Array, ...]) -> tuple[float, int]:
    """Return the norm divided by a power of two, and its exponent: squares stay in range."""
    exponent = binary_exponent(max((np.abs(g).max(initial=0.0) for g in arrays), default=0.0))
    scaled = (np.ldexp(g.astype(np.float64), -exponent) for g in arrays)
    return float(np.sqrt(sum(float((g * g).sum()) for g in scaled))), exponent
