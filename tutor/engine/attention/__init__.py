"""Attention and Transformer layers on arrays, with every intermediate to look at."""

from tutor.engine.attention.additive import AdditiveRun, additive_attention
from tutor.engine.attention.decoder import DecoderLayerRun, decoder_layer
from tutor.engine.attention.encoder import EncoderLayerRun, encoder_layer
from tutor.engine.attention.layer_weights import DecoderLayerWeights, EncoderLayerWeights
from tutor.engine.attention.linear import LinearWeights
from tutor.engine.attention.masks import causal_mask, padding_mask
from tutor.engine.attention.multi_head import MultiHeadRun, multi_head_attention
from tutor.engine.attention.multi_head_weights import MultiHeadWeights
from tutor.engine.attention.normalisation import LayerNormRun, LayerNormWeights, layer_norm
from tutor.engine.attention.positions import sinusoidal_positions
from tutor.engine.attention.scaled_dot_product import AttentionRun, scaled_dot_product_attention
from tutor.engine.attention.scores import attention_scores

__all__ = [
    "AdditiveRun",
    "AttentionRun",
    "DecoderLayerRun",
    "DecoderLayerWeights",
    "EncoderLayerRun",
    "EncoderLayerWeights",
    "LayerNormRun",
    "LayerNormWeights",
    "LinearWeights",
    "MultiHeadRun",
    "MultiHeadWeights",
    "additive_attention",
    "attention_scores",
    "causal_mask",
    "decoder_layer",
    "encoder_layer",
    "layer_norm",
    "multi_head_attention",
    "padding_mask",
    "scaled_dot_product_attention",
    "sinusoidal_positions",
]
