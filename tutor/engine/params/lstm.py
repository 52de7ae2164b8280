"""Parameters of an LSTM."""

from __future__ import annotations

from tutor.engine.arguments import SizeOrZero
from tutor.engine.error import EngineError
from tutor.engine.params.recurrent import RecurrentParams, recurrent_worked
from tutor.engine.registry import register
from tutor.engine.worked import Worked
from tutor.text.message import msg

_FRAMEWORKS = {"pytorch": "PyTorch", "keras": "Keras", "flax": "Flax", "onnx": "ONNX"}


class LstmParams(RecurrentParams):
    """Arguments of `lstm_params`; `proj_size` 0 is no projection."""

    proj_size: SizeOrZero = 0
    peepholes: bool = False


@register("lstm_params", LstmParams)
def lstm_params(args: LstmParams) -> Worked:
    """Count the parameters of LSTM layers: 4h(d + h + b) each.

    With a projection to p values it is 4h(d + p + b) + ph; peepholes add 3h.

    Source: Hochreiter & Schmidhuber 1997, Gers et al. 2000, Gers & Schmidhuber 2000
    (peepholes), Sak et al. 2014 (projection); `torch.nn.LSTM`, `keras.layers.LSTM`,
    `flax.linen.OptimizedLSTMCell` and the ONNX operator LSTM.

    Raises:
        EngineError: a projection where the convention has none, or one not smaller than the
            state; peepholes where the convention has none.
    """
    p = args.proj_size
    if p and args.convention not in {"pytorch", "textbook"}:
        raise EngineError(
            msg(
                "`proj_size` is `{value}`, but the {framework} LSTM has no projection.",
                value=p,
                framework=_FRAMEWORKS[args.convention],
            ),
            msg("Leave `proj_size` at 0, or choose `pytorch` or `textbook`."),
            argument="proj_size",
        )
    if args.peepholes and args.convention not in {"textbook", "onnx"}:
        raise EngineError(
            msg(
                "`peepholes` is `true`, but the {framework} LSTM has none.",
                framework=_FRAMEWORKS[args.convention],
            ),
            msg("Leave `peepholes` out, or choose `textbook` or `onnx`."),
            argument="peepholes",
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
    return recurrent_worked(
        "lstm_params", args.layer("lstm", proj_size=p, peepholes=args.peepholes)
    )
