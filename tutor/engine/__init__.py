"""The engine: answers computed, with their solutions and the mistakes people make.

Importing the package registers every function that `compute` knows. The ordinary functions on
arrays (`from tutor.engine import lstm`) load NumPy, and are imported when first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from tutor.engine import worked_activations
from tutor.engine.error import EngineError
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
from tutor.engine.registry import arguments, compute, names
from tutor.engine.worked import Mistake, Solution, Step, Term, Variant, Worked

if TYPE_CHECKING:
    from tutor.engine.activations import gelu, relu, sigmoid, softmax, tanh

# where the functions on arrays are; the imports above say the same to type checkers
_ON_ARRAYS = {
    "gelu": "tutor.engine.activations",
    "relu": "tutor.engine.activations",
    "sigmoid": "tutor.engine.activations",
    "softmax": "tutor.engine.activations",
    "tanh": "tutor.engine.activations",
}

__all__ = [
    "EngineError",
    "Mistake",
    "Solution",
    "Step",
    "Term",
    "Variant",
    "Worked",
    "arguments",
    "attention_params",
    "bert_params",
    "compute",
    "decoder_layer_params",
    "dense_params",
    "encoder_layer_params",
    "gelu",
    "gpt_params",
    "gru_params",
    "lstm_params",
    "names",
    "relu",
    "rnn_params",
    "sigmoid",
    "softmax",
    "tanh",
    "transformer_params",
    "worked_activations",
]


def __getattr__(name: str) -> object:
    """Import a function on arrays."""
    if name not in _ON_ARRAYS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ON_ARRAYS[name]), name)
