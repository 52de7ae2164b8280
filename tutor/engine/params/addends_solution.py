"""How a count comes about that is a sum of named parts."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from tutor.engine.params.addends import Addends
from tutor.engine.params.phrases import closing_lines
from tutor.engine.params.weight import Weight
from tutor.engine.worked import Solution, Term
from tutor.text.message import Message


class Counted(Protocol):
    """A layer or a model whose parameters are counted by part."""

    @property
    def total(self) -> int:
        """All parameters."""

    @property
    def addends(self) -> Addends:
        """The count by part."""


C = TypeVar("C", bound=Counted)


@dataclass(frozen=True, slots=True)
class AddendsSolution(Solution, Generic[C]):
    """What explains a count by part; each kind has weights, shares and mistakes of its own.

    Attributes:
        counted: whose parameters they are.
    """

    counted: C

    @abstractmethod
    def weights(self) -> Iterable[Weight]:
        """Return every weight tensor; those of repeated layers once."""

    @abstractmethod
    def shares(self) -> Iterable[Message]:
        """Return a line on each part."""

    def formula(self) -> str:
        """Return the count in symbols."""
        return self.counted.addends.formula

    def substituted(self) -> str:
        """Return the count in numbers."""
        return self.counted.addends.substituted

    def terms(self) -> Iterator[Term]:
        """Return every weight tensor as a part of the count."""
        return (weight.term for weight in self.weights())

    def lines(self) -> Iterator[Message]:
        """Return each part's share, and the total."""
        yield from self.shares()
        yield from closing_lines(self.formula(), self.substituted(), self.counted.total)
