"""Polynomials, and the ways in which people write them."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from tutor.grading.domain import Range
from tutor.grading.learner import parse_typed
from tutor.grading.tokens import FormulaError
from tutor.grading.vocabulary import Vocabulary

NAMES = ("d", "h", "T", "d_k")
KNOWN = Vocabulary(NAMES)
WITH_FUNCTIONS = Vocabulary(NAMES, frozenset({"exp", "log", "sqrt", "tanh"}))
DOMAIN = tuple((name, Range(2, 64, whole=True)) for name in NAMES)

Terms = dict[tuple[int, ...], int]  # coefficients by the exponents of the names
_SMALL = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WIDE = str.maketrans("0123456789dhT+()", "０１２３４５６７８９ｄｈＴ＋（）")

POLYNOMIALS: st.SearchStrategy[Terms] = st.dictionaries(
    st.tuples(*[st.integers(0, 3)] * len(NAMES)),
    st.integers(-9999, 9999).filter(bool),
    min_size=1,
    max_size=5,
)


@st.composite
def written(draw: st.DrawFn, terms: Terms) -> str:
    """Write a polynomial as somebody might."""
    items = draw(st.permutations([item for item in terms.items() for item in _split(draw, item)]))
    shared = _shared(items) if draw(st.booleans()) else (0,) * len(NAMES)
    inside = _sum(
        draw,
        [
            (tuple(a - b for a, b in zip(powers, shared, strict=True)), coefficient)
            for powers, coefficient in items
        ],
    )
    if any(shared) or draw(st.booleans()):
        opening, closing = draw(st.sampled_from(["()", "[]", "{}", ["(", ")"]]))
        outside = _product(draw, _factors(draw, shared))
        bracket = f"{opening}{inside}{closing}"
        inside = f"{outside}{_sign(draw) if outside else ''}{bracket}"
    assume(_is_short(inside))
    return inside.translate(_WIDE) if draw(st.integers(0, 5)) == 0 else inside


def _is_short(text: str) -> bool:
    """Return whether a formula is no longer than what is read; whether it is sound, not."""
    try:
        parse_typed(text, WITH_FUNCTIONS)
    except FormulaError as error:
        return "long" not in str(error.message)
    return True


def _split(draw: st.DrawFn, item: tuple[tuple[int, ...], int]) -> list[tuple[tuple[int, ...], int]]:
    """Return a term, or two of which it is the sum."""
    powers, coefficient = item
    if draw(st.integers(0, 3)):
        return [item]
    part = draw(st.integers(1, 50))
    return [(powers, coefficient - part), (powers, part)] if coefficient != part else [item]


def _shared(items: list[tuple[tuple[int, ...], int]]) -> tuple[int, ...]:
    return tuple(min(powers) for powers in zip(*(powers for powers, _ in items), strict=True))


def _sum(draw: st.DrawFn, items: list[tuple[tuple[int, ...], int]]) -> str:
    text = ""
    for powers, coefficient in items:
        number = _number(draw, abs(coefficient))
        factors = _factors(draw, powers)
        if abs(coefficient) != 1 or not factors:
            factors.insert(0, number)
        minus = draw(st.sampled_from(["-", "−", "–"]))
        sign = minus if coefficient < 0 else "+" if text else ""
        space = draw(st.sampled_from(["", " "]))
        text += f"{space}{sign}{space}{_product(draw, factors)}"
    return text


def _number(draw: st.DrawFn, number: int) -> str:
    return draw(st.sampled_from([str(number), f"{number:,}", f"{number:_}", f"{number}.0"]))


def _factors(draw: st.DrawFn, powers: tuple[int, ...]) -> list[str]:
    factors: list[str] = []
    for name, power in zip(NAMES, powers, strict=True):
        if power == 0:
            continue
        way = draw(st.sampled_from(["^", "**", "small", "many"])) if power > 1 else "many"
        if way == "small":
            factors.append(name + str(power).translate(_SMALL))
        elif way == "many":
            factors += [name] * power
        else:
            factors.append(f"{name}{way}{power}")
    return draw(st.permutations(factors))


def _sign(draw: st.DrawFn) -> str:
    return draw(st.sampled_from(["", "", " ", "*", "·", "×", " x ", " * "]))


def _product(draw: st.DrawFn, factors: list[str]) -> str:
    """Write factors side by side or with signs; `h^2` before a letter needs none either."""
    text = ""
    for factor in factors:
        text += (_sign(draw) if text else "") + factor
    return text
