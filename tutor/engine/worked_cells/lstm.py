"""An LSTM over a sequence, worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tutor.engine.arguments import Matrix, Vector
from tutor.engine.error import EngineError
from tutor.engine.registry import register
from tutor.engine.worked import Solution, Term, Worked
from tutor.engine.worked_cells.sequence import (
    SequenceArguments,
    applied,
    given_weights,
    input_of,
    sizes,
    states_term,
    vector,
)
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

if TYPE_CHECKING:
    from tutor.engine.cells.lstm import LstmRun, LstmWeights

CELL = r"f_t \odot c_{t-1} + i_t \odot g_t"
HIDDEN = r"o_t \odot \tanh(c_t)"


class LstmArguments(SequenceArguments):
    """Arguments of `lstm`; the weights are (4h, d) and (4h, h), gates in the order i, f, g, o.

    With a projection `weight_hr` is (p, h), `weight_hh` (4h, p) and `h_0` (p). `peepholes` is
    (3, h): rows for i, f and o.
    """

    c_0: Vector | None = None
    weight_hr: Matrix | None = None
    peepholes: Matrix | None = None
    proj_size: Annotated[int, Field(ge=0, le=1024, strict=True)] = 0


@register("lstm", LstmArguments)
def lstm(args: LstmArguments) -> Worked:
    """Run an LSTM over a sequence (Hochreiter & Schmidhuber 1997, Gers et al. 2000).

    The total is h at every step, (T, h). The terms are `x`, the gates `i`, `f`, `g` and `o`, and
    the states `c` and `h`.
    """
    from tutor.engine.cells.lstm import lstm as run_lstm
    from tutor.engine.nested import nested

    weights = _weights(args)
    x = input_of(args, weights.input_size, weights.hidden_size)
    run = run_lstm(x, weights, args.h_0, args.c_0)
    return Worked(
        name="lstm",
        total=nested(run.h),
        solution=LstmSolution(
            args, weights.weight_hr is not None, weights.peepholes is not None, run
        ),
    )


def _weights(args: LstmArguments) -> LstmWeights:
    from tutor.engine.cells.lstm import LstmWeights

    given = given_weights("lstm", args, "weight_hr", "peepholes")
    if given is None:
        d, h = sizes("lstm", args)
        return LstmWeights.drawn(args.seed, d, h, bias=args.bias, proj_size=args.proj_size)
    if args.proj_size:
        raise EngineError(
            msg("`{argument}` is given beside the weights.", argument="proj_size"),
            msg("Give either the weights, or sizes and a seed to draw them."),
            argument="proj_size",
        )
    return LstmWeights(**given)


@dataclass(frozen=True, slots=True)
class LstmSolution(Solution):
    """How the states come about; the numbers are those of the last step."""

    args: LstmArguments
    projected: bool
    peeping: bool
    run: LstmRun = field(repr=False, compare=False)  # the arguments say it all

    def formula(self) -> str:
        """Return a step in symbols, from the gates on."""
        return rf"c_t = {CELL}, \quad h_t = {self._hidden()}"

    def substituted(self) -> str:
        """Return the last step in numbers."""
        return rf"c_t = {self._cell_numbers()}, \quad h_t = {self._hidden_numbers()}"

    def terms(self) -> Iterator[Term]:
        """Return the input, the gates and the states at every step."""
        run = self.run
        yield states_term("x", "x_t", run.x)
        for name, outer, gate in (
            ("i", r"\sigma", run.i),
            ("f", r"\sigma", run.f),
            ("g", r"\tanh", run.g),
            ("o", r"\sigma", run.o),
        ):
            symbol = f"{outer}({self._sum(name)})"
            yield states_term(name, symbol, gate)
        yield states_term("c", CELL, run.c, self._cell_numbers())
        yield states_term("h", self._hidden(), run.h, self._hidden_numbers())

    def lines(self) -> Iterator[Message]:
        """Return the equations, and the last step."""
        run = self.run
        yield msg(
            r"Three gates are computed from the input and the old state: $i_t = \sigma(\val{i})$,"
            r" $f_t$ and $o_t$ alike. The candidate takes tanh: $g_t = \tanh(\val{g})$.",
            i=Markdown(self._sum("i")),
            g=Markdown(self._sum("g")),
        )
        if self.peeping:
            yield msg(
                r"Through the peepholes $i_t$ and $f_t$ see the old cell state, $o_t$ the new one."
            )
        yield msg(
            "The forget gate keeps a part of the cell state, the input gate lets in a part of the"
            r" candidate: $c_t = f_t \odot c_{t-1} + i_t \odot g_t$."
        )
        yield msg(
            r"The output gate shows a part of it: $h_t = \val{hidden}$.",
            hidden=Markdown(self._hidden()),
        )
        yield msg(
            r"At step {step:,} $i_t = \val{i}$, $f_t = \val{f}$, $g_t = \val{g}$ and"
            r" $o_t = \val{o}$.",
            step=len(run.h),
            i=Markdown(vector(run.i[-1])),
            f=Markdown(vector(run.f[-1])),
            g=Markdown(vector(run.g[-1])),
            o=Markdown(vector(run.o[-1])),
        )
        yield msg(
            r"So $c_t = \val{sum} = \val{c}$.",
            sum=Markdown(self._cell_numbers()),
            c=Markdown(vector(run.c[-1])),
        )
        yield msg(
            r"And $h_t = \val{product} = \val{h}$.",
            product=Markdown(self._hidden_numbers()),
            h=Markdown(vector(run.h[-1])),
        )

    def _sum(self, gate: str) -> str:
        peephole = ""
        if self.peeping and gate != "g":
            seen = "c_t" if gate == "o" else "c_{t-1}"
            peephole = rf" + p_{gate} \odot {seen}"
        return f"W_{gate} x_t + U_{gate} h_{{t-1}} + b_{gate}{peephole}"

    def _hidden(self) -> str:
        return rf"W_{{hr}} ({HIDDEN})" if self.projected else HIDDEN

    def _cell_numbers(self) -> str:
        run = self.run
        before = run.c[-2] if len(run.c) > 1 else run.c_0
        kept, new = (vector(run.f[-1]), vector(before)), (vector(run.i[-1]), vector(run.g[-1]))
        return r"{} \odot {} + {} \odot {}".format(*kept, *new)

    def _hidden_numbers(self) -> str:
        squashed = applied(r"\tanh", self.run.c[-1])
        product = rf"{vector(self.run.o[-1])} \odot {squashed}"
        return f"W_{{hr}} ({product})" if self.projected else product
