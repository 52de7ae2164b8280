"""The parameters of a Transformer's parts, in numbers or in symbols."""

from __future__ import annotations

from tutor.engine.params.polynomial import N


def attention_count(width: N, keys: N, values: N, *, bias: bool = True) -> N:
    """Return those of attention whose heads share the width: 4d² + 4d.

    Keys and values may come from vectors of other sizes: 2d² + d(k + v) + 4d.
    (Vaswani et al. 2017; the biases: `torch.nn.MultiheadAttention`.)
    """
    d, k, v = width, keys, values
    return 2 * d * d + d * k + d * v + 4 * bias * d


def feedforward_count(width: N, inner: N, *, bias: bool = True) -> N:
    """Return those of two linear layers, from d to f and back: 2df + f + d."""
    d, f = width, inner
    return 2 * d * f + bias * f + bias * d


def norm_count(width: N, *, bias: bool = True) -> N:
    """Return those of a layer norm, a gain and a shift for every feature: 2d."""
    return width + bias * width
