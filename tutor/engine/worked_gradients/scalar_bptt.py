"""Backpropagation through time for one unit: the sum over the steps, term by term."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, Field

from tutor.engine.arguments import Arguments, Real, as_tuple
from tutor.engine.gradients.steps import overflow
from tutor.engine.notation import array_term, factor, real, tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_gradients.shared import Activation, Steps, in_range, joined, number_worked
from tutor.text.message import Message, msg, msgs

Inputs = Annotated[tuple[Real, ...], Field(min_length=1, max_length=64), BeforeValidator(as_tuple)]


class ScalarBptt(Arguments):
    """Arguments of `scalar_bptt`: h_t = φ(w·h_{t−1} + u·x_t) over the inputs x.

    `truncation` cuts the gradient before every k-th step, as by detaching h there.
    """

    activation: Activation
    w: Real
    u: Real
    x: Inputs
    h_0: Real = 0.0
    truncation: Steps | None = None


@register("scalar_bptt", ScalarBptt)
def scalar_bptt(args: ScalarBptt) -> Worked:
    """Compute dh_T/dw = Σ_k (Π_{j>k} φ′(a_j) w) φ′(a_k) h_{k−1}: one term for every use of w.

    Raises:
        EngineError: values that leave the range of floats.
    """
    unit = _run(args)
    parts = unit.parts()
    T, first = len(args.x), unit.first
    total = in_range(_sum(parts[first:]), zero=True, argument="w")
    answer = Term(
        "gradient",
        r"$\frac{d h_T}{d w}$",
        rf"\sum_{{k={first + 1}}}^{{{T}}} (\prod_{{j=k+1}}^{{{T}}} \phi'(a_j) w)"
        r" \phi'(a_k) h_{k-1}",
        joined(factor(part) if part < 0 else tex(part) for part in parts[first:]),
        total,
    )
    terms = [
        answer,
        array_term("h", "$h$", "h_t", unit.h[1:]),
        array_term("a", "$a$", "a_t", unit.a),
        array_term("slope", "$\\phi'(a)$", "\\phi'(a_t)", unit.slope),
        *(_part_term(unit, k, parts[k]) for k in range(T)),
    ]
    return number_worked(
        "scalar_bptt", answer, terms, _lines(args, unit, parts, answer), _mistakes(unit, parts)
    )


@dataclass(frozen=True, slots=True)
class _Unit:
    """The unit's values: h has one more than the steps, h_0 first."""

    w: float
    x: tuple[float, ...]
    a: tuple[float, ...]
    h: tuple[float, ...]
    slope: tuple[float, ...]
    first: int  # the first step that the gradient reaches, from 0

    def parts(self, *, slopes: bool = True, w: float | None = None) -> list[float]:
        """Return the term of each step, maybe with factors forgotten."""
        weight = self.w if w is None else w
        parts, back = [], 1.0
        for k in reversed(range(len(self.a))):
            back *= self.slope[k] if slopes else 1.0
            parts.append(real(back * self.h[k]))
            back *= weight
        return parts[::-1]


def _run(args: ScalarBptt) -> _Unit:
    from tutor.engine.gradients.activation import SLOPES, VALUES, numbers_of

    h, a, slope = [args.h_0], [], []
    for t, x in enumerate(args.x):
        a.append(real(args.w * h[-1] + args.u * x))
        h.append(real(float(VALUES[args.activation](numbers_of(a[-1])))))
        slope.append(float(SLOPES[args.activation](numbers_of(a[-1]))))
        if not math.isfinite(h[-1]):
            raise overflow(t)
    T, k = len(args.x), args.truncation
    first = 0 if k is None else (T - 1) // k * k
    return _Unit(args.w, args.x, tuple(a), tuple(h), tuple(slope), first)


