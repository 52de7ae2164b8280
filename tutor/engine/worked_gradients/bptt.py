"""Backpropagation through time for a small RNN."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from tutor.engine.arguments import Arguments, Matrix, Vector
from tutor.engine.registry import register
from tutor.engine.worked import Worked, Written
from tutor.engine.worked_gradients.shared import Activation, Seed, Steps, array_term
from tutor.text.message import Message, msg, msgs

Small = Annotated[int, Field(ge=1, le=64, strict=True)]
_SYMBOLS = {
    "weight_hh": (r"\frac{\partial L}{\partial W_{hh}}", r"\sum_t \delta_t h_{t-1}^\top"),
    "weight_ih": (r"\frac{\partial L}{\partial W_{ih}}", r"\sum_t \delta_t x_t^\top"),
    "bias": (r"\frac{\partial L}{\partial b}", r"\sum_t \delta_t"),
    "inputs": (r"\frac{\partial L}{\partial x_t}", r"W_{ih}^\top \delta_t"),
    "h_0": (r"\frac{\partial L}{\partial h_0}", r"W_{hh}^\top \delta_1"),
}


class Bptt(Arguments):
    """Arguments of `bptt`.

    What is left out is drawn from the seed: weights in ±1/√h of the sizes given, inputs normal.
    `dh` is dL/dh_T of the last state, all ones if left out; `wrt` says which gradient is the
    answer.
    """

    activation: Activation = "tanh"
    x: Matrix | None = None
    weight_ih: Matrix | None = None
    weight_hh: Matrix | None = None
    bias: Vector | None = None
    h_0: Vector | None = None
    dh: Vector | None = None
    truncation: Steps | None = None
    wrt: Literal["weight_hh", "weight_ih", "bias", "inputs", "h_0"] = "weight_hh"
    input_size: Small = 1
    hidden_size: Small = 2
    steps: Steps = 3
    seed: Seed = 0


@register("bptt", Bptt)
def bptt(args: Bptt) -> Worked:
    """Compute dL/d… of an RNN whose loss reads the last state; the terms are all gradients.

    Source: Werbos 1990; `torch.nn.RNN` under autograd.

    Raises:
        EngineError: shapes that do not fit, a state that grows past what floats hold.
    """
    import numpy as np

    from tutor.engine import noise
    from tutor.engine.cells.rnn import RnnWeights, rnn
    from tutor.engine.gradients.rnn import rnn_gradients
    from tutor.engine.nested import rows
    from tutor.engine.shapes import Shapes

    n = len(args.weight_hh or args.weight_ih or ()) or args.hidden_size
    d = len((args.weight_ih or args.x or ((),))[0]) or args.input_size
    drawn = RnnWeights.drawn(args.seed, d, n)
    weights = RnnWeights(
        drawn.weight_ih if args.weight_ih is None else np.array(args.weight_ih),
        drawn.weight_hh if args.weight_hh is None else np.array(args.weight_hh),
        np.zeros(n),
    )
    shapes = Shapes()
    shapes.bind("h", weights.hidden_size, "weight_hh")
    if args.bias is not None:
        weights = replace(weights, bias_ih=shapes.array("bias", args.bias, "h"))
    x = noise.normal(args.seed + 1, args.steps, d) if args.x is None else np.array(args.x)
    run = rnn(x, weights, args.h_0, nonlinearity=args.activation)
    dh = np.zeros_like(run.h)
    dh[-1] = 1.0 if args.dh is None else shapes.array("dh", args.dh, "h")
    back = rnn_gradients(run, weights, dh, nonlinearity=args.activation, truncation=args.truncation)
    assert back.bias_ih is not None  # noqa: S101 - the weights have a bias
    gradients = {
        "weight_hh": rows(back.weight_hh),
        "weight_ih": rows(back.weight_ih),
        "bias": rows(back.bias_ih),
        "inputs": rows(back.x),
        "h_0": rows(back.h_0),
    }
    terms = [
        array_term(f"${symbol}$", f"d_{name}", formula, gradients[name])
        for name, (symbol, formula) in _SYMBOLS.items()
    ]
    terms += [
        array_term("$x$", "x", "x_t", rows(run.x)),
        array_term("$h$", "h", r"\phi(a_t)", rows(run.h)),
        array_term("$a$", "a", r"W_{ih} x_t + W_{hh} h_{t-1} + b", rows(run.a)),
        array_term("$W_{ih}$", "weight_ih", "W_{ih}", rows(weights.weight_ih)),
        array_term("$W_{hh}$", "weight_hh", "W_{hh}", rows(weights.weight_hh)),
    ]
    symbol, formula = _SYMBOLS[args.wrt]
    return Worked(
        name="bptt",
        total=gradients[args.wrt],
        solution=Written(
            written_formula=f"{symbol} = {formula}",
            written_substituted=formula,
            written_terms=tuple(terms),
            written_lines=tuple(_lines(args, len(run.h))),
        ),
    )


def _lines(args: Bptt, steps: int) -> Iterator[Message]:
    yield msg(
        r"Forward, $T = \val{steps}$: $a_t = W_{ih} x_t + W_{hh} h_{t-1} + b$,"
        r" $h_t = \phi(a_t)$.",
        steps=steps,
    )
    yield msg(
        r"Backward from the end: $\delta_t = \phi'(a_t) \odot (\frac{\partial L}{\partial h_t}"
        r" + W_{hh}^\top \delta_{t+1})$, where only the last state has a loss of its own."
    )
    if args.truncation is not None and args.truncation < steps:
        yield msgs(
            "The gradient is cut after every step; the state goes on.",
            "The gradient is cut after every {n} steps; the state goes on.",
            n=args.truncation,
        )
    yield msg(
        "The same weights are used at every step, so their gradient is a sum over the steps:"
        r" $\frac{\partial L}{\partial W_{hh}} = \sum_t \delta_t h_{t-1}^\top$."
    )
