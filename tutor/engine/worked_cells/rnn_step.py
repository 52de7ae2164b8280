"""One step of an RNN with one unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from tutor.engine.arguments import Arguments, Real
from tutor.engine.notation import factor, real, tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_activations.shared import activation_worked
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

Nonlinearity = Literal["tanh", "relu", "sigmoid"]
SUM = "w_x x_t + w_h h_{t-1} + b"
OUTER = {"tanh": r"\tanh", "relu": r"\operatorname{ReLU}", "sigmoid": r"\sigma"}


class RnnStep(Arguments):
    """Input, state and weights of one unit."""

    x: Real
    h: Real
    w_x: Real
    w_h: Real
    b: Real = 0.0
    nonlinearity: Nonlinearity = "tanh"


@register("rnn_step", RnnStep)
def rnn_step(args: RnnStep) -> Worked:
    """Compute h_t = φ(w_x·x_t + w_h·h_{t−1} + b) (Elman 1990); the term `a` is the sum."""
    x, h, w_x, w_h, b = (real(v) for v in (args.x, args.h, args.w_x, args.w_h, args.b))
    a = real(w_x * x + w_h * h + b)
    products = rf"{factor(w_x)} \cdot {factor(x)} + {factor(w_h)} \cdot {factor(h)} + {factor(b)}"
    outer = OUTER[args.nonlinearity]
    value = _applied(args.nonlinearity, a)
    terms = (
        Term("a", "$a_t$", SUM, products, a),
        Term("h", "$h_t$", f"{outer}({SUM})", f"{outer}({tex(a)})", value),
    )
    return activation_worked("rnn_step", terms[1], terms, _lines(terms), _mistakes(args, a))


def _applied(nonlinearity: Nonlinearity, a: float) -> float:
    from tutor.engine import activations

    function = {
        "tanh": activations.tanh,
        "relu": activations.relu,
        "sigmoid": activations.sigmoid,
    }[nonlinearity]
    return real(float(function(a)))


def _lines(terms: tuple[Term, ...]) -> Iterator[Message]:
    yield msg(
        "The input, the old state and the bias are summed:"
        r" $a_t = w_x x_t + w_h h_{t-1} + b = \val{products} = \val{a:.4g}$.",
        products=Markdown(terms[0].substituted),
        a=terms[0].value,
    )
    yield msg(
        r"The activation gives the new state: $h_t = \val{applied} = \val{value:.4g}$.",
        applied=Markdown(terms[1].substituted),
        value=terms[1].value,
    )


def _mistakes(args: RnnStep, a: float) -> Iterator[Mistake]:
    x, h, w_x, w_h, b = args.x, args.h, args.w_x, args.w_h, args.b
    yield Mistake(
        "activation-forgotten",
        msg(
            r"$\val{value:.4g}$ is the sum before the activation.",
            value=a,
        ),
        a,
    )
    for kind, total in (
        ("recurrence-forgotten", w_x * x + b),
        ("bias-forgotten", w_x * x + w_h * h),
        ("input-forgotten", w_h * h + b),
        ("weights-swapped", w_h * x + w_x * h + b),
    ):
        value = _applied(args.nonlinearity, total)
        yield Mistake(kind, _SUM_MESSAGES[kind](value), value)
    for other in ("sigmoid", "tanh", "relu"):
        if other != args.nonlinearity:
            value = _applied(other, a)
            yield Mistake(f"as-{other}", _other_message(args.nonlinearity, other, value), value)
    outside = real(_applied(args.nonlinearity, w_x * x + b) + w_h * h)
    yield Mistake(
        "recurrence-outside",
        msg(
            r"$\val{value:.4g}$ adds $w_h h_{t-1}$ after the activation. It belongs inside,"
            " with the input.",
            value=outside,
        ),
        outside,
    )


_SUM_MESSAGES: dict[str, Callable[[float], Message]] = {
    "recurrence-forgotten": lambda value: msg(
        r"$\val{value:.4g}$ leaves out the old state. What makes the network recurrent"
        r" is $w_h h_{t-1}$.",
        value=value,
    ),
    "bias-forgotten": lambda value: msg(r"$\val{value:.4g}$ leaves out the bias $b$.", value=value),
    "input-forgotten": lambda value: msg(
        r"$\val{value:.4g}$ leaves out the input, $w_x x_t$.", value=value
    ),
    "weights-swapped": lambda value: msg(
        r"$\val{value:.4g}$ swaps the weights: $w_x$ belongs to the input, $w_h$ to the"
        " old state.",
        value=value,
    ),
}


def _other_message(right: Nonlinearity, other: Nonlinearity, value: float) -> Message:
    return msg(
        r"$\val{value:.4g}$ comes from another activation, {other}. This unit has {right}.",
        value=value,
        other=_NAMES[other],
        right=_NAMES[right],
    )


_NAMES = {"tanh": "tanh", "relu": "ReLU", "sigmoid": Markdown(r"$\sigma$")}
