"""A worked answer: a number with everything that explains it."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.text.message import Message
from tutor.text.words import Words


@dataclass(frozen=True, slots=True)
class Term:
    """One part of an answer: a weight tensor, or an intermediate value.

    Attributes:
        id: an identifier; content writes the value as `{name.id}`.
        label: the name people know it by, such as PyTorch's `weight_ih_l0`.
        symbol: how it is computed, in symbols, as TeX without dollars.
        substituted: the same with this answer's numbers.
        value: its number.
        shape: the tensor's shape as the framework stores it, if it is a tensor.
    """

    id: str
    label: Words
    symbol: str
    substituted: str
    value: int | float
    shape: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the solution, markdown-lite with maths."""

    text: Words


@dataclass(frozen=True, slots=True)
class Mistake:
    """A known misconception and the value it leads to.

    Attributes:
        id: kebab-case, the same for every function that has the mistake.
        message: what the value counts wrongly, and the right idea.
        value: the wrong value.
    """

    id: str
    message: Words
    value: int | float


@dataclass(frozen=True, slots=True)
class Variant:
    """The answer under one convention, for setting conventions side by side.

    Attributes:
        convention: the value of the `convention` argument.
        label: how the convention is called, such as `Keras`.
        total: the answer under it.
        why: a sentence on what it does its own way.
    """

    convention: str
    label: Words
    total: int
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """An answer with its terms, its solution and the mistakes people make.

    Attributes:
        name: the engine function that computed it.
        total: the answer.
        unit: what it counts; None for a plain number.
        formula: the whole answer in symbols, as TeX without dollars.
        substituted: the formula with this answer's numbers.
        terms: the parts; of a count they sum to the total.
        steps: the solution, line by line.
        mistakes: the likeliest first; their values differ from the total and each other.
        coinciding: ids of the mistakes left out because these numbers make their value
            that of the total or of a likelier mistake.
        variants: the answer under every convention that has one, this one included.
    """

    name: str
    total: int | float
    formula: str
    substituted: str
    terms: tuple[Term, ...]
    steps: tuple[Step, ...]
    mistakes: tuple[Mistake, ...]
    coinciding: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    unit: Message | None = None


def told_apart(
    total: float, mistakes: tuple[Mistake, ...], *, apart: float = 0
) -> tuple[tuple[Mistake, ...], tuple[str, ...]]:
    """Split mistakes into those a value identifies and the ids of those it cannot.

    Args:
        total: the right value.
        mistakes: the likeliest first; of two with one value the first is kept.
        apart: values this close or closer count as one.

    Returns:
        The mistakes to keep, and the ids of the others.
    """
    kept: list[Mistake] = []
    taken = {total}
    coinciding: list[str] = []
    for mistake in mistakes:
        value = mistake.value
        if value in taken or (apart and any(abs(value - other) <= apart for other in taken)):
            coinciding.append(mistake.id)
        else:
            kept.append(mistake)
            taken.add(value)
    return tuple(kept), tuple(coinciding)
