"""The encoder layer of drawn tokens, worked out sub-layer by sub-layer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tutor.engine.arguments import Arguments
from tutor.engine.registry import register
from tutor.engine.worked import Solution, Term, Worked
from tutor.engine.worked_attention.drawn_tokens import tokens
from tutor.engine.worked_attention.shared import Axis, Heads, Seed, few_enough, sized_term
from tutor.engine.worked_attention.sublayers import (
    attention_line,
    network_line,
    network_terms,
    order_line,
    self_attention_terms,
    so_far_line,
    sublayer_tex,
)
from tutor.text.message import Message, msg

if TYPE_CHECKING:
    from tutor.engine.attention.encoder import EncoderLayerRun


class EncoderLayerArguments(Arguments):
    """Sizes and options as in PyTorch's layer, and the seed of the tokens and the weights."""

    seq_len: Axis
    d_model: Axis
    nhead: Heads
    dim_feedforward: Axis
    norm_first: bool = False
    activation: Literal["relu", "gelu"] = "relu"
    is_causal: bool = False
    seed: Seed = 0


@register("encoder_layer", EncoderLayerArguments)
def encoder_layer(args: EncoderLayerArguments) -> Worked:
    """Compute an encoder layer of drawn tokens with drawn weights.

    Raises:
        EngineError: heads that do not divide `d_model`, or too many numbers to write out.

    Source: Vaswani et al. 2017, 3.1; `torch.nn.TransformerEncoderLayer`.
    """
    from tutor.engine.attention import encoder as arrays
    from tutor.engine.attention.layer_weights import EncoderLayerWeights
    from tutor.engine.nested import nested

    few_enough("seq_len", args.nhead, args.seq_len, args.seq_len)
    few_enough("seq_len", args.seq_len, max(args.d_model, args.dim_feedforward))
    run = arrays.encoder_layer(
        tokens(args.seed, args.seq_len, args.d_model),
        EncoderLayerWeights.drawn(args.seed, args.d_model, args.nhead, args.dim_feedforward),
        args.nhead,
        norm_first=args.norm_first,
        activation=args.activation,
        is_causal=args.is_causal,
    )
    return Worked(
        name="encoder_layer", total=nested(run.output), solution=EncoderSolution(args, run)
    )


@dataclass(frozen=True, slots=True)
class EncoderSolution(Solution):
    """How the output of an encoder layer comes about."""

    args: EncoderLayerArguments
    run: EncoderLayerRun = field(compare=False)

    def formula(self) -> str:
        """Return both sub-layers in symbols."""
        first = sublayer_tex("x", "SA", norm_first=self.args.norm_first)
        second = sublayer_tex("y", "FF", norm_first=self.args.norm_first)
        return rf"y = {first}, \quad z = {second}"

    def substituted(self) -> str:
        """Return the size of what goes through: the same everywhere."""
        return rf"{self.args.seq_len:,} \times {self.args.d_model:,}"

    def terms(self) -> Iterator[Term]:
        """Return what each sub-layer makes of the tokens."""
        run, first = self.run, self.args.norm_first
        x = tokens(self.args.seed, self.args.seq_len, self.args.d_model)
        yield sized_term("x", msg("tokens"), "x", x)
        yield from self_attention_terms(run.self_attention.run)
        y = sublayer_tex("x", "SA", norm_first=first)
        yield sized_term("y", "$y$", y, run.self_attention.output)
        yield from network_terms("y", run.feed_forward.run, norm_first=first)
        yield sized_term(
            "output", msg("output"), sublayer_tex("y", "FF", norm_first=first), run.output
        )

    def lines(self) -> Iterator[Message]:
        """Return the way of the last token."""
        run, last = self.run, self.args.seq_len - 1
        yield order_line(norm_first=self.args.norm_first)
        yield attention_line(self.args.seq_len, run.self_attention.run.output[last])
        yield so_far_line("y", run.self_attention.output[last])
        yield network_line(run.feed_forward.run.hidden[last], run.feed_forward.run.output[last])
        yield so_far_line("z", run.output[last])
