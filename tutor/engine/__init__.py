"""The engine: answers computed, with their solutions and the mistakes people make.

Importing the package imports none of its functions: `compute` finds those it is asked for, and
`from tutor.engine import lstm` imports the module of the LSTM. Functions on arrays load NumPy.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from tutor.engine.error import EngineError
from tutor.engine.registry import Description, arguments, compute, describe, names
from tutor.engine.worked import Mistake, Solution, Step, Term, Variant, Worked

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
    from tutor.engine.cells.gru import GruRun, GruWeights, gru, gru_cell
    from tutor.engine.cells.lstm import LstmRun, LstmWeights, lstm, lstm_cell
    from tutor.engine.cells.rnn import RnnRun, RnnWeights, rnn, rnn_cell
    from tutor.engine.cost.activation_memory import activation_memory
    from tutor.engine.cost.attention import attention_flops
    from tutor.engine.cost.conv import conv_flops
    from tutor.engine.cost.ffn import ffn_flops
    from tutor.engine.cost.flash_attention import flash_attention
    from tutor.engine.cost.kv_cache import kv_cache
    from tutor.engine.cost.path_length import path_length
    from tutor.engine.cost.recurrent import recurrent_flops
    from tutor.engine.cost.scaling import scaling
    from tutor.engine.cost.score_memory import score_memory
    from tutor.engine.cost.scores_crossover import scores_crossover
    from tutor.engine.cost.sequential_steps import sequential_steps
    from tutor.engine.gradients.bound import sufficient_bound
    from tutor.engine.gradients.chain import ActivationChain, activation_chain
    from tutor.engine.gradients.clipping import clip_by_norm, clip_by_value, global_norm
    from tutor.engine.gradients.decay import JacobianNorms, jacobian_norms
    from tutor.engine.gradients.flow import Flow, drawn_flow
    from tutor.engine.gradients.gru import GruGradients, gru_gradients
    from tutor.engine.gradients.lstm import LstmGradients, lstm_gradients
    from tutor.engine.gradients.norms import Norms
    from tutor.engine.gradients.residual import ResidualFlow, residual_flow
    from tutor.engine.gradients.rnn import RnnGradients, rnn_gradients
    from tutor.engine.learning.adam import Adam
    from tutor.engine.learning.cross_entropy import CrossEntropy, cross_entropy
    from tutor.engine.learning.network import Network
    from tutor.engine.learning.recall import (
        RecallRun,
        RecallState,
        recall_accuracy,
        recall_steps,
        train_recall,
    )
    from tutor.engine.learning.task import RecallTask
    from tutor.engine.params.additive_attention import additive_attention_params
    from tutor.engine.params.attention import attention_params
    from tutor.engine.params.batch_norm import batch_norm_params
    from tutor.engine.params.bert import bert_params
    from tutor.engine.params.conv import conv_params
    from tutor.engine.params.decoder_layer import decoder_layer_params
    from tutor.engine.params.dense import dense_params
    from tutor.engine.params.embedding import embedding_params
    from tutor.engine.params.encoder_layer import encoder_layer_params
    from tutor.engine.params.gpt import gpt_params
    from tutor.engine.params.gru import gru_params
    from tutor.engine.params.image_classifier import image_classifier_params
    from tutor.engine.params.layer_norm import layer_norm_params
    from tutor.engine.params.lenet5 import lenet5_params
    from tutor.engine.params.lstm import lstm_params
    from tutor.engine.params.model import model, model_params
    from tutor.engine.params.model_count import ModelCount
    from tutor.engine.params.rnn import rnn_params
    from tutor.engine.params.transformer import transformer_params
    from tutor.engine.sequence.ar import (
        ar_roots,
        fit_ar,
        forecast_ar,
        given_ar,
        is_stable,
        one_step_ar,
    )
    from tutor.engine.sequence.comparison import compare_models
    from tutor.engine.sequence.latent import (
        fit_latent,
        forecast_latent,
        hidden_states,
        one_step_latent,
    )
    from tutor.engine.sequence.markov import (
        chain_period,
        communicating_classes,
        distribution_after,
        fit_markov,
        log_likelihood,
        stationary,
        transition_power,
    )
    from tutor.engine.sequence.series import fibonacci, noisy_sine, pulses, random_walk, simulate_ar

# where the functions are, by module; the imports above say the same to type checkers
_MODULES = {
    "activations": [
        "gelu",
        "gelu_derivative",
        "relu",
        "relu_derivative",
        "sigmoid",
        "sigmoid_derivative",
        "softmax",
        "softmax_jacobian",
        "tanh",
        "tanh_derivative",
    ],
    "attention.additive": ["AdditiveRun", "additive_attention"],
    "attention.decoder": ["DecoderLayerRun", "decoder_layer"],
    "attention.encoder": ["EncoderLayerRun", "encoder_layer"],
    "attention.layer_weights": ["DecoderLayerWeights", "EncoderLayerWeights"],
    "attention.linear": ["LinearWeights"],
    "attention.masks": ["causal_mask", "padding_mask"],
    "attention.multi_head": ["MultiHeadRun", "multi_head_attention"],
    "attention.multi_head_weights": ["MultiHeadWeights"],
    "attention.normalisation": ["LayerNormRun", "LayerNormWeights", "layer_norm"],
    "attention.positions": ["sinusoidal_positions"],
    "attention.scaled_dot_product": ["AttentionRun", "scaled_dot_product_attention"],
    "attention.scores": ["attention_scores"],
    "cells.gru": ["GruRun", "GruWeights", "gru", "gru_cell"],
    "cells.lstm": ["LstmRun", "LstmWeights", "lstm", "lstm_cell"],
    "cells.rnn": ["RnnRun", "RnnWeights", "rnn", "rnn_cell"],
    "cost.activation_memory": ["activation_memory"],
    "cost.attention": ["attention_flops"],
    "cost.conv": ["conv_flops"],
    "cost.ffn": ["ffn_flops"],
    "cost.flash_attention": ["flash_attention"],
    "cost.kv_cache": ["kv_cache"],
    "cost.path_length": ["path_length"],
    "cost.recurrent": ["recurrent_flops"],
    "cost.scaling": ["scaling"],
    "cost.score_memory": ["score_memory"],
    "cost.scores_crossover": ["scores_crossover"],
    "cost.sequential_steps": ["sequential_steps"],
    "gradients.bound": ["sufficient_bound"],
    "gradients.chain": ["ActivationChain", "activation_chain"],
    "gradients.clipping": ["clip_by_norm", "clip_by_value", "global_norm"],
    "gradients.decay": ["JacobianNorms", "jacobian_norms"],
    "gradients.flow": ["Flow", "drawn_flow"],
    "gradients.gru": ["GruGradients", "gru_gradients"],
    "gradients.lstm": ["LstmGradients", "lstm_gradients"],
    "gradients.norms": ["Norms"],
    "gradients.residual": ["ResidualFlow", "residual_flow"],
    "gradients.rnn": ["RnnGradients", "rnn_gradients"],
    "learning.adam": ["Adam"],
    "learning.cross_entropy": ["CrossEntropy", "cross_entropy"],
    "learning.network": ["Network"],
    "learning.recall": [
        "RecallRun",
        "RecallState",
        "recall_accuracy",
        "recall_steps",
        "train_recall",
    ],
    "learning.task": ["RecallTask"],
    "params.additive_attention": ["additive_attention_params"],
    "params.attention": ["attention_params"],
    "params.batch_norm": ["batch_norm_params"],
    "params.bert": ["bert_params"],
    "params.conv": ["conv_params"],
    "params.decoder_layer": ["decoder_layer_params"],
    "params.dense": ["dense_params"],
    "params.embedding": ["embedding_params"],
    "params.encoder_layer": ["encoder_layer_params"],
    "params.gpt": ["gpt_params"],
    "params.gru": ["gru_params"],
    "params.image_classifier": ["image_classifier_params"],
    "params.layer_norm": ["layer_norm_params"],
    "params.lenet5": ["lenet5_params"],
    "params.lstm": ["lstm_params"],
    "params.model": ["model", "model_params"],
    "params.model_count": ["ModelCount"],
    "params.rnn": ["rnn_params"],
    "params.transformer": ["transformer_params"],
    "sequence.ar": ["ar_roots", "fit_ar", "forecast_ar", "given_ar", "is_stable", "one_step_ar"],
    "sequence.comparison": ["compare_models"],
    "sequence.latent": ["fit_latent", "forecast_latent", "hidden_states", "one_step_latent"],
    "sequence.markov": [
        "chain_period",
        "communicating_classes",
        "distribution_after",
        "fit_markov",
        "log_likelihood",
        "stationary",
        "transition_power",
    ],
    "sequence.series": ["fibonacci", "noisy_sine", "pulses", "random_walk", "simulate_ar"],
}
_EXPORTED = {
    name: f"tutor.engine.{module}" for module, names_ in _MODULES.items() for name in names_
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
    "ar_roots",
    "arguments",
    "attention_flops",
    "attention_params",
    "attention_scores",
    "batch_norm_params",
    "bert_params",
    "causal_mask",
    "chain_period",
    "clip_by_norm",
    "clip_by_value",
    "communicating_classes",
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
    "given_ar",
    "global_norm",
    "gpt_params",
    "gru",
    "gru_cell",
    "gru_gradients",
    "gru_params",
    "hidden_states",
    "image_classifier_params",
    "is_stable",
    "jacobian_norms",
    "kv_cache",
    "layer_norm",
    "layer_norm_params",
    "lenet5_params",
    "log_likelihood",
    "lstm",
    "lstm_cell",
    "lstm_gradients",
    "lstm_params",
    "model",
    "model_params",
    "multi_head_attention",
    "names",
    "noisy_sine",
    "one_step_ar",
    "one_step_latent",
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
    "rnn_cell",
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
    "transition_power",
]


def __getattr__(name: str) -> object:
    """Import a function or a class."""
    if name not in _EXPORTED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_EXPORTED[name]), name)