def _part_term(unit: _Unit, k: int, value: float) -> Term:
    """Return the term of step k, from 0; 0 where the gradient is cut before it is reached."""
    T = len(unit.a)
    factors = [rf"\phi'(a_{{{j + 1}}}) w" for j in reversed(range(k + 1, T))]
    if len(factors) > 3:
        factors = [factors[0], r"\cdots", factors[-1]]
    numbers = [rf"{tex(unit.slope[j])} \cdot {factor(unit.w)}" for j in reversed(range(k + 1, T))]
    if len(numbers) > 3:
        numbers = [numbers[0], r"\cdots", numbers[-1]]
    kept = k >= unit.first
    return Term(
        f"term_{k + 1}",
        f"$k = {k + 1}$",
        r" \cdot ".join([*factors, rf"\phi'(a_{{{k + 1}}})", f"h_{{{k}}}"]) if kept else "0",
        r" \cdot ".join([*numbers, tex(unit.slope[k]), factor(unit.h[k])]) if kept else "0",
        value if kept else 0.0,
    )


def _lines(args: ScalarBptt, unit: _Unit, parts: list[float], answer: Term) -> Iterator[Message]:
    T = len(args.x)
    yield msg(
        r"Forward, $h_t = \phi(w h_{t-1} + u x_t)$: the last state is $h_{\val{T}} = \val{h:.4g}$.",
        T=T,
        h=unit.h[-1],
    )
    yield msgs(
        "The weight is used in {n} step, so the gradient has {n} term.",
        "The same weight is used in {n} steps, so the gradient is a sum of {n} terms, one for"
        " every use.",
        T,
    )
    yield msg(
        r"A use at step $k$ counts with $\phi'(a_k) h_{k-1}$, and with $\phi'(a_j) w$ for every"
        " later step $j$ on the way to the end."
    )
    if unit.first:
        yield msg(
            "The gradient is cut before step {step}: uses before it get no credit, though the state"
            " itself remembers them.",
            step=unit.first + 1,
        )
    yield msg(
        r"The sum is $\val{sum} = \val{total:.4g}$.",
        sum=joined(factor(part) if part < 0 else tex(part) for part in parts[unit.first :]),
        total=answer.value,
    )


def _mistakes(unit: _Unit, parts: list[float]) -> Iterator[Mistake]:
    T, first = len(unit.a), unit.first
    if first:
        whole = real(_sum(parts))
        yield Mistake(
            "truncation-forgotten",
            msg(
                r"$\val{value:.4g}$ sums over all $\val{steps}$ steps. The gradient is cut before"
                r" step $\val{first}$.",
                value=whole,
                steps=T,
                first=first + 1,
            ),
            whole,
        )
    yield Mistake(
        "last-step-only",
        msg(
            r"$\val{value:.4g}$ counts the last use of $w$ alone. The state $h_{T-1}$ depends on"
            r" $w$ too, so earlier uses count as well.",
            value=parts[-1],
        ),
        parts[-1],
    )
    bare = real(_sum(unit.parts(slopes=False)[first:]))
    yield Mistake(
        "slope-forgotten",
        msg(
            r"$\val{value:.4g}$ leaves the slopes out. Every step on the way also multiplies by"
            r" $\phi'(a_j)$.",
            value=bare,
        ),
        bare,
    )
    weightless = real(_sum(unit.parts(w=1.0)[first:]))
    yield Mistake(
        "weight-forgotten",
        msg(
            r"$\val{value:.4g}$ leaves the factors $w$ out. Each step back to an earlier state"
            " multiplies by the weight.",
            value=weightless,
        ),
        weightless,
    )
    later = real(_sum(_with(unit, unit.h[1:])[first:]))
    yield Mistake(
        "own-state",
        msg(
            r"$\val{value:.4g}$ multiplies by $h_k$. At step $k$ the weight multiplies the state"
            r" before, $h_{k-1}$.",
            value=later,
        ),
        later,
    )
    inputs = real(_sum(_with(unit, unit.x)[first:]))
    yield Mistake(
        "input-instead",
        msg(
            r"$\val{value:.4g}$ is the gradient of $u$: it multiplies by the inputs. The weight $w$"
            r" multiplies the state $h_{k-1}$.",
            value=inputs,
        ),
        inputs,
    )


def _with(unit: _Unit, read: tuple[float, ...]) -> list[float]:
    """Return the terms with other values in the place of h_{k−1}."""
    return _Unit(unit.w, unit.x, unit.a, (*read, 0.0), unit.slope, unit.first).parts()


def _sum(parts: list[float]) -> float:
    """Return the sum, or what is no number where it leaves the range of floats."""
    return math.fsum(parts) if all(map(math.isfinite, parts)) else math.nan
