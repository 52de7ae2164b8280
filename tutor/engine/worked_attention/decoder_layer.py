"""The decoder layer of drawn tokens, worked out sub-layer by sub-layer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tutor.engine.arguments import Arguments
from tutor.engine.registry import register
from tutor.engine.worked import Solution, Term, Worked
from tutor.engine.worked_attention.drawn_tokens import memory, tokens
from tutor.engine.worked_attention.shared import Axis, Heads, Seed, few_enough, row_tex, sized_term
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
    from tutor.engine.attention.decoder import DecoderLayerRun


class DecoderLayerArguments(Arguments):
    """Sizes and options as in PyTorch's layer, and the seed of the tokens and the weights.

    `memory_len` is the length of the encoder's output, which is drawn too.
    """

    seq_len: Axis
    memory_len: Axis
    d_model: Axis
    nhead: Heads
    dim_feedforward: Axis
    norm_first: bool = False
    activation: Literal["relu", "gelu"] = "relu"
    seed: Seed = 0


@register("decoder_layer", DecoderLayerArguments)
def decoder_layer(args: DecoderLayerArguments) -> Worked:
    """Compute a decoder layer of drawn tokens and a drawn memory with drawn weights.

    Raises:
        EngineError: heads that do not divide `d_model`, or too many numbers to write out.

    Source: Vaswani et al. 2017, 3.1; `torch.nn.TransformerDecoderLayer`.
    """
    from tutor.engine.attention import decoder as arrays
    from tutor.engine.attention.layer_weights import DecoderLayerWeights
    from tutor.engine.nested import nested

    few_enough("seq_len", args.nhead, args.seq_len, args.seq_len)
    few_enough("memory_len", args.nhead, args.seq_len, args.memory_len)
    few_enough("seq_len", args.seq_len, max(args.d_model, args.dim_feedforward))
    run = arrays.decoder_layer(
        tokens(args.seed, args.seq_len, args.d_model),
        memory(args.seed, args.memory_len, args.d_model),
        DecoderLayerWeights.drawn(args.seed, args.d_model, args.nhead, args.dim_feedforward),
        args.nhead,
        norm_first=args.norm_first,
        activation=args.activation,
    )
    return Worked(
        name="decoder_layer", total=nested(run.output), solution=DecoderSolution(args, run)
    )


@dataclass(frozen=True, slots=True)
class DecoderSolution(Solution):
    """How the output of a decoder layer comes about."""

    args: DecoderLayerArguments
    run: DecoderLayerRun = field(compare=False)

    def formula(self) -> str:
        """Return the three sub-layers in symbols."""
        return ", \\quad ".join(f"{name} = {tex}" for name, tex in self._sublayers())

    def substituted(self) -> str:
        """Return the size of what goes through: the same everywhere."""
        return rf"{self.args.seq_len:,} \times {self.args.d_model:,}"

    def _sublayers(self) -> tuple[tuple[str, str], ...]:
        first = self.args.norm_first
        return (
            ("y", sublayer_tex("x", "SA", norm_first=first)),
            ("z", sublayer_tex("y", "CA", norm_first=first, more=", m")),
            ("o", sublayer_tex("z", "FF", norm_first=first)),
        )

    def terms(self) -> Iterator[Term]:
        """Return what each sub-layer makes of the tokens."""
        args, run = self.args, self.run
        (_, y), (_, z), (_, o) = self._sublayers()
        yield sized_term("x", msg("tokens"), "x", tokens(args.seed, args.seq_len, args.d_model))
        yield sized_term(
            "memory", msg("encoder output"), "m", memory(args.seed, args.memory_len, args.d_model)
        )
        yield from self_attention_terms(run.self_attention.run)
        yield sized_term("y", "$y$", y, run.self_attention.output)
        across = run.cross_attention.run
        yield sized_term("cross_weights", msg("weights of cross-attention"), "A", across.weights)
        yield sized_term(
            "cross_attention", msg("cross-attention"), r"\operatorname{CA}", across.output
        )
        yield sized_term("z", "$z$", z, run.cross_attention.output)
        yield from network_terms("z", run.feed_forward.run, norm_first=args.norm_first)
        yield sized_term("output", msg("output"), o, run.output)

    def lines(self) -> Iterator[Message]:
        """Return the way of the last token."""
        run, last = self.run, self.args.seq_len - 1
        yield order_line(norm_first=self.args.norm_first)
        yield msg("The self-attention is causal: no token looks at a later one.")
        yield attention_line(self.args.seq_len, run.self_attention.run.output[last])
        yield so_far_line("y", run.self_attention.output[last])
        yield msg(
            r"Cross-attention takes the query from this vector, keys and values from the"
            r" encoder's output: $\val{row}$.",
            row=row_tex(run.cross_attention.run.output[last]),
        )
        yield so_far_line("z", run.cross_attention.output[last])
        yield network_line(run.feed_forward.run.hidden[last], run.feed_forward.run.output[last])
        yield so_far_line("o", run.output[last])
