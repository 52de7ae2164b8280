"""The loss of a softmax, with its gradient."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.engine.error import EngineError
from tutor.engine.shapes import Shapes
from tutor.text.message import msg

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class CrossEntropy:
    """A loss at some scores.

    Attributes:
        loss: the mean of −ln p(target) over the batch, in nats; ln C for an even guess.
        weights: the softmax of the scores, (B, C).
        gradient: dL/dscores = (softmax − one-hot) / B, (B, C).
    """

    loss: float
    weights: Array
    gradient: Array


def cross_entropy(scores: ArrayLike, targets: ArrayLike) -> CrossEntropy:
    """Return the mean cross-entropy of a softmax, as `torch.nn.functional.cross_entropy` does.

    Args:
        scores: (B, C).
        targets: the right class of each row, (B,), from 0 to C − 1.

    Raises:
        EngineError: shapes that do not fit, a target that is no class.
    """
    shapes = Shapes()
    s = shapes.array("scores", scores, "B", "C").astype(np.float64)
    shapes.array("targets", targets, "B")
    classes = np.asarray(targets)
    if not ((classes == np.floor(classes)) & (classes >= 0) & (classes < shapes["C"])).all():
        raise EngineError(
            msg("`targets` has an entry that is no class."),
            msg("Classes are whole numbers from 0 to {most:,}.", most=shapes["C"] - 1),
            argument="targets",
        )
    B = shapes["B"]
    right = (np.arange(B), classes.astype(np.intp))
    s = s - s.max(axis=1, keepdims=True)  # the largest exponent is 0
    e = np.exp(s)
    total = e.sum(axis=1, keepdims=True)  # (B, 1), from 1 on
    weights = e / total
    loss = float((np.log(total[:, 0]) - s[right]).mean())
    gradient = weights / B
    gradient[right] -= 1.0 / B
    return CrossEntropy(loss, weights, gradient)
