"""A part of a cost: a product of whole numbers, in symbols and in numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from tutor.engine.arguments import Arguments
from tutor.engine.cost.unit import ByteUnit, in_unit, shown_amount, unit_words
from tutor.engine.worked import Mistake, Solution, Term, Value, Worked
from tutor.text.message import Message, msg, msgs
from tutor.text.template import Markdown

Factor = int | tuple[int, int]  # a number, or a number and its power


class Part(NamedTuple):
    """A product.

    A named tuple, since every count makes several of them.

    Attributes:
        id: that of the term.
        label: what it counts.
        symbol: the product in symbols, as TeX.
        factors: the same in numbers; (4096, 2) is a square.
    """

    id: str
    label: Message
    symbol: str
    factors: tuple[Factor, ...]

    @property
    def value(self) -> int:
        """The product."""
        product = 1
        for factor in self.factors:
            product *= factor if isinstance(factor, int) else factor[0] ** factor[1]
        return product

    @property
    def substituted(self) -> str:
        """The product in numbers, as TeX."""
        return r" \cdot ".join(_written(factor) for factor in self.factors)


def _written(factor: Factor) -> str:
    if isinstance(factor, int):
        return f"{factor:,}"
    base, power = factor
    return f"{base:,}^{{{power}}}" if power != 1 else f"{base:,}"


def repeated(*counts: tuple[str, int]) -> tuple[str, tuple[int, ...]]:
    """Return the symbols and numbers of factors before a product; ones are left out.

    Args:
        counts: symbols with their numbers, such as layers and examples.
    """
    kept = [(symbol, count) for symbol, count in counts if count != 1]
    return "".join(f"{symbol} " for symbol, _ in kept), tuple(count for _, count in kept)


@dataclass(frozen=True, slots=True)
class CostSolution(Solution):
    """How a cost comes about from its parts.

    Attributes:
        args: the arguments.
        parts: the products that sum to the cost.
        unit: None for operations, otherwise what bytes are written in.
        intro: says where the parts come from.
        wrong: makes the mistakes from the arguments and the parts.
    """

    args: Arguments
    parts: tuple[Part, ...]
    unit: ByteUnit | None
    intro: Callable[[Any], Iterable[Message]]
    wrong: Callable[[Any, tuple[Part, ...]], Iterable[Mistake]]

    @property
    def whole(self) -> int:
        """The sum of the parts: operations or bytes."""
        return sum(part.value for part in self.parts)

    def formula(self) -> str:
        """Return the sum in symbols."""
        return " + ".join(part.symbol for part in self.parts)

    def substituted(self) -> str:
        """Return the sum in numbers; of bytes in another unit, with the divisor."""
        text = " + ".join(part.substituted for part in self.parts)
        power = {None: 0, "bytes": 0, "KiB": 10, "MiB": 20, "GiB": 30}[self.unit]
        return rf"\frac{{{text}}}{{2^{{{power}}}}}" if power else text

    def terms(self) -> Iterator[Term]:
        """Return the parts."""
        for part in self.parts:
            value: Value = in_unit(part.value, self.unit)
            yield Term(part.id, part.label, part.symbol, part.substituted, value)

    def lines(self) -> Iterator[Message]:
        """Return the reasons, each part, and the total."""
        yield from self.intro(self.args)
        for part in self.parts:
            yield msg(
                r"{label}: $\val{symbol} = \val{product} = \val{value:,}$.",
                label=part.label,
                symbol=Markdown(part.symbol),
                product=Markdown(part.substituted),
                value=part.value,
            )
        if self.unit is None:
            yield msg("FLOPs in total: {total:,}.", total=self.whole)
        else:
            yield msg("Bytes in total: {total:,}.", total=self.whole)
            yield from shown_amount(self.whole, self.unit)

    def mistakes(self) -> Iterable[Mistake]:
        """Return what people count wrongly."""
        return self.wrong(self.args, self.parts)


def cost_worked(name: str, solution: CostSolution) -> Worked:
    """Return the answer of the parts."""
    whole = solution.whole
    match solution.unit:
        case None:
            unit = msg("FLOPs")
        case "bytes":
            unit = msgs("byte", "bytes", whole)
        case _:
            unit = unit_words(solution.unit)
    return Worked(name=name, total=in_unit(whole, solution.unit), unit=unit, solution=solution)
