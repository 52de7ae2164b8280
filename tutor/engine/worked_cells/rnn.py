"""An RNN over a sequence, worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tutor.engine.registry import register
from tutor.engine.worked import Solution, Term, Worked
from tutor.engine.worked_cells.sequence import (
    SequenceArguments,
    applied,
    input_of,
    states_term,
    vector,
    weights_of,
)
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

if TYPE_CHECKING:
    from tutor.engine.cells.rnn import RnnRun

SUM = r"W_{ih} x_t + W_{hh} h_{t-1} + b"
OUTER = {"tanh": r"\tanh", "relu": r"\operatorname{ReLU}", "sigmoid": r"\sigma"}


class RnnArguments(SequenceArguments):
    """Arguments of `rnn`; the weights are (h, d) and (h, h)."""

    nonlinearity: Literal["tanh", "relu", "sigmoid"] = "tanh"


@register("rnn", RnnArguments)
def rnn(args: RnnArguments) -> Worked:
    """Run an RNN over a sequence: h_t = φ(W_ih x_t + W_hh h_{t−1} + b) (Elman 1990).

    The total is h at every step, (T, h). The terms are `x`, `a` (the sum before φ) and `h`.
    """
    from tutor.engine.cells.rnn import RnnWeights
    from tutor.engine.cells.rnn import rnn as run_rnn
    from tutor.engine.nested import nested

    weights = weights_of("rnn", args, RnnWeights)
    x = input_of(args, weights.input_size, weights.hidden_size)
    run = run_rnn(x, weights, args.h_0, nonlinearity=args.nonlinearity)
    return Worked(name="rnn", total=nested(run.h), solution=RnnSolution(args, run))


@dataclass(frozen=True, slots=True)
class RnnSolution(Solution):
    """How the states come about; the numbers are those of the last step."""

    args: RnnArguments
    run: RnnRun = field(repr=False, compare=False)  # the arguments say it all

    def formula(self) -> str:
        """Return a step in symbols."""
        return f"h_t = {OUTER[self.args.nonlinearity]}({SUM})"

    def substituted(self) -> str:
        """Return the last step in numbers."""
        return f"{self._applied()} = {vector(self.run.h[-1])}"

    def terms(self) -> Iterator[Term]:
        """Return the input, the sums and the states at every step."""
        run, outer = self.run, OUTER[self.args.nonlinearity]
        yield states_term("x", "x_t", run.x)
        yield states_term("a", SUM, run.a)
        yield states_term("h", f"{outer}(a_t)", run.h, self._applied())

    def lines(self) -> Iterator[Message]:
        """Return the equation, and the last step."""
        yield msg(
            r"At every step the same weights are used: $\val{equation}$.",
            equation=Markdown(self.formula()),
        )
        yield msg(
            r"At step {step:,} the sum before the activation is $\val{sums}$.",
            step=len(self.run.h),
            sums=Markdown(vector(self.run.a[-1])),
        )
        yield msg(r"So $h_t = \val{applied}$.", applied=Markdown(self.substituted()))

    def _applied(self) -> str:
        return applied(OUTER[self.args.nonlinearity], self.run.a[-1])
