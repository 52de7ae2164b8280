"""Scaled dot-product attention of small matrices, worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tutor.engine.arguments import Arguments, Matrix, Size
from tutor.engine.registry import register
from tutor.engine.worked import Solution, Term, Worked
from tutor.engine.worked_attention.shared import Positive, few_enough, within
from tutor.engine.worked_attention.steps import attention_tex, row_lines, run_terms
from tutor.text.message import Message, msg

if TYPE_CHECKING:
    from tutor.engine.attention.scaled_dot_product import AttentionRun


class AttentionArguments(Arguments):
    """Queries, keys and values, a row each.

    `scaled` divides the scores by √d_k; `real_keys` says how many keys, from the first on, are
    tokens: the rest is padding, which nobody looks at.
    """

    q: Matrix
    k: Matrix
    v: Matrix
    is_causal: bool = False
    real_keys: Size | None = None
    scaled: bool = True
    temperature: Positive = 1.0


@register("attention", AttentionArguments)
def attention(args: AttentionArguments) -> Worked:
    """Compute softmax(QKᵀ/√d_k)V, every intermediate a term: an array with a row per query.

    Raises:
        EngineError: matrices that do not fit each other, or too many scores to write out.

    Source: Vaswani et al. 2017, 3.2.1.
    """
    from tutor.engine.attention.scaled_dot_product import scaled_dot_product_attention
    from tutor.engine.nested import nested

    few_enough("k", len(args.q), len(args.k))
    run = scaled_dot_product_attention(
        args.q,
        args.k,
        args.v,
        real_keys=_real(args),
        is_causal=args.is_causal,
        scale=None if args.scaled else 1.0,
        temperature=args.temperature,
    )
    return Worked(name="attention", total=nested(run.output), solution=AttentionSolution(args, run))


def _real(args: AttentionArguments) -> list[bool] | None:
    if args.real_keys is None:
        return None
    within("real_keys", args.real_keys, len(args.k))
    return [j < args.real_keys for j in range(len(args.k))]


@dataclass(frozen=True, slots=True)
class AttentionSolution(Solution):
    """How the output of an attention comes about."""

    args: AttentionArguments
    run: AttentionRun = field(compare=False)

    def formula(self) -> str:
        """Return attention in symbols."""
        return attention_tex(self.run, scaled=self.args.scaled, numbers=False)

    def substituted(self) -> str:
        """Return attention with d_k and the temperature as numbers."""
        return attention_tex(self.run, scaled=self.args.scaled, numbers=True)

    def terms(self) -> Iterator[Term]:
        """Return scores, scaled, masked, weights, output and entropy."""
        return run_terms(self.run, scaled=self.args.scaled)

    def lines(self) -> Iterator[Message]:
        """Return the way of one query: the last from which something is hidden, or the last."""
        yield from row_lines(self.run, self._told(), scaled=self.args.scaled)
        if len(self.args.q) > 1:
            yield msg("Every other query goes the same way: a row of each array is one query.")

    def _told(self) -> int:
        import numpy as np

        allowed = self.run.visible.all()
        if allowed is not None and not allowed.all():
            return int(np.argwhere(~allowed)[-1, 0])
        return len(self.args.q) - 1
