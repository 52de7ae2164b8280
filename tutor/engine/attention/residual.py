"""A sub-layer with its residual connection and layer normalisation, in either order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from tutor.engine.attention.feed_forward import FeedForwardRun
from tutor.engine.attention.multi_head import MultiHeadRun
from tutor.engine.attention.normalisation import LayerNormRun, LayerNormWeights, layer_norm
from tutor.engine.shapes import Array, Shapes

R = TypeVar("R", MultiHeadRun, FeedForwardRun)


@dataclass(frozen=True, slots=True, eq=False)
class Residual(Generic[R]):
    """What happens around one sub-layer.

    Attributes:
        run: the sub-layer's own.
        norm: the normalisation: of the sum (post-norm), or of the sub-layer's input (pre-norm).
        output: (..., n, d), what the next sub-layer gets.
    """

    run: R
    norm: LayerNormRun
    output: Array


def residual(
    x: Array,
    sublayer: Callable[[Array], R],
    norm: tuple[str, LayerNormWeights],
    *,
    norm_first: bool,
    eps: float,
) -> Residual[R]:
    """Run LN(x + F(x)), or x + F(LN(x)) with `norm_first`.

    Args:
        x: (..., n, d).
        sublayer: F.
        norm: its name and its weights.
        norm_first: pre-norm instead of the paper's post-norm.
        eps: of the normalisation.

    Raises:
        EngineError: weights that do not fit.
    """
    name, weights = norm
    shapes = Shapes()
    shapes.bind("d", x.shape[-1], "x")
    weight, bias = (
        None if value is None else shapes.array(f"{name}.{part}", value, "d")
        for part, value in (("weight", weights.weight), ("bias", weights.bias))
    )
    if norm_first:
        normed = layer_norm(x, weight, bias, eps)
        run = sublayer(normed.output)
        return Residual(run, normed, x + run.output)
    run = sublayer(x)
    normed = layer_norm(x + run.output, weight, bias, eps)
    return Residual(run, normed, normed.output)
