"""The weight tensors of multi-head attention, with the names and shapes of each framework."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.params.attention_sizes import AttentionSizes
from tutor.engine.params.polynomial import Polynomial
from tutor.engine.params.weight import Weight, linear


def attention_tensors(sizes: AttentionSizes) -> Iterator[Weight]:
    """Return every weight tensor, in the framework's order."""
    match sizes.convention:
        case "pytorch":
            return pytorch_attention(
                sizes.query_symbol, sizes.key_symbol, sizes.value_symbol, bias=sizes.bias
            )
        case "keras":
            return _per_head(sizes, "attention_output")
        case "flax":
            return _per_head(sizes, "out")
        case "textbook":
            return textbook_attention(sizes)


def pytorch_attention(
    width: Polynomial,
    keys: Polynomial | None = None,
    values: Polynomial | None = None,
    *,
    bias: bool,
) -> Iterator[Weight]:
    """Yield the tensors of `torch.nn.MultiheadAttention`.

    Queries, keys and values are projected by one tensor if all come from vectors of one size.
    """
    d, k, v = width, keys or width, values or width
    if k == v == d:
        yield Weight("in_proj_weight", (3 * d, d))
    else:
        yield Weight("q_proj_weight", (d, d))
        yield Weight("k_proj_weight", (d, k))
        yield Weight("v_proj_weight", (d, v))
    if bias:
        yield Weight("in_proj_bias", (3 * d,))
    yield from linear("out_proj", d, d, bias=bias)


def _per_head(sizes: AttentionSizes, output: str) -> Iterator[Weight]:
    """Yield the tensors of Keras and Flax: an axis for the heads, one for the size of each."""
    h, d_k, d_v = sizes.heads_symbol, sizes.head_key_symbol, sizes.head_value_symbol
    for owner, reads, each in (
        ("query", sizes.query_symbol, d_k),
        ("key", sizes.key_symbol, d_k),
        ("value", sizes.value_symbol, d_v),
    ):
        yield Weight(f"{owner}/kernel", (reads, h, each))
        if sizes.bias:
            yield Weight(f"{owner}/bias", (h, each))
    yield Weight(f"{output}/kernel", (h, d_v, sizes.output_symbol))
    if sizes.bias:
        yield Weight(f"{output}/bias", (sizes.output_symbol,))


def textbook_attention(sizes: AttentionSizes) -> Iterator[Weight]:
    """Yield the matrices of Vaswani et al. 2017: three for each head, one for the output."""
    h, d_k, d_v = sizes.heads_symbol, sizes.head_key_symbol, sizes.head_value_symbol
    for letter, reads, each in (
        ("Q", sizes.query_symbol, d_k),
        ("K", sizes.key_symbol, d_k),
        ("V", sizes.value_symbol, d_v),
    ):
        yield Weight(f"W_{letter}_*", (reads, each), times=h)
        if sizes.bias:
            yield Weight(f"b_{letter}_*", (each,), times=h)
    yield Weight("W_O", (h * d_v, sizes.output_symbol))
    if sizes.bias:
        yield Weight("b_O", (sizes.output_symbol,))
