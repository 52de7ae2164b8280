"""A gradient that every step multiplies by the same factor: what is said about it."""

from __future__ import annotations

from tutor.engine.notation import real
from tutor.engine.worked import Mistake, Term
from tutor.engine.worked_gradients.shared import power
from tutor.text.message import Message, msg
from tutor.text.template import Markdown


def all_steps_line(steps: int, answer: Term) -> Message:
    """Return what the factors of all steps come to."""
    return msg(
        r"Over all steps, $T = \val{steps}$: $\val{power} = \val{total:.4g}$.",
        steps=steps,
        power=Markdown(answer.substituted),
        total=answer.value,
    )


def steps_multiplied(one: float, steps: int) -> Mistake:
    """Return the mistake of multiplying the factor by T."""
    value = real(steps * one)
    return Mistake(
        "steps-multiplied",
        msg(
            r"$\val{value:.4g}$ is $T$ times the factor of one step. Every step multiplies anew,"
            r" so the factor is raised to the power of $T = \val{steps}$.",
            value=value,
            steps=steps,
        ),
        value,
    )


def one_step_short(one: float, steps: int) -> Mistake:
    """Return the mistake of raising the factor to T - 1."""
    value = power(one, steps - 1)
    return Mistake(
        "one-step-short",
        msg(
            r"$\val{value:.4g}$ has the exponent $T - 1$. Every step from $h_T$"
            r" back to $h_0$ multiplies, $T = \val{steps}$ in all.",
            value=value,
            steps=steps,
        ),
        value,
    )


def one_step_only(one: float, steps: int) -> Mistake:
    """Return the mistake of taking the factor of one step."""
    value = real(one)
    return Mistake(
        "one-step-only",
        msg(
            r"$\val{value:.4g}$ is the factor of a single step. All $\val{steps}$ steps"
            " multiply by it.",
            value=value,
            steps=steps,
        ),
        value,
    )
