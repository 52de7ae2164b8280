"""A latent autoregressive model of one number, step by step."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from tutor.engine.arguments import Arguments, Real, as_tuple
from tutor.engine.error import EngineError
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_sequence.shared import (
    between,
    decimal,
    factor,
    number,
    sequence_worked,
    tex,
)
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

WRITTEN_OUT = 4  # steps; of more, the ones between are left out
Series = Annotated[tuple[Real, ...], Field(min_length=1, max_length=64), BeforeValidator(as_tuple)]


class LatentArArguments(Arguments):
    """A series x_1 … x_T, and the weights of the state and of the read-out.

    h_t = g(w_h · h_{t−1} + w_x · x_{t−1} + b) from h_1 = `start`; x̂_t = w_out · h_t.
    """

    series: Series
    w_h: Real
    w_x: Real = 1.0
    w_out: Real = 1.0
    bias: Real = 0.0
    start: Real = 0.0
    activation: Literal["identity", "tanh"] = "identity"


@register("latent_ar", LatentArArguments)
def latent_ar(args: LatentArArguments) -> Worked:
    """Compute x̂_{T+1}, which the model reads from its state h_{T+1} alone.

    The terms are the states `h_1` … and the `forecast`.

    Raises:
        EngineError: a state beyond any float.
    """
    states = _states(args)
    forecast = _value(args.w_out, states[-1])
    if not all(math.isfinite(value) for value in (*states, forecast)):
        raise EngineError(
            msg("The state outgrows a float."),
            msg("Take `w_h` between −1 and 1, or fewer values."),
            argument="w_h",
        )
    T = len(args.series)
    answer = Term(
        "forecast",
        rf"$\hat{{x}}_{{{T + 1}}}$",
        rf"w_o h_{{{T + 1}}}",
        rf"{factor(args.w_out)} \cdot {factor(states[-1])}",
        forecast,
    )
    terms = [Term("h_1", "$h_1$", "h_1", tex(states[0]), states[0])]
    terms += [
        Term(
            f"h_{t + 1}",
            f"$h_{{{t + 1}}}$",
            _symbol(args, t),
            _substituted(args, states[t - 1], args.series[t - 1]),
            states[t],
        )
        for t in range(1, T + 1)
    ]
    return sequence_worked(
        "latent_ar", answer, [answer, *terms], _lines(args, terms, answer), _mistakes(args, states)
    )


def _states(args: LatentArArguments) -> list[float]:
    """Return h_1 … h_{T+1}; exact decimals where g is the identity."""
    if args.activation == "tanh":
        states = [args.start]
        for x in args.series:
            states.append(math.tanh(args.w_h * states[-1] + args.w_x * x + args.bias))
        return states
    w_h, w_x, b = decimal(args.w_h), decimal(args.w_x), decimal(args.bias)
    exact = [decimal(args.start)]
    for x in args.series:
        exact.append(w_h * exact[-1] + w_x * decimal(x) + b)
    try:
        return [number(h) for h in exact]
    except OverflowError:
        return [math.inf]


def _value(a: float, b: float) -> float:
    """Return a product; of short decimals exactly."""
    if not math.isfinite(b):
        return math.inf
    try:
        return number(decimal(a) * decimal(b))
    except OverflowError:
        return math.inf


def _symbol(args: LatentArArguments, t: int) -> str:
    inside = rf"w_h h_{{{t}}} + w_x x_{{{t}}}" + (" + b" if args.bias else "")
    return rf"\tanh({inside})" if args.activation == "tanh" else inside


def _substituted(args: LatentArArguments, h: float, x: float) -> str:
    inside = rf"{factor(args.w_h)} \cdot {factor(h)} + {factor(args.w_x)} \cdot {factor(x)}"
    if args.bias:
        inside += f" + {factor(args.bias)}"
    return rf"\tanh({inside})" if args.activation == "tanh" else inside


def _lines(args: LatentArArguments, terms: list[Term], answer: Term) -> Iterator[Message]:
    yield msg(
        r"The state is made from the state before and the newest value:"
        r" $h_t = g(h_{t-1}, x_{t-1})$. The start is $h_1 = \val{start}$.",
        start=Markdown(tex(args.start)),
    )
    steps = len(args.series)
    for k, term in enumerate(terms[1:], 1):
        if WRITTEN_OUT < k < steps:
            continue
        if k == steps and steps > WRITTEN_OUT + 1:
            yield between(steps - WRITTEN_OUT - 1)
        yield msg(
            r"$h_{\val{t}} = \val{sum} = \val{value:.6g}$.",
            t=k + 1,
            sum=Markdown(term.substituted),
            value=term.value,
        )
    yield msg(
        r"The prediction is read from the state alone: $\hat{x}_{\val{t}} = \val{product} ="
        r" \val{value:.6g}$.",
        t=steps + 1,
        product=Markdown(answer.substituted),
        value=answer.value,
    )


def _mistakes(args: LatentArArguments, states: list[float]) -> Iterator[Mistake]:
    before = _value(args.w_out, states[-2])
    yield Mistake(
        "one-step-short",
        msg(
            r"$\val{value:.4g}$ is read one step early: the newest value $x_{\val{t}}$ is not in"
            " the state yet.",
            value=before,
            t=len(args.series),
        ),
        before,
    )
    if args.w_out != 1:
        yield Mistake(
            "state-as-prediction",
            msg(
                r"$\val{value:.4g}$ is the state itself. The read-out makes the prediction from it:"
                r" $\hat{x} = w_o h$.",
                value=states[-1],
            ),
            states[-1],
        )
    blind = args.model_copy(update={"series": args.series[-1:], "start": 0.0})
    forgotten = _value(args.w_out, _states(blind)[-1])
    yield Mistake(
        "state-forgotten",
        msg(
            r"$\val{value:.4g}$ uses the newest value only, as a first-order Markov model does. The"
            " state carries what came before.",
            value=forgotten,
        ),
        forgotten,
    )
    swapped = args.model_copy(update={"w_h": args.w_x, "w_x": args.w_h})
    mixed = _value(args.w_out, _states(swapped)[-1])
    if math.isfinite(mixed):
        yield Mistake(
            "weights-swapped",
            msg(
                r"$\val{value:.4g}$ swaps the two weights: $w_h$ goes with the state, $w_x$ with"
                " the value.",
                value=mixed,
            ),
            mixed,
        )
    if args.activation == "tanh":
        straight = args.model_copy(update={"activation": "identity"})
        linear = _value(args.w_out, _states(straight)[-1])
        if math.isfinite(linear):
            yield Mistake(
                "tanh-forgotten",
                msg(
                    r"$\val{value:.4g}$ leaves the tanh out. Every state goes through it.",
                    value=linear,
                ),
                linear,
            )
