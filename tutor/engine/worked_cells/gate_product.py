"""What a forget gate leaves of a cell state after many steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tutor.engine.arguments import Arguments, Size
from tutor.engine.notation import factor, real
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked, number_worked, told_apart
from tutor.engine.worked_cells.openness import Gate
from tutor.engine.worked_gradients.shared import in_range, power
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

APART = 0.05  # of the value: it may be tiny, and two neighbouring powers are still apart


class GateProduct(Arguments):
    """A forget gate that stays the same, and over how many steps."""

    f: Gate
    steps: Size


@register("gate_product", GateProduct)
def gate_product(args: GateProduct) -> Worked:
    """Compute f^T: the direct path of ∂c_T/∂c_0 where the forget gate is f at every step.

    Source: ∂c_t/∂c_{t−1} = f_t along the cell state (Gers et al. 2000).

    Raises:
        EngineError: a product below 1e-300.
    """
    f, steps = real(args.f), args.steps
    value = in_range(power(f, steps), zero=f == 0)
    substituted = f"{factor(f)}^{{{steps}}}"
    answer = Term("value", "$f^T$", "f^T", substituted, value)
    # those left out are not reported: powers near 0 and 1 are close to much
    kept, _ = told_apart(value, tuple(_mistakes(f, steps, value)), apart=APART * value)
    return number_worked("gate_product", answer, (answer,), _lines(steps, substituted, value), kept)


def _lines(steps: int, substituted: str, value: float) -> Iterator[Message]:
    yield msg(
        "Along the direct path the cell state is multiplied by the forget gate at every step:"
        r" $\frac{\partial c_t}{\partial c_{t-1}} = f_t$."
    )
    yield msg(
        r"With the same $f$ at every step and $T = \val{steps:,}$:"
        r" $f^T = \val{power} = \val{value:.4g}$.",
        steps=steps,
        power=Markdown(substituted),
        value=value,
    )


def _mistakes(f: float, steps: int, value: float) -> Iterator[Mistake]:
    for kind, wrong in (
        ("times-steps", f * steps),
        ("one-step", f),
        ("complement", 1 - value),
        ("forget-gate-inverted", (1 - f) ** steps),
        ("one-power-short", f ** (steps - 1)),
        ("one-power-more", f ** (steps + 1)),
        ("linear-decay", max(0.0, 1 - steps * (1 - f))),
    ):
        yield Mistake(kind, _MESSAGES[kind](real(wrong)), real(wrong))


_MESSAGES: dict[str, Callable[[float], Message]] = {
    "times-steps": lambda value: msg(
        r"$\val{value:.4g}$ is $f \cdot T$. The gate multiplies at every step, so it is"
        " raised to a power.",
        value=value,
    ),
    "one-step": lambda value: msg(
        r"$\val{value:.4g}$ is what one step leaves. The next one takes its part of"
        " that again.",
        value=value,
    ),
    "complement": lambda value: msg(
        r"$\val{value:.4g}$ is what is lost, $1 - f^T$. The question is what is left.",
        value=value,
    ),
    "forget-gate-inverted": lambda value: msg(
        r"$\val{value:.4g}$ is $(1 - f)^T$. The forget gate says what is kept: 1 keeps"
        " all.",
        value=value,
    ),
    "one-power-short": lambda value: msg(
        r"$\val{value:.4g}$ is $f^{T-1}$. Every step multiplies, the last one too.",
        value=value,
    ),
    "one-power-more": lambda value: msg(
        r"$\val{value:.4g}$ is $f^{T+1}$, one step too many.",
        value=value,
    ),
    "linear-decay": lambda value: msg(
        r"$\val{value:.4g}$ takes off the same amount at every step. The gate takes off"
        " the same *share* of what is left.",
        value=value,
    ),
}
