"""A worked answer: a value with everything that explains it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from tutor.text.message import Message
from tutor.text.words import Words

# An array inside a worked answer: rows of rows of numbers, so that answers compare and hash.
Nested: TypeAlias = "tuple[float | Nested, ...]"
Value: TypeAlias = "int | float | Nested"


@dataclass(frozen=True, slots=True)
class Term:
    """One part of an answer: a weight tensor, or an intermediate value.

    Attributes:
        id: an identifier; content writes the value as `{name.id}`, and an entry of an array
            as `{name.id_2_1}`: row 2, column 1.
        label: the name people know it by, such as PyTorch's `weight_ih_l0`, or maths between
            dollars. Of a tensor that
            occurs several times, a `*` stands for the number of the layer.
        symbol: how it is computed, in symbols, as TeX without dollars.
        substituted: the same with this answer's numbers.
        value: its number or array; of a tensor the number of its entries, times `times`.
        shape: the shape of a tensor as the framework stores it, or of an array.
        times: how many tensors of this shape there are.
    """

    id: str
    label: Words
    symbol: str
    substituted: str
    value: Value
    shape: tuple[int, ...] | None = None
    times: int = 1

    @property
    def count(self) -> int:
        """The value of a tensor: how many parameters it holds.

        Raises:
            TypeError: the term is no tensor of a count.
        """
        return _whole(self.value)


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


class Solution(ABC):
    """What explains an answer: the base of frozen dataclasses that hold the numbers it needs.

    A posed card needs the answer at once, its working only if the learner looks at it. So each
    part is a method, and `Worked` calls it when the part is first read.
    """

    __slots__ = ()

    @abstractmethod
    def formula(self) -> str:
        """Return the whole answer in symbols, as TeX without dollars."""

    @abstractmethod
    def substituted(self) -> str:
        """Return the formula with this answer's numbers."""

    @abstractmethod
    def terms(self) -> Iterable[Term]:
        """Return the parts; of a count they sum to the total."""

    @abstractmethod
    def lines(self) -> Iterable[Words]:
        """Return the solution, line by line."""

    def mistakes(self) -> Iterable[Mistake]:
        """Return the mistakes people make, the likeliest first."""
        return ()

    def variants(self) -> Iterable[Variant]:
        """Return the answer under every convention that has one."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written(Solution):
    """A solution whose parts are at hand."""

    written_formula: str
    written_substituted: str
    written_terms: tuple[Term, ...]
    written_lines: tuple[Words, ...]
    written_mistakes: tuple[Mistake, ...] = ()

    def formula(self) -> str:
        """Return the formula."""
        return self.written_formula

    def substituted(self) -> str:
        """Return the formula with numbers."""
        return self.written_substituted

    def terms(self) -> tuple[Term, ...]:
        """Return the terms."""
        return self.written_terms

    def lines(self) -> tuple[Words, ...]:
        """Return the lines."""
        return self.written_lines

    def mistakes(self) -> tuple[Mistake, ...]:
        """Return the mistakes."""
        return self.written_mistakes


@dataclass(frozen=True, kw_only=True)
class Worked:
    """An answer with its terms, its solution and the mistakes people make.

    Two are equal if name, total and solution are; what is read from the solution is kept.

    Attributes:
        name: the engine function that computed it.
        total: the answer: a number, or an array as nested tuples.
        solution: what explains it.
        unit: what it counts; None for a plain number.
    """

    name: str
    total: Value
    solution: Solution
    unit: Message | None = None

    @property
    def count(self) -> int:
        """The total of a count.

        Raises:
            TypeError: the answer is no whole number.
        """
        return _whole(self.total)

    @cached_property
    def is_sum(self) -> bool:
        """Whether it is a count of which the terms, two or more, are the parts."""
        counts = [term.value for term in self.terms if isinstance(term.value, int)]
        return (
            isinstance(self.total, int)
            and len(counts) == len(self.terms) > 1
            and min(counts) >= 0
            and sum(counts) == self.total
        )

    @cached_property
    def formula(self) -> str:
        """The whole answer in symbols, as TeX without dollars."""
        return self.solution.formula()

    @cached_property
    def substituted(self) -> str:
        """The formula with this answer's numbers."""
        return self.solution.substituted()

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The parts; of a count they sum to the total."""
        return tuple(self.solution.terms())

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The solution, line by line."""
        return tuple(Step(line) for line in self.solution.lines())

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """The likeliest first; their values differ from the total and each other."""
        return self._mistakes[0]

    @property
    def coinciding(self) -> tuple[str, ...]:
        """Ids of the mistakes left out: their value is the total or that of a likelier one."""
        return self._mistakes[1]

    @cached_property
    def variants(self) -> tuple[Variant, ...]:
        """The answer under every convention that has one, this one included."""
        return tuple(self.solution.variants())

    @cached_property
    def _mistakes(self) -> tuple[tuple[Mistake, ...], tuple[str, ...]]:
        mistakes = tuple(self.solution.mistakes())
        if isinstance(self.total, tuple):
            return mistakes, ()
        return told_apart(self.total, mistakes)


def number_worked(
    name: str,
    answer: Term,
    terms: Iterable[Term],
    lines: Iterable[Words],
    mistakes: tuple[Mistake, ...],
) -> Worked:
    """Return an answer that is a number, one of the terms, with its working at hand.

    Args:
        name: the engine function.
        answer: its value is the total, its symbol the formula.
        terms: the answer and what it is made from.
        lines: the solution.
        mistakes: those that an answer can tell from the right one.
    """
    return Worked(
        name=name,
        total=answer.value,
        solution=Written(
            written_formula=answer.symbol,
            written_substituted=answer.substituted,
            written_terms=tuple(terms),
            written_lines=tuple(lines),
            written_mistakes=mistakes,
        ),
    )


def _whole(value: Value) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value} is no count")
    return value


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
