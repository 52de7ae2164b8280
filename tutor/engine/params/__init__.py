"""Parameter counts: layers counted tensor by tensor, without building them."""

from tutor.engine.params.attention import AttentionParams, attention_params
from tutor.engine.params.dense import DenseParams, dense_params
from tutor.engine.params.gru import GruParams, gru_params
from tutor.engine.params.lstm import LstmParams, lstm_params
from tutor.engine.params.rnn import RnnParams, rnn_params

__all__ = [
    "AttentionParams",
    "DenseParams",
    "GruParams",
    "LstmParams",
    "RnnParams",
    "attention_params",
    "dense_params",
    "gru_params",
    "lstm_params",
    "rnn_params",
]
