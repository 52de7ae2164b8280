"""Parameters of an LSTM."""

from __future__ import annotations

from tutor.engine.arguments import SizeOrZero
from tutor.engine.error import EngineError
from tutor.engine.params.recurrent import RecurrentParams, recurrent_worked
from tutor.engine.registry import register
from tutor.engine.worked import Worked
from tutor.text.message import msg


class LstmParams(RecurrentParams):
    """Arguments of `lstm_params`; `proj_size` 0 is no projection."""

    proj_size: SizeOrZero = 0


@register("lstm_params", LstmParams)
def lstm_params(args: LstmParams) -> Worked:
    """Count the parameters of LSTM layers: 4h(d + h + b) each.

    With a projection to p values it is 4h(d + p + b) + ph.

    Source: Hochreiter & Schmidhuber 1997, Gers et al. 2000, Sak et al. 2014 (projection);
    `torch.nn.LSTM` and `keras.layers.LSTM`.

    Raises:
        EngineError: a projection in Keras, which has none, or one not smaller than the state.
    """
    p = args.proj_size
    if p and args.convention == "keras":
        raise EngineError(
            msg("`proj_size` is `{value}`, but the Keras LSTM has no projection.", value=p),
            msg("Leave `proj_size` at 0, or choose another convention."),
            argument="proj_size",
        )
    if p >= args.hidden_size:
        raise EngineError(
            msg("`proj_size` is `{value}`.", value=p),
            msg(
                "`proj_size` is 0, or smaller than `hidden_size`, {hidden_size:,}.",
                hidden_size=args.hidden_size,
            ),
            argument="proj_size",
        )
    return recurrent_worked("lstm_params", args.layer("lstm", proj_size=p))
