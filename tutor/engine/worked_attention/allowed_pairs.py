"""How many pairs of query and key a mask allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.engine.arguments import Arguments, Size
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Solution, Term, Worked
from tutor.engine.worked_attention.shared import within
from tutor.text.message import Message, msg, msgs
from tutor.text.template import Markdown


class AllowedPairsArguments(Arguments):
    """The length of a sequence and what hides its keys.

    `real_keys` says how many of the T tokens are real, from the first on; the rest is padding.
    """

    T: Size
    is_causal: bool = True
    real_keys: Size | None = None


@register("allowed_pairs", AllowedPairsArguments)
def allowed_pairs(args: AllowedPairsArguments) -> Worked:
    """Count the pairs of T queries and T keys that self-attention may look at.

    Under the causal mask query i sees min(i, r) of r real keys: T(T+1)/2 pairs without padding.
    Padding hides columns only: the queries of padding are computed, and thrown away later.

    Raises:
        EngineError: more real keys than there are keys.
    """
    if args.real_keys is not None:
        within("real_keys", args.real_keys, args.T)
    solution = PairsSolution(args)
    total = solution.total
    return Worked(
        name="allowed_pairs", total=total, unit=msgs("pair", "pairs", total), solution=solution
    )


@dataclass(frozen=True, slots=True)
class PairsSolution(Solution):
    """How the count of allowed pairs comes about."""

    args: AllowedPairsArguments

    @property
    def real(self) -> int:
        """How many keys are no padding."""
        return self.args.T if self.args.real_keys is None else self.args.real_keys

    @property
    def padded(self) -> bool:
        """Whether any key is padding."""
        return self.real < self.args.T

    @property
    def total(self) -> int:
        """The count."""
        T, r = self.args.T, self.real
        return r * (r + 1) // 2 + (T - r) * r if self.args.is_causal else T * r

    def formula(self) -> str:
        """Return the count in symbols."""
        if not self.args.is_causal:
            return r"T \cdot r" if self.padded else "T^2"
        if self.padded:
            return r"\frac{r (r + 1)}{2} + (T - r) r"
        return r"\frac{T (T + 1)}{2}"

    def substituted(self) -> str:
        """Return the count in numbers."""
        T, r = f"{self.args.T:,}", f"{self.real:,}"
        if not self.args.is_causal:
            return rf"{T} \cdot {r}" if self.padded else f"{T}^2"
        half = rf"\frac{{{r} \cdot ({r} + 1)}}{{2}}"
        return rf"{half} + ({T} - {r}) \cdot {r}" if self.padded else half

    def terms(self) -> Iterator[Term]:
        """Return the allowed pairs: all of them are one term, so that it sums to the total."""
        yield Term("pairs", msg("allowed pairs"), self.formula(), self.substituted(), self.total)

    def lines(self) -> Iterator[Message]:
        """Return what each query sees, and the sum."""
        T, r = self.args.T, self.real
        if self.padded:
            yield msg(
                "Padding is hidden from every query; columns left: {real:,} of {T:,}. The rows of"
                " padding stay.",
                real=r,
                T=T,
            )
        if self.args.is_causal:
            if r > 1:
                yield msg(
                    "Under the causal mask query 1 sees one key, query 2 two: each sees itself and"
                    " what came before."
                )
            if self.padded:
                yield msg("From query {real:,} on each sees all real keys: {real:,}.", real=r)
        else:
            yield msg("Without a causal mask every query sees all keys that are no padding.")
        yield msg(
            r"Allowed pairs: $\val{sum} = \val{total:,}$ of $\val{T:,}^2 = \val{all:,}$.",
            sum=Markdown(self.substituted()),
            total=self.total,
            T=T,
            all=T * T,
        )

    def mistakes(self) -> Iterator[Mistake]:
        """Return what people count wrongly."""
        T, r = self.args.T, self.real
        if self.args.is_causal or self.padded:
            yield Mistake(
                "mask-forgotten",
                msg(
                    r"{value:,} is the whole table, $\val{T:,}^2$. The mask hides a part of it.",
                    value=T * T,
                    T=T,
                ),
                T * T,
            )
        if self.args.is_causal:
            strict = sum_to(r - 1) + (T - r) * r
            yield Mistake(
                "diagonal-hidden",
                msg(
                    "{value:,} hides the diagonal too. The causal mask does not hide a token from"
                    " itself.",
                    value=strict,
                ),
                strict,
            )
            if T % 2 == 0 and not self.padded:
                yield Mistake(
                    "half-of-all",
                    msg(
                        "{value:,} is half of the table. The diagonal is allowed as a whole, so it"
                        " is more than half.",
                        value=T * T // 2,
                    ),
                    T * T // 2,
                )
        if self.padded:
            if self.args.is_causal:
                yield Mistake(
                    "padding-forgotten",
                    msg(
                        "{value:,} lets the queries look at padding. Its columns are hidden.",
                        value=sum_to(T),
                    ),
                    sum_to(T),
                )
            square = sum_to(r) if self.args.is_causal else r * r
            yield Mistake(
                "padding-rows-removed",
                msg(
                    "{value:,} leaves out the queries of padding as well. The mask hides columns;"
                    " the rows remain.",
                    value=square,
                ),
                square,
            )
            yield Mistake(
                "hidden-counted",
                msg("{value:,} is the number of hidden pairs.", value=T * T - self.total),
                T * T - self.total,
            )
        yield Mistake(
            "one-per-query",
            msg("{value:,} counts one key for each query. A query sees several.", value=T),
            T,
        )


def sum_to(n: int) -> int:
    """Return 1 + 2 + … + n."""
    return n * (n + 1) // 2
