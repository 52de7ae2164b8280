"""The variance of a dot product, which is why attention scales its scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.engine.arguments import Arguments, Size
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Solution, Term, Worked
from tutor.engine.worked_attention.attention_divisor import root
from tutor.text.message import Message, msg


class ScoreVarianceArguments(Arguments):
    """The size of queries and keys; `scaled` asks for the score divided by √d_k."""

    d_k: Size
    scaled: bool = False


@register("score_variance", ScoreVarianceArguments)
def score_variance(args: ScoreVarianceArguments) -> Worked:
    """Compute Var(q·k) for independent entries of mean 0 and variance 1: d_k, scaled 1.

    Source: Vaswani et al. 2017, footnote 4.
    """
    return Worked(
        name="score_variance",
        total=1 if args.scaled else args.d_k,
        solution=VarianceSolution(args),
    )


@dataclass(frozen=True, slots=True)
class VarianceSolution(Solution):
    """How the variance of a score comes about."""

    args: ScoreVarianceArguments

    def formula(self) -> str:
        """Return the variance in symbols."""
        if self.args.scaled:
            return r"\operatorname{Var}\left(\frac{q \cdot k}{\sqrt{d_k}}\right) = \frac{d_k}{d_k}"
        return r"\operatorname{Var}(q \cdot k) = d_k"

    def substituted(self) -> str:
        """Return the variance in numbers."""
        d = f"{self.args.d_k:,}"
        return rf"\frac{{{d}}}{{{d}}}" if self.args.scaled else rf"{d} \cdot 1"

    def terms(self) -> Iterator[Term]:
        """Return the variance and the standard deviation of a score before scaling."""
        d = self.args.d_k
        yield Term("variance", r"$\operatorname{Var}(q \cdot k)$", "d_k", f"{d:,}", d)
        yield Term(
            "deviation", msg("standard deviation"), r"\sqrt{d_k}", rf"\sqrt{{{d:,}}}", root(d)
        )

    def lines(self) -> Iterator[Message]:
        """Return the variance of a product, of the sum, and after scaling."""
        yield msg(
            r"A product $q_i k_i$ of independent entries with mean 0 and variance 1 has mean 0 and"
            r" variance $1 \cdot 1 = 1$."
        )
        yield msg(
            r"The variances of $d_k$ such products add up: $\operatorname{Var}(q \cdot k) ="
            r" \val{d:,}$, and the standard deviation is $\sqrt{\val{d:,}} = \val{root:.4g}$.",
            d=self.args.d_k,
            root=float(root(self.args.d_k)),
        )
        if self.args.scaled:
            yield msg(
                r"Dividing a score by $\sqrt{d_k}$ divides its variance by $d_k$: it is 1, whatever"
                " the size."
            )

    def mistakes(self) -> Iterator[Mistake]:
        """Return what people take for the variance."""
        d = self.args.d_k
        deviation = float(root(d))
        if self.args.scaled:
            yield Mistake(
                "unscaled",
                msg(
                    r"{value:,} is the variance before scaling. Dividing by $\sqrt{d_k}$ divides"
                    r" the variance by $d_k$.",
                    value=d,
                ),
                d,
            )
            yield Mistake(
                "variance-divided-once",
                msg(
                    r"$\val{value:.4g}$ divides the variance by $\sqrt{d_k}$. A factor enters the"
                    " variance squared.",
                    value=deviation,
                ),
                root(d),
            )
            yield Mistake(
                "scale-not-root",
                msg(
                    r"$\val{value:.4g}$ is what dividing by $d_k$ would leave. The scale is"
                    r" $\sqrt{d_k}$.",
                    value=1 / d,
                ),
                1 / d,
            )
            return
        yield Mistake(
            "deviation-instead",
            msg(
                r"$\val{value:.4g}$ is the standard deviation $\sqrt{d_k}$. The variance is its"
                " square.",
                value=deviation,
            ),
            root(d),
        )
        yield Mistake(
            "variance-stays",
            msg(
                r"{value} is the variance of one product. A score adds up $d_k$ of them, and"
                " variances add.",
                value=1,
            ),
            1,
        )
        yield Mistake(
            "variance-squared",
            msg(
                r"{value:,} is $d_k^2$. That would be right if all products were the same; they"
                " are independent, so their variances add.",
                value=d * d,
            ),
            d * d,
        )
        yield Mistake(
            "variances-added-per-entry",
            msg(
                "{value:,} adds the variances of queries and keys. The entries are multiplied,"
                " and their variances too.",
                value=2 * d,
            ),
            2 * d,
        )
