"""Wrong scales and temperatures, and what the weights that they lead to give."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tutor.engine.worked import Mistake
from tutor.text.message import msg

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Row = NDArray[np.floating]


def scale_mistakes(
    scores: Row, d_k: int, of: Callable[[Row], float], *, temperature: float, scaled: bool
) -> Iterator[Mistake]:
    """Yield what a wrong scale or temperature leads to.

    Args:
        scores: (m), a query's, before scaling; −∞ for hidden keys.
        d_k: the size of queries and keys.
        of: gives the value that is asked for, from weights (m).
        temperature: the right one.
        scaled: whether the scores should be divided by √d_k.
    """
    from tutor.engine.activations import softmax

    root = math.sqrt(d_k)
    if scaled:
        value = of(softmax(scores / temperature))
        yield Mistake(
            "unscaled",
            msg(
                r"$\val{value:.4g}$ leaves out the scale. Scores are divided by $\sqrt{d_k}$ before"
                " the softmax.",
                value=value,
            ),
            value,
        )
        value = of(softmax(scores / (temperature * d_k)))
        yield Mistake(
            "scale-not-root",
            msg(
                r"$\val{value:.4g}$ divides the scores by $d_k$ itself. The scale is its root,"
                r" $\sqrt{d_k}$.",
                value=value,
            ),
            value,
        )
        value = of(softmax(scores * (root / temperature)))
        yield Mistake(
            "scale-multiplied",
            msg(
                r"$\val{value:.4g}$ multiplies the scores by $\sqrt{d_k}$. They are divided by it.",
                value=value,
            ),
            value,
        )
    else:
        value = of(softmax(scores / (temperature * root)))
        yield Mistake(
            "scaled",
            msg(
                r"$\val{value:.4g}$ divides the scores by $\sqrt{d_k}$. Here they are used without"
                " a scale.",
                value=value,
            ),
            value,
        )
    if temperature != 1:
        scale = 1 / root if scaled else 1.0
        value = of(softmax(scores * scale))
        yield Mistake(
            "temperature-forgotten",
            msg(
                r"$\val{value:.4g}$ leaves out the temperature, which divides the scores.",
                value=value,
            ),
            value,
        )
        value = of(softmax(scores * (scale * temperature)))
        yield Mistake(
            "temperature-multiplied",
            msg(
                r"$\val{value:.4g}$ multiplies the scores by the temperature."
                " They are divided by it.",
                value=value,
            ),
            value,
        )
