"""The engine: answers computed, with their solutions and the mistakes people make.

Importing the package registers every function that `compute` knows. The ordinary functions on
arrays (`from tutor.engine import lstm`) load NumPy, and are imported when first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from tutor.engine import (
    worked_activations,
    worked_attention,
)
from tutor.engine.error import (
    EngineError,
)
from tutor.engine.params import (
    attention_params,
    bert_params,
    decoder_layer_params,
    dense_params,
    encoder_layer_params,
    gpt_params,
    gru_params,
    lstm_params,
    rnn_params,
    transformer_params,
)
from tutor.engine.registry import (
    arguments,
    compute,
    names,
)
from tutor.engine.worked import (
    Mistake,
    Solution,
    Step,
    Term,
    Variant,
    Worked,
)

if TYPE_CHECKING:
    from tutor.engine.activations import (
        gelu,
        gelu_derivative,
        relu,
        relu_derivative,
        sigmoid,
        sigmoid_derivative,
        softmax,
        softmax_jacobian,
        tanh,
        tanh_derivative,
    )
    from tutor.engine.attention import (
        AdditiveRun,
        AttentionRun,
        DecoderLayerRun,
        DecoderLayerWeights,
        EncoderLayerRun,
        EncoderLayerWeights,
        LayerNormRun,
        LayerNormWeights,
        LinearWeights,
        MultiHeadRun,
        MultiHeadWeights,
        additive_attention,
        attention_scores,
        causal_mask,
        decoder_layer,
        encoder_layer,
        layer_norm,
        multi_head_attention,
        padding_mask,
        scaled_dot_product_attention,
        sinusoidal_positions,
    )

# where the functions on arrays are; the imports above say the same to type checkers
_ON_ARRAYS = {
    "AdditiveRun": "tutor.engine.attention",
    "AttentionRun": "tutor.engine.attention",
    "DecoderLayerRun": "tutor.engine.attention",
    "DecoderLayerWeights": "tutor.engine.attention",
    "EncoderLayerRun": "tutor.engine.attention",
    "EncoderLayerWeights": "tutor.engine.attention",
    "LayerNormRun": "tutor.engine.attention",
    "LayerNormWeights": "tutor.engine.attention",
    "LinearWeights": "tutor.engine.attention",
    "MultiHeadRun": "tutor.engine.attention",
    "MultiHeadWeights": "tutor.engine.attention",
    "additive_attention": "tutor.engine.attention",
    "attention_scores": "tutor.engine.attention",
    "causal_mask": "tutor.engine.attention",
    "decoder_layer": "tutor.engine.attention",
    "encoder_layer": "tutor.engine.attention",
    "gelu": "tutor.engine.activations",
    "gelu_derivative": "tutor.engine.activations",
    "layer_norm": "tutor.engine.attention",
    "multi_head_attention": "tutor.engine.attention",
    "padding_mask": "tutor.engine.attention",
    "relu": "tutor.engine.activations",
    "relu_derivative": "tutor.engine.activations",
    "scaled_dot_product_attention": "tutor.engine.attention",
    "sigmoid": "tutor.engine.activations",
    "sigmoid_derivative": "tutor.engine.activations",
    "sinusoidal_positions": "tutor.engine.attention",
    "softmax": "tutor.engine.activations",
    "softmax_jacobian": "tutor.engine.activations",
    "tanh": "tutor.engine.activations",
    "tanh_derivative": "tutor.engine.activations",
}

__all__ = [
    "AdditiveRun",
    "AttentionRun",
    "DecoderLayerRun",
    "DecoderLayerWeights",
    "EncoderLayerRun",
    "EncoderLayerWeights",
    "EngineError",
    "LayerNormRun",
    "LayerNormWeights",
    "LinearWeights",
    "Mistake",
    "MultiHeadRun",
    "MultiHeadWeights",
    "Solution",
    "Step",
    "Term",
    "Variant",
    "Worked",
    "additive_attention",
    "arguments",
    "attention_params",
    "attention_scores",
    "bert_params",
    "causal_mask",
    "compute",
    "decoder_layer",
    "decoder_layer_params",
    "dense_params",
    "encoder_layer",
    "encoder_layer_params",
    "gelu",
    "gelu_derivative",
    "gpt_params",
    "gru_params",
    "layer_norm",
    "lstm_params",
    "multi_head_attention",
    "names",
    "padding_mask",
    "relu",
    "relu_derivative",
    "rnn_params",
    "scaled_dot_product_attention",
    "sigmoid",
    "sigmoid_derivative",
    "sinusoidal_positions",
    "softmax",
    "softmax_jacobian",
    "tanh",
    "tanh_derivative",
    "transformer_params",
    "worked_activations",
    "worked_attention",
]


def __getattr__(name: str) -> object:
    """Import a function on arrays."""
    if name not in _ON_ARRAYS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ON_ARRAYS[name]), name)
