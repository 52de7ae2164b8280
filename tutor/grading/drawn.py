"""An expression as TeX: as it was typed, with no more brackets than it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.expression import Binary, Call, Expression, Name, Negative, Number

_INDEXED = re.compile(r"([A-Za-z])_([A-Za-z0-9]+)")
_DOT = r" \cdot "
_Item = tuple[str, Expression]


def drawn(  # noqa: PLR0911 - one return for each form
    expression: Expression,
) -> str:
    """Return the expression as TeX without dollars, within the subset of `tutor.text.maths`."""
    match expression:
        case Number(value):
            return _number(value)
        case Name(name):
            return drawn_name(name)
        case Negative(of):
            return f"-{_factor(of)}" if not _is_product(of) else f"-{drawn(of)}"
        case Call("sqrt", of):
            return rf"\sqrt{{{drawn(of)}}}"
        case Call("exp", Number(1)):
            return "e"
        case Call(function, of):
            return rf"\{function}({drawn(of)})"
        case Binary("^", base, exponent):
            return f"{_base(base)}^{{{drawn(exponent)}}}"
        case Binary("+" | "-"):
            return _sum(expression)
        case _:
            return _product(expression)


def drawn_name(name: str) -> str:
    """Return a name as TeX: `d_model` with its index below."""
    if len(name) == 1:
        return name
    if indexed := _INDEXED.fullmatch(name):
        index = indexed[2] if len(indexed[2]) == 1 else rf"\text{{{indexed[2]}}}"
        return f"{indexed[1]}_{{{index}}}"
    return rf"\text{{{name}}}"


def _number(value: int | Fraction) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    text = _decimal(value)
    return text if text is not None else rf"\frac{{{value.numerator:,}}}{{{value.denominator:,}}}"


def _decimal(value: Fraction) -> str | None:
    """Return a fraction as the decimal that it is, if it is a short one."""
    for digits in range(1, 13):
        if 10**digits % value.denominator == 0:
            return f"{float(value):,.{digits}f}"
    return None


def _chain(expression: Expression, operators: str) -> list[_Item]:
    """Return the operands of operators of one rank, each with the sign before it."""
    items: list[_Item] = []
    while isinstance(expression, Binary) and expression.operator in operators:
        items.append((expression.operator, expression.right))
        expression = expression.left
    items.append(("", expression))
    items.reverse()
    return items


def _sum(expression: Expression) -> str:
    parts: list[str] = []
    for sign, item in _chain(expression, "+-"):
        text = drawn(item)
        bracketed = bool(sign) and (_is_sum(item) or isinstance(item, Negative))
        parts.append(f"({text})" if bracketed else text)
        if sign:
            parts[-1] = f"{sign} {parts[-1]}"
    return " ".join(parts)


def _product(expression: Expression) -> str:
    """Return factors side by side; what is divided by stands under a line."""
    groups: list[tuple[list[Expression], list[Expression]]] = [([], [])]
    for sign, item in _chain(expression, "*/"):
        top, bottom = groups[-1]
        if sign == "/":
            bottom.append(item)
        elif bottom:
            groups.append(([item], []))
        else:
            top.append(item)
    return _DOT.join(_group(top, bottom) for top, bottom in groups)


def _group(top: list[Expression], bottom: list[Expression]) -> str:
    if not bottom:
        return _beside(top)
    return rf"\frac{{{_alone(top)}}}{{{_alone(bottom)}}}"


def _alone(factors: list[Expression]) -> str:
    """Return factors in a group of their own, where a sum needs no brackets."""
    return drawn(factors[0]) if len(factors) == 1 else _beside(factors)


def _beside(factors: list[Expression]) -> str:
    return "".join(_spaced(factors))


def _spaced(factors: list[Expression]) -> Iterator[str]:
    before: Expression | None = None
    for factor in factors:
        if before is not None:
            yield _gap(before, factor)
        open_ = before is None and (isinstance(factor, Negative) or _is_product(factor))
        yield drawn(factor) if open_ else _factor(factor)
        before = factor


def _gap(left: Expression, right: Expression) -> str:
    """Return what stands between two factors: nothing, where nothing can be misread."""
    if _is_product(right) or isinstance(right, Negative) or _is_sum(right):
        return ""  # in brackets
    base = right.left if isinstance(right, Binary) else right
    if isinstance(base, (Number, Negative)):
        return _DOT
    long = any(isinstance(one, Name) and len(one.name) > 1 for one in (_tail(left), base))
    applied = isinstance(left, Call) or isinstance(right, Call)
    if applied and isinstance(left, (Call, Name, Binary)):
        return r" \, "
    return _DOT if long and not isinstance(left, Number) else ""


def _tail(expression: Expression) -> Expression:
    return expression.left if isinstance(expression, Binary) else expression


def _factor(expression: Expression) -> str:
    text = drawn(expression)
    bracketed = _is_sum(expression) or isinstance(expression, Negative) or _is_product(expression)
    return f"({text})" if bracketed else text


def _base(expression: Expression) -> str:
    text = drawn(expression)
    match expression:
        case Name() | Number(int()) | Call("exp", Number(1)):
            return text
        case _:
            return f"({text})"


def _is_sum(expression: Expression) -> bool:
    return isinstance(expression, Binary) and expression.operator in "+-"


def _is_product(expression: Expression) -> bool:
    return isinstance(expression, Binary) and expression.operator in "*/"
