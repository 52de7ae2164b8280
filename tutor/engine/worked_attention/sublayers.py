"""Sub-layers of a Transformer layer: their terms, in TeX and in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tutor.engine.worked import Term
from tutor.engine.worked_attention.shared import row_tex, sized_term
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from tutor.engine.attention.feed_forward import FeedForwardRun
    from tutor.engine.attention.multi_head import MultiHeadRun


def sublayer_tex(x: str, name: str, *, norm_first: bool, more: str = "") -> str:
    """Return a sub-layer with residual connection and normalisation as TeX.

    Args:
        x: what goes in.
        name: SA, CA or FF.
        norm_first: pre-norm.
        more: further arguments of the sub-layer, with a comma before them.
    """
    if norm_first:
        return rf"{x} + \operatorname{{{name}}}(\operatorname{{LN}}({x}){more})"
    return rf"\operatorname{{LN}}({x} + \operatorname{{{name}}}({x}{more}))"


def hidden_tex(x: str, *, norm_first: bool) -> str:
    """Return the hidden layer of the feed-forward network as TeX."""
    read = rf"\operatorname{{LN}}({x})" if norm_first else x
    return rf"\phi(W_1 {read} + b_1)"


def self_attention_terms(run: MultiHeadRun) -> Iterator[Term]:
    """Yield the weights of self-attention and what it gives."""
    yield sized_term("weights", msg("weights of self-attention"), "A", run.weights)
    yield sized_term("self_attention", msg("self-attention"), r"\operatorname{SA}", run.output)


def network_terms(x: str, run: FeedForwardRun, *, norm_first: bool) -> Iterator[Term]:
    """Yield what the feed-forward network makes of x."""
    hidden = hidden_tex(x, norm_first=norm_first)
    yield sized_term("hidden", msg("hidden layer"), hidden, run.hidden)
    yield sized_term("feed_forward", msg("feed-forward network"), r"\operatorname{FF}", run.output)


def order_line(*, norm_first: bool) -> Message:
    """Return where the normalisation stands."""
    if norm_first:
        return msg(
            "Pre-norm: each sub-layer reads the normalised vector, and its output is added to the"
            " vector as it was."
        )
    return msg(
        "Post-norm, as in the paper of 2017: each sub-layer's output is added to what it read, and"
        " the sum is normalised."
    )


def attention_line(token: int, row: ArrayLike) -> Message:
    """Return what self-attention gives a token."""
    return msg(r"Self-attention gives token {token:,} $\val{row}$.", token=token, row=row_tex(row))


def so_far_line(name: str, row: ArrayLike) -> Message:
    """Return what the token is after residual connection and normalisation."""
    return msg(
        r"With the residual connection and the normalisation it is"
        r" $\val{name} = \val{row}$.",
        name=Markdown(name),
        row=row_tex(row),
    )


def network_line(hidden: ArrayLike, row: ArrayLike) -> Message:
    """Return what the feed-forward network does to a token."""
    return msg(
        r"The feed-forward network treats every token alone: hidden $\val{hidden}$, out"
        r" $\val{row}$.",
        hidden=row_tex(hidden),
        row=row_tex(row),
    )
