"""One step of a GRU with one unit, its update gate and candidate given."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from tutor.engine.arguments import Arguments, Real
from tutor.engine.notation import factor, real
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_activations.shared import activation_worked
from tutor.engine.worked_cells.openness import Bounded, Gate
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

FORMULA = r"(1 - z) \cdot n + z \cdot h_{t-1}"


class GruStep(Arguments):
    """Update gate, candidate and state of one unit."""

    z: Gate
    n: Bounded
    h: Real


@register("gru_step", GruStep)
def gru_step(args: GruStep) -> Worked:
    """Compute h_t = (1 − z)·n + z·h_{t−1}; z = 1 keeps the old state.

    Source: Cho et al. 2014, PyTorch, Keras; Chung et al. 2014 have z and 1 − z the other way
    round.
    """
    z, n, h = real(args.z), real(args.n), real(args.h)
    value = real((1 - z) * n + z * h)
    substituted = rf"(1 - {factor(z)}) \cdot {factor(n)} + {factor(z)} \cdot {factor(h)}"
    answer = Term("h", "$h_t$", FORMULA, substituted, value)
    return activation_worked("gru_step", answer, (answer,), _lines(answer), _mistakes(z, n, h))


def _lines(answer: Term) -> Iterator[Message]:
    yield msg(
        "The update gate mixes the candidate and the old state, and 1 keeps the old state:"
        r" $h_t = (1 - z) \cdot n + z \cdot h_{t-1}$."
    )
    yield msg(
        r"Here $h_t = \val{sum} = \val{value:.4g}$.",
        sum=Markdown(answer.substituted),
        value=answer.value,
    )


def _mistakes(z: float, n: float, h: float) -> Iterator[Mistake]:
    for kind, value in (
        ("update-gate-inverted", z * n + (1 - z) * h),
        ("old-state-forgotten", (1 - z) * n),
        ("candidate-forgotten", z * h),
        ("one-gate-for-both", z * n + z * h),
        ("gates-forgotten", n + h),
        ("plain-average", (n + h) / 2),
        ("candidate-subtracted", z * h - (1 - z) * n),
        ("tanh-added", math.tanh((1 - z) * n + z * h)),
    ):
        yield Mistake(kind, _MESSAGES[kind](real(value)), real(value))


_MESSAGES: dict[str, Callable[[float], Message]] = {
    "update-gate-inverted": lambda value: msg(
        r"$\val{value:.4g}$ is $z \cdot n + (1 - z) \cdot h_{t-1}$, the way of Chung"
        " et al. (2014). In Cho et al. (2014), PyTorch and Keras $z = 1$ keeps the old"
        " state.",
        value=value,
    ),
    "old-state-forgotten": lambda value: msg(
        r"$\val{value:.4g}$ is only what is new, $(1 - z) \cdot n$."
        r" The old state is added, $z \cdot h_{t-1}$.",
        value=value,
    ),
    "candidate-forgotten": lambda value: msg(
        r"$\val{value:.4g}$ is only what is kept, $z \cdot h_{t-1}$."
        r" The candidate is added, $(1 - z) \cdot n$.",
        value=value,
    ),
    "one-gate-for-both": lambda value: msg(
        r"$\val{value:.4g}$ multiplies both by $z$. Their shares sum to 1: the"
        " candidate gets $1 - z$.",
        value=value,
    ),
    "gates-forgotten": lambda value: msg(
        r"$\val{value:.4g}$ is $n + h_{t-1}$. Each has its share: $1 - z$ and $z$.",
        value=value,
    ),
    "plain-average": lambda value: msg(
        r"$\val{value:.4g}$ is the plain average of candidate and old state. The"
        " update gate weights them.",
        value=value,
    ),
    "candidate-subtracted": lambda value: msg(
        r"$\val{value:.4g}$ subtracts the candidate's part. It is added, and has the"
        " sign of the candidate.",
        value=value,
    ),
    "tanh-added": lambda value: msg(
        r"$\val{value:.4g}$ puts the new state through tanh once more. A GRU has no cell"
        " state to squash: the mixture is the state.",
        value=value,
    ),
}
