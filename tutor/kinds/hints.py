"""Hints that an engine answer gives by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from tutor.engine import Worked
from tutor.grading.formula import Value
from tutor.grading.numbers import as_float
from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.text.words import Words

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WRITTEN = re.compile(
    rf"\\frac\{{(?P<over>{_NUMBER})\}}\{{(?P<under>{_NUMBER})\}}"
    rf"|(?P<number>{_NUMBER})(?: \\times 10\^\{{(?P<exponent>-?\d+)\}})?"
)


def hints_of(worked: Worked, results: Iterable[Value]) -> tuple[Words, ...]:
    """Return the formula in symbols, then with its numbers; without what gives a result away.

    Some answers are so short that their working is their value, and then there is less to hint.
    Of an answer that is an array there are no numbers: they would be those of other entries.

    Args:
        worked: the engine's answer.
        results: what the question asks for.
    """
    results = tuple(results)
    tex = _maths(worked.formula)
    whole = not results or isinstance(worked.total, tuple) or worked.total in results
    hints: dict[str, Words] = {
        worked.formula: msg("The formula: {tex}", tex=tex)
        if whole
        else msg("The formula of a part: {tex}", tex=tex)
    }
    if not isinstance(worked.total, tuple):
        results = (worked.total, *results)
        substituted = worked.substituted
        hints.setdefault(
            substituted, msg("With the numbers of this card: {tex}", tex=_maths(substituted))
        )
    return tuple(
        words
        for tex, words in hints.items()
        if not any(gives_away(tex, result) for result in results)
    )


def gives_away(tex: str, result: Value) -> bool:
    """Return whether a number stands in TeX, in full or rounded to two digits or more."""
    exact: Value = result if result >= 0 else -result
    if isinstance(exact, int):
        return any(value == exact for value, _ in _written(tex))
    size = as_float(exact)
    return any(
        as_float(value) == size or (digits > 1 and as_float(value) == _rounded(size, digits))
        for value, digits in _written(tex)
    )


def _written(tex: str) -> Iterator[tuple[Fraction, int]]:
    """Give each number, and each fraction of two numbers, with its significant digits."""
    for found in _WRITTEN.finditer(tex):
        if found["over"] is not None:
            over, under = (Fraction(found[name].replace(",", "")) for name in ("over", "under"))
            yield over, 0
            yield under, 0
            if under:
                yield over / under, 15
            continue
        digits = found["number"].replace(",", "")
        value = Fraction(digits)
        yield value, len(digits.replace(".", "").lstrip("0"))
        if found["exponent"] is not None and abs(int(found["exponent"])) < 400:
            exact = value * Fraction(10) ** int(found["exponent"])
            yield exact, len(digits.replace(".", "").lstrip("0"))


def _rounded(size: float, digits: int) -> float:
    return float(f"{size:.{digits - 1}e}")


def _maths(tex: str) -> Localized:
    return Localized.same(f"${tex}$")
