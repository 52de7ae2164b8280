"""What the worked attentions share: arguments, terms that are arrays, numbers in TeX."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from tutor.engine.arguments import LARGEST_REAL, Arguments, exact_as_float
from tutor.engine.error import EngineError
from tutor.engine.notation import array_term, factor, tex
from tutor.engine.worked import Mistake, Solution, Term, Worked, told_apart
from tutor.text.message import Message, msg
from tutor.text.template import Markdown
from tutor.text.words import Words

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

APART = 0.005  # answers are typed to three digits
WRITTEN_OUT = 6  # entries of a row; of more, the ones between are left out
LARGEST_WRITTEN = 2**16  # scores that are written out

Axis = Annotated[int, Field(ge=1, le=512, strict=True)]
Heads = Annotated[int, Field(ge=1, le=64, strict=True)]
Seed = Annotated[int, Field(ge=0, le=2**32, strict=True)]
Positive = Annotated[
    float,
    Field(ge=1e-12, le=LARGEST_REAL, allow_inf_nan=False, strict=True),
    BeforeValidator(exact_as_float),
]


def within(argument: str, value: int, count: int) -> None:
    """Check a place that is counted from 1.

    Raises:
        EngineError: there is no such place.
    """
    if value > count:
        raise EngineError(
            msg("`{argument}` is `{value:,}`.", argument=argument, value=value),
            msg("`{argument}` counts from 1 to {count:,}.", argument=argument, count=count),
            argument=argument,
        )


def few_enough(argument: str, *sizes: int) -> None:
    """Check that an array can be written out.

    Raises:
        EngineError: it has too many entries.
    """
    count = math.prod(sizes)
    if count > LARGEST_WRITTEN:
        raise EngineError(
            msg("`{argument}` leads to {count:,} numbers.", argument=argument, count=count),
            msg("At most {most:,} can be written out.", most=LARGEST_WRITTEN),
            argument=argument,
        )


def row_tex(row: ArrayLike) -> Markdown:
    """Return a row of numbers in parentheses as TeX, −∞ included; a long one is shortened."""
    return Markdown(f"({', '.join(shortened([_entry(x) for x in _floats(row)]))})")


def products_tex(left: ArrayLike, right: ArrayLike) -> Markdown:
    """Return the sum of products of two rows as TeX; a long one is shortened."""
    pairs = zip(_floats(left), _floats(right), strict=True)
    parts = [rf"{factor(a)} \cdot {factor(b)}" for a, b in pairs]
    return Markdown(" + ".join(shortened(parts)))


def sized_term(name: str, label: Words, symbol: str, array: ArrayLike) -> Term:
    """Return an intermediate array as a term; in numbers it is written as its shape."""
    import numpy as np

    sizes = r" \times ".join(map(str, np.shape(array))) or "1"
    return array_term(name, label, symbol, array, sizes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferred(Solution):
    """How a number comes about, made when somebody looks.

    Attributes:
        args: what the number was computed from; two solutions are equal if these are.
        answer: the number as a term.
        make_terms: gives the terms.
        make_lines: gives the lines.
        make_mistakes: gives the mistakes.
        apart: mistakes this close to the answer, or to a likelier mistake, are left out.
    """

    args: Arguments
    answer: Term = field(compare=False)
    make_terms: Callable[[], Iterable[Term]] = field(compare=False)
    make_lines: Callable[[], Iterable[Message]] = field(compare=False)
    make_mistakes: Callable[[], Iterable[Mistake]] = field(compare=False)
    apart: float

    def formula(self) -> str:
        """Return the answer in symbols."""
        return self.answer.symbol

    def substituted(self) -> str:
        """Return the answer in numbers."""
        return self.answer.substituted

    def terms(self) -> Iterable[Term]:
        """Return the intermediates and the answer."""
        return self.make_terms()

    def lines(self) -> Iterable[Message]:
        """Return the steps."""
        return self.make_lines()

    def mistakes(self) -> Iterable[Mistake]:
        """Return the mistakes that a typed answer can tell from the right one.

        Others are not reported as coinciding: among numbers that are drawn freely some always
        come close to each other.
        """
        assert not isinstance(self.answer.value, tuple)  # noqa: S101 - a number is asked for
        finite = (mistake for mistake in self.make_mistakes() if math.isfinite(mistake.value))
        kept, _ = told_apart(self.answer.value, tuple(finite), apart=self.apart)
        return kept


def number_worked(
    name: str,
    args: Arguments,
    answer: Term,
    *,
    terms: Callable[[], Iterable[Term]],
    lines: Callable[[], Iterable[Message]],
    mistakes: Callable[[], Iterable[Mistake]],
    apart: float = APART,
    unit: Message | None = None,
) -> Worked:
    """Return an answer that is a number, with its working to be made when it is read."""
    return Worked(
        name=name,
        total=answer.value,
        unit=unit,
        solution=Deferred(
            args=args,
            answer=answer,
            make_terms=terms,
            make_lines=lines,
            make_mistakes=mistakes,
            apart=apart,
        ),
    )


def shortened(parts: Sequence[str]) -> list[str]:
    """Return the parts, or the first three and the last of too many with dots between."""
    if len(parts) <= WRITTEN_OUT:
        return list(parts)
    return [*parts[:3], r"\dots", parts[-1]]


def _floats(row: ArrayLike) -> list[float]:
    import numpy as np

    return [float(x) for x in np.asarray(row).ravel()]


def _entry(x: float) -> str:
    return r"-\infty" if x == -math.inf else tex(x)
