"""What the worked activations share: the argument, and an answer from its parts."""

from __future__ import annotations

from collections.abc import Iterable

from tutor.engine.arguments import Arguments, Real
from tutor.engine.worked import Mistake, Term, Worked, number_worked, told_apart
from tutor.text.message import Message

APART = 0.01  # answers are typed to two or three digits


class ActivationArguments(Arguments):
    """The argument of every activation function."""

    x: Real


def whole(x: float) -> int | float:
    """Return an integer where the number is one, so that an exact answer can be asked for."""
    return int(x) if x.is_integer() else x


def activation_worked(
    name: str,
    answer: Term,
    terms: Iterable[Term],
    lines: Iterable[Message],
    mistakes: Iterable[Mistake],
) -> Worked:
    """Return the answer, one of the terms.

    Mistakes within 0.01 of it, or of a likelier mistake, are left out. They are not reported
    as coinciding: curves come close to each other everywhere, and no point is free of it.
    """
    assert not isinstance(answer.value, tuple)  # noqa: S101 - an activation of a number
    kept, _ = told_apart(answer.value, tuple(mistakes), apart=APART)
    return number_worked(name, answer, terms, lines, kept)
