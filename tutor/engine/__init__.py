"""The engine: answers computed, with their solutions and the mistakes people make.

Importing the package registers every function that `compute` knows. The ordinary functions on
arrays (`from tutor.engine import lstm`) load NumPy, and are imported when first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from tutor.engine import (
    worked_activations,
    worked_attention,
    worked_sequence,
)
from tutor.engine.cost import (
    activation_memory,
    attention_flops,
    conv_flops,
    ffn_flops,
    flash_attention,
    kv_cache,
    path_length,
    recurrent_flops,
    scaling,
    score_memory,
    scores_crossover,
    sequential_steps,
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
    from tutor.engine.cells.gru import (
        GruRun,
        GruWeights,
        gru,
    )
    from tutor.engine.cells.lstm import (
        LstmRun,
        LstmWeights,
        lstm,
        lstm_cell,
    )
    from tutor.engine.cells.rnn import (
        RnnRun,
        RnnWeights,
        rnn,
    )
    from tutor.engine.sequence.ar import (
        fit_ar,
        forecast_ar,
    )
    from tutor.engine.sequence.comparison import (
        compare_models,
    )
    from tutor.engine.sequence.latent import (
        fit_latent,
        forecast_latent,
    )
    from tutor.engine.sequence.markov import (
        distribution_after,
        fit_markov,
        stationary,
    )
    from tutor.engine.sequence.series import (
        fibonacci,
        noisy_sine,
        pulses,
        random_walk,
        simulate_ar,
    )

# where the functions on arrays are; the imports above say the same to type checkers
_ON_ARRAYS = {
    "AdditiveRun": "tutor.engine.attention",
    "AttentionRun": "tutor.engine.attention",
    "DecoderLayerRun": "tutor.engine.attention",
    "DecoderLayerWeights": "tutor.engine.attention",
    "EncoderLayerRun": "tutor.engine.attention",
    "EncoderLayerWeights": "tutor.engine.attention",
    "GruRun": "tutor.engine.cells.gru",
    "GruWeights": "tutor.engine.cells.gru",
    "LayerNormRun": "tutor.engine.attention",
    "LayerNormWeights": "tutor.engine.attention",
    "LinearWeights": "tutor.engine.attention",
    "LstmRun": "tutor.engine.cells.lstm",
    "LstmWeights": "tutor.engine.cells.lstm",
    "MultiHeadRun": "tutor.engine.attention",
    "MultiHeadWeights": "tutor.engine.attention",
    "RnnRun": "tutor.engine.cells.rnn",
    "RnnWeights": "tutor.engine.cells.rnn",
    "additive_attention": "tutor.engine.attention",
    "attention_scores": "tutor.engine.attention",
    "causal_mask": "tutor.engine.attention",
    "compare_models": "tutor.engine.sequence.comparison",
    "decoder_layer": "tutor.engine.attention",
    "distribution_after": "tutor.engine.sequence.markov",
    "encoder_layer": "tutor.engine.attention",
    "fibonacci": "tutor.engine.sequence.series",
    "fit_ar": "tutor.engine.sequence.ar",
    "fit_latent": "tutor.engine.sequence.latent",
    "fit_markov": "tutor.engine.sequence.markov",
    "forecast_ar": "tutor.engine.sequence.ar",
    "forecast_latent": "tutor.engine.sequence.latent",
    "gelu": "tutor.engine.activations",
    "gelu_derivative": "tutor.engine.activations",
    "gru": "tutor.engine.cells.gru",
    "layer_norm": "tutor.engine.attention",
    "lstm": "tutor.engine.cells.lstm",
    "lstm_cell": "tutor.engine.cells.lstm",
    "multi_head_attention": "tutor.engine.attention",
    "noisy_sine": "tutor.engine.sequence.series",
    "padding_mask": "tutor.engine.attention",
    "pulses": "tutor.engine.sequence.series",
    "random_walk": "tutor.engine.sequence.series",
    "relu": "tutor.engine.activations",
    "relu_derivative": "tutor.engine.activations",
    "rnn": "tutor.engine.cells.rnn",
    "scaled_dot_product_attention": "tutor.engine.attention",
    "sigmoid": "tutor.engine.activations",
    "sigmoid_derivative": "tutor.engine.activations",
    "simulate_ar": "tutor.engine.sequence.series",
    "sinusoidal_positions": "tutor.engine.attention",
    "softmax": "tutor.engine.activations",
    "softmax_jacobian": "tutor.engine.activations",
    "stationary": "tutor.engine.sequence.markov",
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
    "GruRun",
    "GruWeights",
    "LayerNormRun",
    "LayerNormWeights",
    "LinearWeights",
    "LstmRun",
    "LstmWeights",
    "Mistake",
    "MultiHeadRun",
    "MultiHeadWeights",
    "RnnRun",
    "RnnWeights",
    "Solution",
    "Step",
    "Term",
    "Variant",
    "Worked",
    "activation_memory",
    "additive_attention",
    "arguments",
    "attention_flops",
    "attention_params",
    "attention_scores",
    "bert_params",
    "causal_mask",
    "compare_models",
    "compute",
    "conv_flops",
    "decoder_layer",
    "decoder_layer_params",
    "dense_params",
    "distribution_after",
    "encoder_layer",
    "encoder_layer_params",
    "ffn_flops",
    "fibonacci",
    "fit_ar",
    "fit_latent",
    "fit_markov",
    "flash_attention",
    "forecast_ar",
    "forecast_latent",
    "gelu",
    "gelu_derivative",
    "gpt_params",
    "gru",
    "gru_params",
    "kv_cache",
    "layer_norm",
    "lstm",
    "lstm_cell",
    "lstm_params",
    "multi_head_attention",
    "names",
    "noisy_sine",
    "padding_mask",
    "path_length",
    "pulses",
    "random_walk",
    "recurrent_flops",
    "relu",
    "relu_derivative",
    "rnn",
    "rnn_params",
    "scaled_dot_product_attention",
    "scaling",
    "score_memory",
    "scores_crossover",
    "sequential_steps",
    "sigmoid",
    "sigmoid_derivative",
    "simulate_ar",
    "sinusoidal_positions",
    "softmax",
    "softmax_jacobian",
    "stationary",
    "tanh",
    "tanh_derivative",
    "transformer_params",
    "worked_activations",
    "worked_attention",
    "worked_sequence",
]


def __getattr__(name: str) -> object:
    """Import a function on arrays."""
    if name not in _ON_ARRAYS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ON_ARRAYS[name]), name)
