"""Attention and Transformer layers, worked out."""

from tutor.engine.worked_attention import (
    additive_score,
    allowed_pairs,
    attention,
    attention_divisor,
    attention_entropy,
    attention_output,
    attention_weight,
    decoder_layer,
    encoder_layer,
    layer_norm,
    multi_head,
    positional_encoding,
    positional_matrix,
    score_variance,
    softmax_jacobian,
)

__all__ = [
    "additive_score",
    "allowed_pairs",
    "attention",
    "attention_divisor",
    "attention_entropy",
    "attention_output",
    "attention_weight",
    "decoder_layer",
    "encoder_layer",
    "layer_norm",
    "multi_head",
    "positional_encoding",
    "positional_matrix",
    "score_variance",
    "softmax_jacobian",
]
