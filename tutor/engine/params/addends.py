"""A count as a sum of named parts, some of them repeated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from tutor.engine.params.polynomial import Polynomial, size
from tutor.engine.params.stack import DOT
from tutor.text.template import Writing

# how often a part occurs, and the parameters of each occurrence
Part = tuple[Polynomial | int, Polynomial]


@dataclass(frozen=True)
class Addends:
    """The parts of a count, by name.

    Attributes:
        parts: for every part how often it occurs, and its parameters.
        collected: whether formulas collect the parts into one polynomial, or keep them apart.
    """

    parts: Mapping[str, Part]
    collected: bool = False

    @property
    def total(self) -> int:
        """All parameters."""
        return sum(
            (times if isinstance(times, int) else times.value) * each.value
            for times, each in self.parts.values()
        )

    @cached_property
    def polynomial(self) -> Polynomial:
        """All parameters in symbols, the parts collected."""
        return sum((times * each for times, each in self.parts.values()), Polynomial(()))

    @property
    def formula(self) -> str:
        """The count in symbols, as TeX."""
        return self._written(lambda polynomial: polynomial.tex, "")

    @property
    def substituted(self) -> str:
        """The count in numbers, as TeX."""
        return self._written(lambda polynomial: polynomial.numbers, DOT)

    @property
    def words(self) -> dict[str, object]:
        """What a sentence on these parts is filled with: `formula`, `sum` and `count`."""
        return {"formula": Formula(self), "sum": Sum(self), "count": self.total}

    def evaluated(self) -> Addends:
        """Return the same sum with a number for every part, which is quicker to read."""
        return replace(
            self,
            parts={
                name: (times, size("", each.value)) for name, (times, each) in self.parts.items()
            },
        )

    def without(self, *names: str) -> Addends:
        """Return the sum of the other parts."""
        return replace(
            self, parts={name: part for name, part in self.parts.items() if name not in names}
        )

    def only(self, *names: str) -> Addends:
        """Return the sum of these parts alone."""
        return replace(self, parts={name: self.parts[name] for name in names})

    def changed(self, **parts: Part) -> Addends:
        """Return the sum with parts replaced, or added at the end."""
        return replace(self, parts={**self.parts, **parts})

    def _written(self, write: Callable[[Polynomial], str], joint: str) -> str:
        parts = [(times, each) for times, each in self.parts.values() if each.monomials]
        if self.collected:
            return write(self.polynomial)
        return " + ".join(_part(times, each, write, joint) for times, each in parts) or "0"


@dataclass(frozen=True, slots=True)
class Formula(Writing):
    """Parts as a sentence writes them in symbols."""

    addends: Addends

    def markdown(self) -> str:
        """Return the formula."""
        return self.addends.formula


@dataclass(frozen=True, slots=True)
class Sum(Writing):
    """Parts as a sentence writes them in numbers."""

    addends: Addends

    def markdown(self) -> str:
        """Return the sum."""
        return self.addends.substituted


def _part(
    times: Polynomial | int, each: Polynomial, write: Callable[[Polynomial], str], joint: str
) -> str:
    if times == 1:
        return write(each)
    if isinstance(times, int) or len(each.monomials) == 1:
        return write(times * each)
    return f"{write(times)}{joint}({write(each)})"
