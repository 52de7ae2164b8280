"""Backpropagation through time for a small RNN, LSTM or GRU."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from tutor.engine.arguments import Arguments, Matrix, Vector
from tutor.engine.error import EngineError
from tutor.engine.notation import array_term
from tutor.engine.registry import register
from tutor.engine.worked import Term, Worked, Written
from tutor.engine.worked_cells.sequence import given_weights
from tutor.engine.worked_gradients.bptt_words import STATES, WEIGHTS, lines, symbols
from tutor.engine.worked_gradients.shared import Activation, Seed, Steps
from tutor.text.message import msg

if TYPE_CHECKING:
    from tutor.engine.gradients.through_cell import Weights

Small = Annotated[int, Field(ge=1, le=64, strict=True)]
INPUT_SIZE, HIDDEN_SIZE, STEPS = 1, 2, 3  # of what is drawn where no size is given


class Bptt(Arguments):
    """Arguments of `bptt`: PyTorch's names, one layer, one sequence.

    Either the weights are given, or drawn from the seed in ±1/√h (`input_size` 1 and
    `hidden_size` 2 if left out); `x` is drawn from the normal distribution (`steps` 3). A bias
    left out of given weights is 0. `dh` is dL/dh_T of the last state, all ones if left out: the
    loss is the sum of h_T. `wrt` says which gradient is the answer.
    """

    cell: Literal["rnn", "lstm", "gru"] = "rnn"
    activation: Activation = "tanh"
    reset_after: bool = True
    x: Matrix | None = None
    weight_ih: Matrix | None = None
    weight_hh: Matrix | None = None
    bias_ih: Vector | None = None
    bias_hh: Vector | None = None
    weight_hr: Matrix | None = None
    peepholes: Matrix | None = None
    h_0: Vector | None = None
    c_0: Vector | None = None
    dh: Vector | None = None
    truncation: Steps | None = None
    wrt: Literal[
        "weight_hh",
        "weight_ih",
        "bias_ih",
        "bias_hh",
        "weight_hr",
        "peepholes",
        "x",
        "h_0",
        "c_0",
    ] = "weight_hh"
    input_size: Small | None = None
    hidden_size: Small | None = None
    steps: Steps | None = None
    seed: Seed = 0


# arguments of one cell alone
_CELLS = {
    "activation": "rnn",
    "reset_after": "gru",
    "weight_hr": "lstm",
    "peepholes": "lstm",
    "c_0": "lstm",
}


@register("bptt", Bptt)
def bptt(args: Bptt) -> Worked:
    """Compute dL/d… of a cell whose loss reads the last state; the terms are all gradients.

    Source: Werbos 1990; `torch.nn.RNN`, `LSTM` and `GRU` under autograd.

    Raises:
        EngineError: shapes that do not fit, arguments of another cell, sizes beside arrays that
            say them, a state that grows past what floats hold.
    """
    from tutor.engine.gradients.through_cell import through_cell

    _check_cell(args)
    weights = _weights(args)
    states = {
        name: getattr(args, name) for name in ("h_0", "c_0") if getattr(args, name) is not None
    }
    done = through_cell(
        weights,
        _input(args, weights.input_size),
        states,
        args.dh,
        activation=args.activation,
        reset_after=args.reset_after,
        truncation=args.truncation,
    )
    peeping = args.peepholes is not None
    gradients = symbols(args.cell, reset_after=args.reset_after, peeping=peeping)
    terms: dict[str, Term] = {}
    for name, (symbol, formula) in gradients.items():
        gradient = getattr(done.gradients, name)
        if gradient is not None:
            terms[name] = array_term(f"d_{name}", f"${symbol}$", formula, gradient)
    if args.wrt not in terms:
        raise _missing(args)
    answer = terms[args.wrt]
    shown = [*terms.values()]
    for name, symbol in STATES[args.cell]:
        shown.append(array_term(name, f"${name}$", symbol, getattr(done.run, name)))
    for name, symbol in WEIGHTS:
        tensor = getattr(weights, name, None)
        if tensor is not None:
            shown.append(array_term(name, f"${symbol}$", symbol, tensor))
    return Worked(
        name="bptt",
        total=answer.value,
        solution=Written(
            written_formula=f"{gradients[args.wrt][0]} = {answer.symbol}",
            written_substituted=answer.symbol,
            written_terms=tuple(shown),
            written_lines=tuple(
                lines(
                    args.cell,
                    len(done.run.h),
                    args.truncation,
                    terms["weight_hh"].symbol,
                    reset_after=args.reset_after,
                    projected=args.weight_hr is not None,
                    peeping=peeping,
                )
            ),
        ),
    )


def _check_cell(args: Bptt) -> None:
    for name, cell in _CELLS.items():
        if args.cell != cell and name in args.model_fields_set and getattr(args, name) is not None:
            raise EngineError(
                msg(
                    "`{argument}` is given, but `cell` is `{cell}`.", argument=name, cell=args.cell
                ),
                msg(
                    "Leave `{argument}` out, or take `cell` = `{other}`.",
                    argument=name,
                    other=cell,
                ),
                argument=name,
            )


def _weights(args: Bptt) -> Weights:
    from tutor.engine.gradients.through_cell import biased_weights, drawn_weights

    given: dict[str, Any] | None = given_weights("bptt", args, "weight_hr", "peepholes")
    if given is not None:
        return biased_weights(args.cell, given)
    width = INPUT_SIZE if args.x is None else len(args.x[0])
    if args.x is not None and args.input_size is not None:
        raise EngineError(
            msg("`{argument}` is given beside `x`.", argument="input_size"),
            msg("Leave `input_size` out: `x` says it."),
            argument="input_size",
        )
    return drawn_weights(
        args.cell, args.seed, args.input_size or width, args.hidden_size or HIDDEN_SIZE
    )


def _input(args: Bptt, input_size: int) -> Any:
    """Return x, (T, d): as given, or drawn from the standard normal distribution."""
    from tutor.engine import noise

    if args.x is None:
        return noise.normal(args.seed + 1, args.steps or STEPS, input_size)
    if args.steps is not None:
        raise EngineError(
            msg("`{argument}` is given beside `x`.", argument="steps"),
            msg("Leave `steps` out: `x` has a row for each step."),
            argument="steps",
        )
    return args.x


def _missing(args: Bptt) -> EngineError:
    return EngineError(
        msg("`wrt` is `{value}`, which the weights do not have.", value=args.wrt),
        msg("Give it among the weights of an LSTM, or take another `wrt`.")
        if args.wrt in {"weight_hr", "peepholes"}
        else msg("Only an LSTM has a cell state: take `cell` = `lstm`, or another `wrt`."),
        argument="wrt",
    )
