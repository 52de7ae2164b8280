"""Parameters of a whole Transformer, from encoder to decoder."""

from __future__ import annotations

from typing import Literal

from tutor.engine.arguments import Arguments, Size
from tutor.engine.error import EngineError
from tutor.engine.heads import head_width
from tutor.engine.params.answer import params_worked
from tutor.engine.params.transformer_model import Tie, TransformerModel
from tutor.engine.params.transformer_worked import TransformerSolution
from tutor.engine.registry import register
from tutor.engine.worked import Worked
from tutor.text.message import msg


class TransformerParams(Arguments):
    """Arguments of `transformer_params`, with the names and defaults of `torch.nn.Transformer`.

    With vocabularies there are embeddings and an output layer without biases, which `tie`
    lets share weights: `none` of them; `output`, the target's embedding with the output
    layer; or `all` three. Learned positions are a table of `max_len` rows for the source and
    one for the target; sinusoidal ones have no parameters, and naming `max_len` lets the
    answer name the mistake of counting them.
    """

    d_model: Size = 512
    nhead: Size = 8
    num_encoder_layers: Size = 6
    num_decoder_layers: Size = 6
    dim_feedforward: Size = 2048
    bias: bool = True
    src_vocab_size: Size | None = None
    tgt_vocab_size: Size | None = None
    tie: Tie = "none"
    positions: Literal["sinusoidal", "learned"] = "sinusoidal"
    max_len: Size | None = None


@register("transformer_params", TransformerParams)
def transformer_params(args: TransformerParams) -> Worked:
    """Count the parameters of a Transformer: its layers and two final layer norms.

    L_e (4d² + 2df + 9d + f) + L_d (8d² + 2df + 15d + f) + 4d, and V·d for every table of
    embeddings that is not shared.

    Source: Vaswani et al. 2017; `torch.nn.Transformer`, whose final norms the paper's layers,
    each ending in a norm, do not have.

    Raises:
        EngineError: heads that do not divide the width, one vocabulary without the other,
            ties without vocabularies or between different ones, or learned positions
            without their number.
    """
    head_width("d_model", args.d_model, "nhead", args.nhead)
    _check_tables(args)
    model = TransformerModel(
        d=args.d_model,
        heads=args.nhead,
        encoder_layers=args.num_encoder_layers,
        decoder_layers=args.num_decoder_layers,
        f=args.dim_feedforward,
        bias=args.bias,
        source=args.src_vocab_size or 0,
        target=args.tgt_vocab_size or 0,
        tie=args.tie,
        learned=args.positions == "learned",
        max_len=args.max_len or 0,
    )
    return params_worked("transformer_params", model.total, TransformerSolution(model))


def _check_tables(args: TransformerParams) -> None:
    source, target = args.src_vocab_size, args.tgt_vocab_size
    if (source is None) != (target is None):
        given, missing = "src_vocab_size", "tgt_vocab_size"
        if source is None:
            given, missing = missing, given
        raise EngineError(
            msg("`{given}` is given, but `{missing}` is not.", given=given, missing=missing),
            msg("Give both vocabularies, or neither to count the layers alone."),
            argument=missing,
        )
    if args.tie != "none" and source is None:
        raise EngineError(
            msg("`tie` is `{tie}`, but there are no embeddings.", tie=args.tie),
            msg("Give `src_vocab_size` and `tgt_vocab_size`, or leave `tie` at `none`."),
            argument="tie",
        )
    if args.tie == "all" and source != target:
        raise EngineError(
            msg(
                "`tie` is `all`, but `src_vocab_size` is {source:,} and `tgt_vocab_size`"
                " {target:,}.",
                source=source,
                target=target,
            ),
            msg("Only a vocabulary that source and target share can share one table."),
            argument="tie",
        )
    if args.positions == "learned" and args.max_len is None:
        raise EngineError(
            msg("`positions` is `learned`, but `max_len` is not given."),
            msg("A learned position is a row of a table, which has `max_len` rows."),
            argument="max_len",
        )
