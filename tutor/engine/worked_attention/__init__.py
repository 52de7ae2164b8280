"""Attention and Transformer layers, worked out."""

from tutor.engine.worked_attention import (
    additive_score,
    allowed_pairs,
    attention,
    attention_divisor,
    attention_entropy,
    attention_output,
    attention_weight,
    layer_norm,
    multi_head,
    positional_encoding,
    score_variance,
    softmax_jacobian,
    transformer_layers,
)

__all__ = [
    "additive_score",
    "allowed_pairs",
    "attention",
    "attention_divisor",
    "attention_entropy",
    "attention_output",
    "attention_weight",
    "layer_norm",
    "multi_head",
    "positional_encoding",
    "score_variance",
    "softmax_jacobian",
    "transformer_layers",
]
