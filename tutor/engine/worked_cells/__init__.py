"""Recurrent cells worked out: one step with given numbers, and whole sequences."""

from tutor.engine.worked_cells import (
    gate_product,
    gru,
    gru_step,
    lstm,
    lstm_step,
    rnn,
    rnn_step,
)

__all__ = ["gate_product", "gru", "gru_step", "lstm", "lstm_step", "rnn", "rnn_step"]
