"""The engine: answers computed, with their solutions and the mistakes people make.

Importing the package registers every function; NumPy is loaded by those that need it.
"""

from tutor.engine import worked_activations
from tutor.engine.error import EngineError
from tutor.engine.params import dense_params, gru_params, lstm_params, rnn_params
from tutor.engine.registry import arguments, compute, names
from tutor.engine.worked import Mistake, Step, Term, Variant, Worked

__all__ = [
    "EngineError",
    "Mistake",
    "Step",
    "Term",
    "Variant",
    "Worked",
    "arguments",
    "compute",
    "dense_params",
    "gru_params",
    "lstm_params",
    "names",
    "rnn_params",
    "worked_activations",
]
