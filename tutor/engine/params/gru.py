"""Parameters of a GRU."""

from __future__ import annotations

from tutor.engine.error import EngineError
from tutor.engine.params.recurrent import RecurrentParams, recurrent_worked
from tutor.engine.registry import register
from tutor.engine.worked import Worked
from tutor.text.message import msg


class GruParams(RecurrentParams):
    """Arguments of `gru_params`; `reset_after` None is the convention's own default."""

    reset_after: bool | None = None


@register("gru_params", GruParams)
def gru_params(args: GruParams) -> Worked:
    """Count the parameters of GRU layers: 3h(d + h + b) each.

    Source: Cho et al. 2014 (the reset gate acts before the product in version 3, after it in
    version 1); `torch.nn.GRU` and `flax.linen.GRUCell` (after), `keras.layers.GRU` (after by
    default) and the ONNX operator GRU (before by default: `linear_before_reset`). Flax has
    3h(d + h) + 4h: its gates have one bias, its candidate two.

    Raises:
        EngineError: a `reset_after` that the convention does not have.
    """
    if args.reset_after is False and args.convention in {"pytorch", "flax"}:
        raise EngineError(
            msg(
                "`reset_after` is `false`, but the {framework} GRU resets after the product.",
                framework="Flax" if args.convention == "flax" else "PyTorch",
            ),
            msg("Leave `reset_after` out, or choose `keras`, `onnx` or `textbook`."),
            argument="reset_after",
        )
    if args.reset_after and args.convention == "textbook":
        raise EngineError(
            msg("`reset_after` is `true`, but the textbook GRU resets before the product."),
            msg("Leave `reset_after` out, or choose `keras`, `onnx` or `pytorch`."),
            argument="reset_after",
        )
    return recurrent_worked("gru_params", args.layer("gru", reset_after=args.reset_after))
