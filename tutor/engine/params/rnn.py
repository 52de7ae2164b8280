"""Parameters of a simple recurrent network."""

from __future__ import annotations

from tutor.engine.params.recurrent import RecurrentParams, recurrent_worked
from tutor.engine.registry import register
from tutor.engine.worked import Worked


class RnnParams(RecurrentParams):
    """Arguments of `rnn_params`."""


@register("rnn_params", RnnParams)
def rnn_params(args: RnnParams) -> Worked:
    """Count the parameters of simple recurrent layers: h(d + h + b) each.

    Source: Elman 1990; `torch.nn.RNN`, `keras.layers.SimpleRNN`, `flax.linen.SimpleCell` and the
    ONNX operator RNN.
    """
    return recurrent_worked("rnn_params", args.layer("rnn"))
