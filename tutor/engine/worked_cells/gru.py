"""A GRU over a sequence, worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tutor.engine.registry import register
from tutor.engine.worked import Solution, Term, Worked
from tutor.engine.worked_cells.sequence import (
    SequenceArguments,
    input_of,
    states_term,
    vector,
    weights_of,
)
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

if TYPE_CHECKING:
    from tutor.engine.cells.gru import GruRun

AFTER = r"\tanh(W_n x_t + b_{in} + r_t \odot (U_n h_{t-1} + b_{hn}))"
BEFORE = r"\tanh(W_n x_t + U_n (r_t \odot h_{t-1}) + b_n)"
HIDDEN = r"(1 - z_t) \odot n_t + z_t \odot h_{t-1}"


class GruArguments(SequenceArguments):
    """Arguments of `gru`; the weights are (3h, d) and (3h, h), gates in the order r, z, n.

    `reset_after` says whether the reset gate acts after the product with the state, as in
    PyTorch and by default in Keras, or before it, as in Cho et al. (2014), third version.
    """

    reset_after: bool = True


@register("gru", GruArguments)
def gru(args: GruArguments) -> Worked:
    """Run a GRU over a sequence (Cho et al. 2014); z = 1 keeps the old state.

    The total is h at every step, (T, h). The terms are `x`, the gates `r` and `z`, the candidate
    `n`, `m` (what r multiplies) and `h`.
    """
    from tutor.engine.cells.gru import GruWeights
    from tutor.engine.cells.gru import gru as run_gru
    from tutor.engine.nested import nested

    weights = weights_of("gru", args, GruWeights)
    x = input_of(args, weights.input_size, weights.hidden_size)
    run = run_gru(x, weights, args.h_0, reset_after=args.reset_after)
    return Worked(name="gru", total=nested(run.h), solution=GruSolution(args, run))


@dataclass(frozen=True, slots=True)
class GruSolution(Solution):
    """How the states come about; the numbers are those of the last step."""

    args: GruArguments
    run: GruRun = field(repr=False, compare=False)  # the arguments say it all

    def formula(self) -> str:
        """Return a step in symbols, from the gates on."""
        return rf"h_t = {HIDDEN}"

    def substituted(self) -> str:
        """Return the last step in numbers."""
        return f"h_t = {self._numbers()}"

    def terms(self) -> Iterator[Term]:
        """Return the input, the gates and the states at every step."""
        run, after = self.run, self.args.reset_after
        yield states_term("x", "x_t", run.x)
        for name, gate in (("r", run.r), ("z", run.z)):
            symbol = rf"\sigma(W_{name} x_t + U_{name} h_{{t-1}} + b_{name})"
            yield states_term(name, symbol, gate)
        multiplied = "U_n h_{t-1} + b_{hn}" if after else "h_{t-1}"
        yield states_term("m", multiplied, run.m)
        yield states_term("n", AFTER if after else BEFORE, run.n)
        yield states_term("h", HIDDEN, run.h, self._numbers())

    def lines(self) -> Iterator[Message]:
        """Return the equations, and the last step."""
        run = self.run
        yield msg(
            "Two gates are computed from the input and the old state:"
            r" $r_t = \sigma(W_r x_t + U_r h_{t-1} + b_r)$, $z_t$ alike."
        )
        if self.args.reset_after:
            yield msg(
                r"The reset gate acts after the product: $n_t = \val{candidate}$.",
                candidate=Markdown(AFTER),
            )
        else:
            yield msg(
                r"The reset gate acts before the product: $n_t = \val{candidate}$.",
                candidate=Markdown(BEFORE),
            )
        yield msg(
            "The update gate mixes the candidate and the old state, and 1 keeps the old state:"
            r" $h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}$."
        )
        yield msg(
            r"At step {step:,} $r_t = \val{r}$, $z_t = \val{z}$ and $n_t = \val{n}$.",
            step=len(run.h),
            r=Markdown(vector(run.r[-1])),
            z=Markdown(vector(run.z[-1])),
            n=Markdown(vector(run.n[-1])),
        )
        yield msg(
            r"So $h_t = \val{sum} = \val{h}$.",
            sum=Markdown(self._numbers()),
            h=Markdown(vector(run.h[-1])),
        )

    def _numbers(self) -> str:
        run = self.run
        before = run.h[-2] if len(run.h) > 1 else run.h_0
        z = vector(run.z[-1])
        return rf"(1 - {z}) \odot {vector(run.n[-1])} + {z} \odot {vector(before)}"
