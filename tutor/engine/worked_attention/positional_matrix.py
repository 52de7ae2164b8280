"""The table of sinusoidal positions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.engine.arguments import Arguments
from tutor.engine.registry import register
from tutor.engine.worked import Solution, Term, Worked
from tutor.engine.worked_attention.positional_encoding import (
    FORMULA_COSINE,
    FORMULA_SINE,
    base_tex,
)
from tutor.engine.worked_attention.shared import Axis, Positive, few_enough, row_tex, sized_term
from tutor.text.message import Message, msg


class PositionalMatrixArguments(Arguments):
    """How many positions, and how many columns."""

    seq_len: Axis
    d_model: Axis
    base: Positive = 10000.0


@register("positional_encoding_matrix", PositionalMatrixArguments)
def positional_encoding_matrix(args: PositionalMatrixArguments) -> Worked:
    """Compute the table of sinusoidal positions: a row for each position from 0.

    Raises:
        EngineError: too many entries to write out.

    Source: Vaswani et al. 2017, 3.5.
    """
    from tutor.engine.attention.positions import sinusoidal_positions
    from tutor.engine.nested import nested

    few_enough("seq_len", args.seq_len, args.d_model)
    total = nested(sinusoidal_positions(args.seq_len, args.d_model, args.base))
    return Worked(name="positional_encoding_matrix", total=total, solution=TableSolution(args))


@dataclass(frozen=True, slots=True)
class TableSolution(Solution):
    """How the table of positions comes about."""

    args: PositionalMatrixArguments

    def formula(self) -> str:
        """Return both kinds of columns in symbols."""
        return (
            rf"\operatorname{{PE}}_{{pos,2i}} = {FORMULA_SINE}, \quad"
            rf" \operatorname{{PE}}_{{pos,2i+1}} = {FORMULA_COSINE}"
        )

    def substituted(self) -> str:
        """Return them with base and size."""
        angle = rf"\frac{{pos}}{{{base_tex(self.args.base)}^{{2i/{self.args.d_model}}}}}"
        return rf"\sin\left({angle}\right), \quad \cos\left({angle}\right)"

    def terms(self) -> Iterator[Term]:
        """Return the table, and the dot products of all pairs of positions."""
        from tutor.engine.attention.positions import sinusoidal_positions

        table = sinusoidal_positions(self.args.seq_len, self.args.d_model, self.args.base)
        yield sized_term("table", r"$\operatorname{PE}$", self.formula(), table)
        if self.args.seq_len**2 <= 2**16:
            yield sized_term(
                "products",
                msg("dot products of positions"),
                r"\operatorname{PE} \operatorname{PE}^\top",
                table @ table.T,
            )

    def lines(self) -> Iterator[Message]:
        """Return how the rows come about."""
        from tutor.engine.attention.positions import sinusoidal_positions

        table = sinusoidal_positions(self.args.seq_len, self.args.d_model, self.args.base)
        yield msg(
            r"Columns come in pairs of a sine and a cosine with one angle,"
            r" $\frac{pos}{b^{2i/d}}$; later pairs turn slower."
        )
        yield msg(r"Position 0 has the angle 0 everywhere: $\val{row}$.", row=row_tex(table[0]))
        if len(table) > 1:
            yield msg(r"Position 1 is $\val{row}$.", row=row_tex(table[1]))
        yield msg("Nothing of this is learned: the table has no parameters.")
