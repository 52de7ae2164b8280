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
    from tutor.engine.cells.gru import GruRun, GruWeights, gru
    from tutor.engine.cells.lstm import LstmRun, LstmWeights, lstm, lstm_cell
    from tutor.engine.cells.rnn import RnnRun, RnnWeights, rnn
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
    from tutor.engine.sequence.ar import fit_ar, forecast_ar
    from tutor.engine.sequence.comparison import compare_models
    from tutor.engine.sequence.latent import fit_latent, forecast_latent
    from tutor.engine.sequence.markov import distribution_after, fit_markov, stationary
    from tutor.engine.sequence.series import fibonacci, noisy_sine, pulses, random_walk, simulate_ar

# where the functions are; the imports above say the same to type checkers
_EXPORTED = {
    "ActivationChain": "tutor.engine.gradients.chain",
    "Adam": "tutor.engine.learning.adam",
    "AdditiveRun": "tutor.engine.attention.additive",
    "AttentionRun": "tutor.engine.attention.scaled_dot_product",
    "CrossEntropy": "tutor.engine.learning.cross_entropy",
    "DecoderLayerRun": "tutor.engine.attention.decoder",
    "DecoderLayerWeights": "tutor.engine.attention.layer_weights",
    "EncoderLayerRun": "tutor.engine.attention.encoder",
    "EncoderLayerWeights": "tutor.engine.attention.layer_weights",
    "Flow": "tutor.engine.gradients.flow",
    "GruGradients": "tutor.engine.gradients.gru",
    "GruRun": "tutor.engine.cells.gru",
    "GruWeights": "tutor.engine.cells.gru",
    "JacobianNorms": "tutor.engine.gradients.decay",
    "LayerNormRun": "tutor.engine.attention.normalisation",
    "LayerNormWeights": "tutor.engine.attention.normalisation",
    "LinearWeights": "tutor.engine.attention.linear",
    "LstmGradients": "tutor.engine.gradients.lstm",
    "LstmRun": "tutor.engine.cells.lstm",
    "LstmWeights": "tutor.engine.cells.lstm",
    "ModelCount": "tutor.engine.params.model_count",
    "MultiHeadRun": "tutor.engine.attention.multi_head",
    "MultiHeadWeights": "tutor.engine.attention.multi_head_weights",
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
    "activation_memory": "tutor.engine.cost.activation_memory",
    "additive_attention": "tutor.engine.attention.additive",
    "additive_attention_params": "tutor.engine.params.additive_attention",
    "attention_flops": "tutor.engine.cost.attention",
    "attention_params": "tutor.engine.params.attention",
    "attention_scores": "tutor.engine.attention.scores",
    "batch_norm_params": "tutor.engine.params.batch_norm",
    "bert_params": "tutor.engine.params.bert",
    "causal_mask": "tutor.engine.attention.masks",
    "clip_by_norm": "tutor.engine.gradients.clipping",
    "clip_by_value": "tutor.engine.gradients.clipping",
    "compare_models": "tutor.engine.sequence.comparison",
    "conv_flops": "tutor.engine.cost.conv",
    "conv_params": "tutor.engine.params.conv",
    "cross_entropy": "tutor.engine.learning.cross_entropy",
    "decoder_layer": "tutor.engine.attention.decoder",
    "decoder_layer_params": "tutor.engine.params.decoder_layer",
    "dense_params": "tutor.engine.params.dense",
    "distribution_after": "tutor.engine.sequence.markov",
    "drawn_flow": "tutor.engine.gradients.flow",
    "embedding_params": "tutor.engine.params.embedding",
    "encoder_layer": "tutor.engine.attention.encoder",
    "encoder_layer_params": "tutor.engine.params.encoder_layer",
    "ffn_flops": "tutor.engine.cost.ffn",
    "fibonacci": "tutor.engine.sequence.series",
    "fit_ar": "tutor.engine.sequence.ar",
    "fit_latent": "tutor.engine.sequence.latent",
    "fit_markov": "tutor.engine.sequence.markov",
    "flash_attention": "tutor.engine.cost.flash_attention",
    "forecast_ar": "tutor.engine.sequence.ar",
    "forecast_latent": "tutor.engine.sequence.latent",
    "gelu": "tutor.engine.activations",
    "gelu_derivative": "tutor.engine.activations",
    "global_norm": "tutor.engine.gradients.clipping",
    "gpt_params": "tutor.engine.params.gpt",
    "gru": "tutor.engine.cells.gru",
    "gru_gradients": "tutor.engine.gradients.gru",
    "gru_params": "tutor.engine.params.gru",
    "image_classifier_params": "tutor.engine.params.image_classifier",
    "jacobian_norms": "tutor.engine.gradients.decay",
    "kv_cache": "tutor.engine.cost.kv_cache",
    "layer_norm": "tutor.engine.attention.normalisation",
    "layer_norm_params": "tutor.engine.params.layer_norm",
    "lenet5_params": "tutor.engine.params.lenet5",
    "lstm": "tutor.engine.cells.lstm",
    "lstm_cell": "tutor.engine.cells.lstm",
    "lstm_gradients": "tutor.engine.gradients.lstm",
    "lstm_params": "tutor.engine.params.lstm",
    "model": "tutor.engine.params.model",
    "model_params": "tutor.engine.params.model",
    "multi_head_attention": "tutor.engine.attention.multi_head",
    "noisy_sine": "tutor.engine.sequence.series",
    "padding_mask": "tutor.engine.attention.masks",
    "path_length": "tutor.engine.cost.path_length",
    "pulses": "tutor.engine.sequence.series",
    "random_walk": "tutor.engine.sequence.series",
    "recall_accuracy": "tutor.engine.learning.recall",
    "recall_steps": "tutor.engine.learning.recall",
    "recurrent_flops": "tutor.engine.cost.recurrent",
    "relu": "tutor.engine.activations",
    "relu_derivative": "tutor.engine.activations",
    "residual_flow": "tutor.engine.gradients.residual",
    "rnn": "tutor.engine.cells.rnn",
    "rnn_gradients": "tutor.engine.gradients.rnn",
    "rnn_params": "tutor.engine.params.rnn",
    "scaled_dot_product_attention": "tutor.engine.attention.scaled_dot_product",
    "scaling": "tutor.engine.cost.scaling",
    "score_memory": "tutor.engine.cost.score_memory",
    "scores_crossover": "tutor.engine.cost.scores_crossover",
    "sequential_steps": "tutor.engine.cost.sequential_steps",
    "sigmoid": "tutor.engine.activations",
    "sigmoid_derivative": "tutor.engine.activations",
    "simulate_ar": "tutor.engine.sequence.series",
    "sinusoidal_positions": "tutor.engine.attention.positions",
    "softmax": "tutor.engine.activations",
    "softmax_jacobian": "tutor.engine.activations",
    "stationary": "tutor.engine.sequence.markov",
    "sufficient_bound": "tutor.engine.gradients.bound",
    "tanh": "tutor.engine.activations",
    "tanh_derivative": "tutor.engine.activations",
    "train_recall": "tutor.engine.learning.recall",
    "transformer_params": "tutor.engine.params.transformer",
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
]


def __getattr__(name: str) -> object:
    """Import a function or a class."""
    if name not in _EXPORTED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_EXPORTED[name]), name)
