"""What attention divides its scores by."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from tutor.engine.arguments import Arguments, Size
from tutor.engine.registry import register
from tutor.engine.scalars import head_dim
from tutor.engine.worked import Mistake, Solution, Term, Worked
from tutor.text.message import Message, msg


class AttentionDivisorArguments(Arguments):
    """The size of the model and the number of heads that share it."""

    embed_dim: Size
    num_heads: Size = 1


@register("attention_divisor", AttentionDivisorArguments)
def attention_divisor(args: AttentionDivisorArguments) -> Worked:
    """Compute √d_k with d_k = embed_dim / num_heads; a whole number where it is one.

    Raises:
        EngineError: heads that do not divide the model.

    Source: Vaswani et al. 2017, 3.2.1 and 3.2.2.
    """
    d_k = head_dim(args.num_heads, args.embed_dim)
    return Worked(name="attention_divisor", total=root(d_k), solution=DivisorSolution(args, d_k))


def root(n: int) -> int | float:
    """Return √n, as an integer where it is one."""
    whole = math.isqrt(n)
    return whole if whole * whole == n else math.sqrt(n)


@dataclass(frozen=True, slots=True)
class DivisorSolution(Solution):
    """How the divisor comes about."""

    args: AttentionDivisorArguments
    d_k: int

    def formula(self) -> str:
        """Return the divisor in symbols."""
        return r"\sqrt{d_k} = \sqrt{d / h}"

    def substituted(self) -> str:
        """Return the divisor in numbers."""
        return rf"\sqrt{{{self.args.embed_dim:,} / {self.args.num_heads:,}}}"

    def terms(self) -> Iterator[Term]:
        """Return the size of a head, and the divisor."""
        share = f"{self.args.embed_dim:,} / {self.args.num_heads:,}"
        yield Term("head_dim", "$d_k$", "d / h", share, self.d_k)
        yield Term(
            "divisor", r"$\sqrt{d_k}$", r"\sqrt{d_k}", rf"\sqrt{{{self.d_k:,}}}", root(self.d_k)
        )

    def lines(self) -> Iterator[Message]:
        """Return the share of a head, and its root."""
        yield msg(
            r"The heads share the columns of the model: $d_k = \val{d:,} / \val{h:,} ="
            r" \val{d_k:,}$.",
            d=self.args.embed_dim,
            h=self.args.num_heads,
            d_k=self.d_k,
        )
        yield msg(
            r"A dot product of $d_k$ products with variance 1 has the variance $d_k$, so it is"
            r" divided by $\sqrt{d_k} = \sqrt{\val{d_k:,}} = \val{root:.6g}$.",
            d_k=self.d_k,
            root=float(root(self.d_k)),
        )

    def mistakes(self) -> Iterator[Mistake]:
        """Return what is divided by in error."""
        d, h = self.args.embed_dim, self.args.num_heads
        if h > 1:
            yield Mistake(
                "heads-forgotten",
                msg(
                    r"$\val{value:.6g}$ is the root of the whole model's size. A head has its share"
                    r" only: $d_k = \val{d_k:,}$.",
                    value=float(root(d)),
                    d_k=self.d_k,
                ),
                root(d),
            )
        yield Mistake(
            "scale-not-root",
            msg(
                r"{value:,} is $d_k$ itself. The standard deviation of a score, its root, is what"
                " is divided by.",
                value=self.d_k,
            ),
            self.d_k,
        )
        if h > 1:
            yield Mistake(
                "model-size",
                msg(
                    "{value:,} is the size of the model. Only the root of a head's share counts.",
                    value=d,
                ),
                d,
            )
        if h > 1:
            yield Mistake(
                "heads-instead",
                msg(
                    r"{value:,} is the number of heads. The divisor is $\sqrt{d_k}$, the root of"
                    " the size of one.",
                    value=h,
                ),
                h,
            )
            yield Mistake(
                "root-then-heads",
                msg(
                    r"$\val{value:.6g}$ takes the root of the model's size and then divides by the"
                    " heads. The columns are shared out first, and the root comes after.",
                    value=float(root(d)) / h,
                ),
                float(root(d)) / h,
            )
