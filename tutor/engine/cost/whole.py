"""A whole number as an answer, with its working at hand when read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tutor.engine.arguments import Arguments
from tutor.engine.worked import Mistake, Solution, Term
from tutor.text.message import Message, msg
from tutor.text.template import Markdown


@dataclass(frozen=True, slots=True)
class WholeSolution(Solution):
    """How a whole number comes about.

    Attributes:
        args: the arguments.
        symbol: the answer in symbols, as TeX.
        numbers: the same with the arguments' numbers.
        total: the answer.
        label: what it is.
        intro: says where it comes from.
        wrong: makes the mistakes from the arguments.
    """

    args: Arguments
    symbol: str
    numbers: str
    total: int
    label: Message
    intro: Callable[[Any], Iterable[Message]]
    wrong: Callable[[Any], Iterable[Mistake]]

    def formula(self) -> str:
        """Return the answer in symbols."""
        return self.symbol

    def substituted(self) -> str:
        """Return the answer in numbers."""
        return self.numbers

    def terms(self) -> tuple[Term, ...]:
        """Return the answer as the only part."""
        return (Term("answer", self.label, self.symbol, self.numbers, self.total),)

    def lines(self) -> Iterator[Message]:
        """Return the reasons, and the answer."""
        yield from self.intro(self.args)
        if self.numbers == f"{self.total:,}":
            yield msg(
                r"{label}: $\val{symbol} = \val{value:,}$.",
                label=self.label,
                symbol=Markdown(self.symbol),
                value=self.total,
            )
            return
        yield msg(
            r"{label}: $\val{symbol} = \val{numbers} = \val{value:,}$.",
            label=self.label,
            symbol=Markdown(self.symbol),
            numbers=Markdown(self.numbers),
            value=self.total,
        )

    def mistakes(self) -> Iterable[Mistake]:
        """Return what people take it for."""
        return self.wrong(self.args)
