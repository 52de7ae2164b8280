"""Multi-head self-attention of drawn tokens, worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tutor.engine.arguments import Arguments
from tutor.engine.registry import register
from tutor.engine.worked import Solution, Term, Worked
from tutor.engine.worked_attention.drawn_tokens import tokens
from tutor.engine.worked_attention.shared import Axis, Heads, Seed, few_enough, row_tex, sized_term
from tutor.text.message import Message, msg

if TYPE_CHECKING:
    from tutor.engine.attention.multi_head import MultiHeadRun


class MultiHeadArguments(Arguments):
    """Sizes, and the seed of the tokens and the weights."""

    seq_len: Axis
    embed_dim: Axis
    num_heads: Heads
    is_causal: bool = False
    seed: Seed = 0


@register("multi_head_attention", MultiHeadArguments)
def multi_head_attention(args: MultiHeadArguments) -> Worked:
    """Compute multi-head self-attention of drawn tokens with drawn weights.

    The arrays have the heads on the first axis: entry `weights_2_1_3` is head 2, query 1, key 3.

    Raises:
        EngineError: heads that do not divide `embed_dim`, or too many numbers to write out.

    Source: Vaswani et al. 2017, 3.2.2.
    """
    from tutor.engine.attention import multi_head as arrays
    from tutor.engine.attention.multi_head_weights import MultiHeadWeights
    from tutor.engine.nested import nested

    few_enough("seq_len", args.num_heads, args.seq_len, args.seq_len)
    few_enough("seq_len", args.seq_len, args.embed_dim)
    weights = MultiHeadWeights.drawn(args.seed, args.embed_dim, args.num_heads)
    x = tokens(args.seed, args.seq_len, args.embed_dim)
    run = arrays.multi_head_attention(x, x, x, weights, args.num_heads, is_causal=args.is_causal)
    return Worked(
        name="multi_head_attention",
        total=nested(run.output),
        solution=MultiHeadSolution(args, run),
    )


@dataclass(frozen=True, slots=True)
class MultiHeadSolution(Solution):
    """How the output of several heads comes about."""

    args: MultiHeadArguments
    run: MultiHeadRun = field(compare=False)

    def formula(self) -> str:
        """Return multi-head attention in symbols."""
        return r"[\text{head}_1; \dots; \text{head}_H] W_O^\top + b_O"

    def substituted(self) -> str:
        """Return it with the number of heads."""
        heads = self.args.num_heads
        if heads == 1:
            return r"\text{head}_1 W_O^\top + b_O"
        between = r"; \dots; " if heads > 2 else "; "
        return rf"[\text{{head}}_1{between}\text{{head}}_{{{heads}}}] W_O^\top + b_O"

    def terms(self) -> Iterator[Term]:
        """Return tokens, projections, weights, heads, and what is made of them."""
        inner = self.run.attention
        yield sized_term(
            "x", "$X$", "X", tokens(self.args.seed, self.args.seq_len, self.args.embed_dim)
        )
        yield sized_term("q", "$Q$", r"X W_Q^\top + b_Q", inner.q)
        yield sized_term("k", "$K$", r"X W_K^\top + b_K", inner.k)
        yield sized_term("v", "$V$", r"X W_V^\top + b_V", inner.v)
        yield sized_term("scores", msg("scores"), r"Q K^\top", inner.scores)
        yield sized_term(
            "weights",
            msg("weights"),
            r"\operatorname{softmax}\left(\frac{Q K^\top}{\sqrt{d_k}}\right)",
            inner.weights,
        )
        yield sized_term("heads", msg("outputs of the heads"), "A V", inner.output)
        yield sized_term(
            "concatenated",
            msg("concatenated"),
            r"[\text{head}_1; \dots; \text{head}_H]",
            self.run.concatenated,
        )
        yield sized_term("output", msg("output"), self.formula(), self.run.output)

    def lines(self) -> Iterator[Message]:
        """Return the way of the last token."""
        args, last = self.args, self.args.seq_len - 1
        yield msg(
            r"The heads share the columns of $Q$, $K$ and $V$: $\val{d:,} / \val{heads:,} ="
            r" \val{d_k:,}$ for each. Every head attends by itself.",
            d=args.embed_dim,
            heads=args.num_heads,
            d_k=args.embed_dim // args.num_heads,
        )
        for number, head in enumerate(self.run.heads[:3], 1):
            yield msg(
                r"In head {head} token {token:,} has the weights $\val{weights}$.",
                head=number,
                token=args.seq_len,
                weights=row_tex(head.weights[last]),
            )
        yield msg(
            r"Side by side the outputs of the heads are $\val{row}$ for this token.",
            row=row_tex(self.run.concatenated[last]),
        )
        yield msg(
            r"The output projection $W_O$ mixes them: $\val{row}$.",
            row=row_tex(self.run.output[last]),
        )
