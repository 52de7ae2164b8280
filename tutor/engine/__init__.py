"""The engine: answers computed, with their solutions and the mistakes people make.

Importing the package registers every function that `compute` knows. The ordinary functions on
arrays (`from tutor.engine import lstm`) load NumPy, and are imported when first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from tutor.engine import (
    worked_activations,
    worked_attention,
    worked_cells,
    worked_gradients,
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
    ModelCount,
    additive_attention_params,
    attention_params,
    batch_norm_params,
    bert_params,
    conv_params,
    decoder_layer_params,
    dense_params,
    embedding_params,
    encoder_layer_params,
    gpt_params,
    gru_params,
    image_classifier_params,
    layer_norm_params,
    lenet5_params,
    lstm_params,
    model,
    model_params,
    rnn_params,
    transformer_params,
)
from tutor.engine.registry import (
    Description,
    arguments,
    compute,
    describe,
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
    from tutor.engine.gradients.bound import (
        sufficient_bound,
    )
    from tutor.engine.gradients.chain import (
        ActivationChain,
        activation_chain,
    )
    from tutor.engine.gradients.clipping import (
        clip_by_norm,
        clip_by_value,
        global_norm,
    )
    from tutor.engine.gradients.decay import (
        JacobianNorms,
        jacobian_norms,
    )
    from tutor.engine.gradients.flow import (
        Flow,
        drawn_flow,
    )
    from tutor.engine.gradients.gru import (
        GruGradients,
        gru_gradients,
    )
    from tutor.engine.gradients.lstm import (
        LstmGradients,
        lstm_gradients,
    )
    from tutor.engine.gradients.norms import (
        Norms,
    )
    from tutor.engine.gradients.residual import (
        ResidualFlow,
        residual_flow,
    )
    from tutor.engine.gradients.rnn import (
        RnnGradients,
        rnn_gradients,
    )
    from tutor.engine.learning.adam import (
        Adam,
    )
    from tutor.engine.learning.cross_entropy import (
        CrossEntropy,
        cross_entropy,
    )
    from tutor.engine.learning.network import (
        Network,
    )
    from tutor.engine.learning.recall import (
        RecallRun,
        RecallState,
        recall_accuracy,
        recall_steps,
        train_recall,
    )
    from tutor.engine.learning.task import (
        RecallTask,
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
    "ActivationChain": "tutor.engine.gradients.chain",
    "Adam": "tutor.engine.learning.adam",
    "AdditiveRun": "tutor.engine.attention",
    "AttentionRun": "tutor.engine.attention",
    "CrossEntropy": "tutor.engine.learning.cross_entropy",
    "DecoderLayerRun": "tutor.engine.attention",
    "DecoderLayerWeights": "tutor.engine.attention",
    "EncoderLayerRun": "tutor.engine.attention",
    "EncoderLayerWeights": "tutor.engine.attention",
    "Flow": "tutor.engine.gradients.flow",
    "GruGradients": "tutor.engine.gradients.gru",
    "GruRun": "tutor.engine.cells.gru",
    "GruWeights": "tutor.engine.cells.gru",
    "JacobianNorms": "tutor.engine.gradients.decay",
    "LayerNormRun": "tutor.engine.attention",
    "LayerNormWeights": "tutor.engine.attention",
    "LinearWeights": "tutor.engine.attention",
    "LstmGradients": "tutor.engine.gradients.lstm",
    "LstmRun": "tutor.engine.cells.lstm",
    "LstmWeights": "tutor.engine.cells.lstm",
    "MultiHeadRun": "tutor.engine.attention",
    "MultiHeadWeights": "tutor.engine.attention",
    "Network": "tutor.engine.learning.network",
    "Norms": "tutor.engine.gradients.norms",
    "RecallRun": "tutor.engine.learning.recall",
    "RecallState": "tutor.engine.learning.recall",
    "RecallTask": "tutor.engine.learning.task",
    "ResidualFlow": "tutor.engine.gradients.residual",
    "RnnGradients": "tutor.engine.gradients.rnn",
    "RnnRun": "tutor.engine.cells.rnn",
    "RnnWeights": "tutor.engine.cells.rnn",
    "activation_chain": "tutor.engine.gradients.chain",
    "additive_attention": "tutor.engine.attention",
    "attention_scores": "tutor.engine.attention",
    "causal_mask": "tutor.engine.attention",
    "clip_by_norm": "tutor.engine.gradients.clipping",
    "clip_by_value": "tutor.engine.gradients.clipping",
    "compare_models": "tutor.engine.sequence.comparison",
    "cross_entropy": "tutor.engine.learning.cross_entropy",
    "decoder_layer": "tutor.engine.attention",
    "distribution_after": "tutor.engine.sequence.markov",
    "drawn_flow": "tutor.engine.gradients.flow",
    "encoder_layer": "tutor.engine.attention",
    "fibonacci": "tutor.engine.sequence.series",
    "fit_ar": "tutor.engine.sequence.ar",
    "fit_latent": "tutor.engine.sequence.latent",
    "fit_markov": "tutor.engine.sequence.markov",
    "forecast_ar": "tutor.engine.sequence.ar",
    "forecast_latent": "tutor.engine.sequence.latent",
    "gelu": "tutor.engine.activations",
    "gelu_derivative": "tutor.engine.activations",
    "global_norm": "tutor.engine.gradients.clipping",
    "gru": "tutor.engine.cells.gru",
    "gru_gradients": "tutor.engine.gradients.gru",
    "jacobian_norms": "tutor.engine.gradients.decay",
    "layer_norm": "tutor.engine.attention",
    "lstm": "tutor.engine.cells.lstm",
    "lstm_cell": "tutor.engine.cells.lstm",
    "lstm_gradients": "tutor.engine.gradients.lstm",
    "multi_head_attention": "tutor.engine.attention",
    "noisy_sine": "tutor.engine.sequence.series",
    "padding_mask": "tutor.engine.attention",
    "pulses": "tutor.engine.sequence.series",
    "random_walk": "tutor.engine.sequence.series",
    "recall_accuracy": "tutor.engine.learning.recall",
    "recall_steps": "tutor.engine.learning.recall",
    "relu": "tutor.engine.activations",
    "relu_derivative": "tutor.engine.activations",
    "residual_flow": "tutor.engine.gradients.residual",
    "rnn": "tutor.engine.cells.rnn",
    "rnn_gradients": "tutor.engine.gradients.rnn",
    "scaled_dot_product_attention": "tutor.engine.attention",
    "sigmoid": "tutor.engine.activations",
    "sigmoid_derivative": "tutor.engine.activations",
    "simulate_ar": "tutor.engine.sequence.series",
    "sinusoidal_positions": "tutor.engine.attention",
    "softmax": "tutor.engine.activations",
    "softmax_jacobian": "tutor.engine.activations",
    "stationary": "tutor.engine.sequence.markov",
    "sufficient_bound": "tutor.engine.gradients.bound",
    "tanh": "tutor.engine.activations",
    "tanh_derivative": "tutor.engine.activations",
    "train_recall": "tutor.engine.learning.recall",
}

__all__ = [
    "ActivationChain",
    "Adam",
    "AdditiveRun",
    "AttentionRun",
    "CrossEntropy",
    "DecoderLayerRun",
    "DecoderLayerWeights",
    "Description",
    "EncoderLayerRun",
    "EncoderLayerWeights",
    "EngineError",
    "Flow",
    "GruGradients",
    "GruRun",
    "GruWeights",
    "JacobianNorms",
    "LayerNormRun",
    "LayerNormWeights",
    "LinearWeights",
    "LstmGradients",
    "LstmRun",
    "LstmWeights",
    "Mistake",
    "ModelCount",
    "MultiHeadRun",
    "MultiHeadWeights",
    "Network",
    "Norms",
    "RecallRun",
    "RecallState",
    "RecallTask",
    "ResidualFlow",
    "RnnGradients",
    "RnnRun",
    "RnnWeights",
    "Solution",
    "Step",
    "Term",
    "Variant",
    "Worked",
    "activation_chain",
    "activation_memory",
    "additive_attention",
    "additive_attention_params",
    "arguments",
    "attention_flops",
    "attention_params",
    "attention_scores",
    "batch_norm_params",
    "bert_params",
    "causal_mask",
    "clip_by_norm",
    "clip_by_value",
    "compare_models",
    "compute",
    "conv_flops",
    "conv_params",
    "cross_entropy",
    "decoder_layer",
    "decoder_layer_params",
    "dense_params",
    "describe",
    "distribution_after",
    "drawn_flow",
    "embedding_params",
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
    "global_norm",
    "gpt_params",
    "gru",
    "gru_gradients",
    "gru_params",
    "image_classifier_params",
    "jacobian_norms",
    "kv_cache",
    "layer_norm",
    "layer_norm_params",
    "lenet5_params",
    "lstm",
    "lstm_cell",
    "lstm_gradients",
    "lstm_params",
    "model",
    "model_params",
    "multi_head_attention",
    "names",
    "noisy_sine",
    "padding_mask",
    "path_length",
    "pulses",
    "random_walk",
    "recall_accuracy",
    "recall_steps",
    "recurrent_flops",
    "relu",
    "relu_derivative",
    "residual_flow",
    "rnn",
    "rnn_gradients",
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
    "sufficient_bound",
    "tanh",
    "tanh_derivative",
    "train_recall",
    "transformer_params",
    "worked_activations",
    "worked_attention",
    "worked_cells",
    "worked_gradients",
    "worked_sequence",
]


def __getattr__(name: str) -> object:
    """Import a function on arrays."""
    if name not in _ON_ARRAYS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ON_ARRAYS[name]), name)
