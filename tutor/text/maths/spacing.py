"""The space between the parts of a row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.text.maths.nodes import (
    Accent,
    Fenced,
    Fraction,
    Kind,
    Matrix,
    Node,
    Root,
    Script,
    Space,
    Symbol,
    Word,
    kind_of,
)

_SIGNS = {Kind.BINARY, Kind.RELATION}
_BEFORE_UNARY = _SIGNS | {Kind.OPENING, Kind.PUNCTUATION, Kind.NAME, Kind.LIMIT, Kind.LARGE}
_OPERANDS = {Kind.ORDINARY, Kind.FENCED, Kind.NAME, Kind.LIMIT, Kind.LARGE, Kind.PREFIX}
_TAIL = re.compile(r"[A-Za-z0-9]+$")
_HEAD = re.compile(r"[A-Za-z]+|[0-9]+")


def kinds_of(items: Sequence[Node], *, continued: bool = False) -> list[Kind]:
    """Return the kind of every item; a sign without two operands is ordinary (a unary minus).

    Args:
        items: the parts of the row.
        continued: something stands before the row, so that a first sign has its operand.
    """
    kinds: list[Kind] = []
    before: Kind | None = Kind.ORDINARY if continued else None
    for item in items:
        kind = kind_of(item)
        if kind is Kind.BINARY and (before is None or before in _BEFORE_UNARY):
            kind = Kind.ORDINARY
        kinds.append(kind)
        if not isinstance(item, Space):
            before = kind
    for index in range(len(kinds) - 1, -1, -1):
        if not isinstance(items[index], Space):
            if kinds[index] is Kind.BINARY:
                kinds[index] = Kind.ORDINARY
            break
    return kinds


def gap(left: Node, left_kind: Kind, right: Node, right_kind: Kind) -> int:
    """Return the cells between two neighbours in a row."""
    kinds = {left_kind, right_kind}
    if kinds & _SIGNS:
        return 1
    closes = right_kind in {Kind.PUNCTUATION, Kind.CLOSING} or left_kind is Kind.OPENING
    if closes or _is_slash(left) or _is_slash(right):
        return 0
    if left_kind in {Kind.PUNCTUATION, Kind.LARGE} or Kind.DOTS in kinds:
        return 1
    if isinstance(left, Word) or isinstance(right, Word):
        return int(_is_wide(left) or _is_wide(right))
    return _between_operands(left, left_kind, right, right_kind)


def _between_operands(left: Node, left_kind: Kind, right: Node, right_kind: Kind) -> int:
    bracket = isinstance(right, Fenced) or right_kind is Kind.OPENING
    square = isinstance(right, Fenced) and right.opening == "["
    if left_kind is Kind.PREFIX:
        return 0
    if left_kind in {Kind.NAME, Kind.LIMIT}:
        return 0 if (bracket and not square) or _is_script_of_fence(right) else 1
    if right_kind in {Kind.NAME, Kind.LIMIT, Kind.LARGE}:
        return 1
    if _is_wide(left) or _is_wide(right):
        return 1
    if bracket or right_kind is Kind.FENCED:
        return int(square and isinstance(left, Script))
    after = left_kind in {Kind.FENCED, Kind.CLOSING} or isinstance(left, (Script, Root))
    return int(after and not _is_power(left, right))


def _is_power(left: Node, right: Node) -> bool:
    """Return whether a power stands before a plain letter, as in N²d."""
    return (
        isinstance(left, Script)
        and left.sub is None
        and isinstance(left.base, Symbol)
        and isinstance(left.sup, Symbol)
        and left.sup.text.isdigit()
        and isinstance(right, Symbol)
    )


def is_product(left: Node, right: Node, *, spaced: bool) -> bool:
    """Return whether two letters are factors to be kept apart, as in W x_t.

    Args:
        left: a part of a row.
        right: the part after it.
        spaced: the writer kept them apart.
    """
    indexed = isinstance(right, Script) and right.sub is not None
    return (spaced or (indexed and isinstance(left, Symbol) and not left.text.isascii())) and (
        _is_letter(left) and _is_letter(right)
    )


def _is_letter(node: Node) -> bool:
    match node:
        case Script(base=base) | Accent(base=base):
            return _is_letter(base)
        case Symbol(text=text, kind=Kind.ORDINARY):
            return len(text) == 1 and text.isalpha()
        case _:
            return False


def _is_slash(node: Node) -> bool:
    return isinstance(node, Symbol) and node.text == "/"


def _is_wide(node: Node) -> bool:
    return isinstance(node, (Fraction, Matrix))


def _is_script_of_fence(node: Node) -> bool:
    return isinstance(node, Script) and isinstance(node.base, Fenced) and node.base.opening != "["


def is_operand(kind: Kind) -> bool:
    """Return whether two parts of such kinds side by side are multiplied or applied."""
    return kind in _OPERANDS


def collides(left: str, right: str) -> bool:
    """Return whether two drawn parts would read as one name or one number."""
    tail, head = _TAIL.search(left), _HEAD.match(right)
    if tail is None or head is None:
        return False
    if tail.start() and left[tail.start() - 1] in "_^":
        return True
    if head[0].isdigit():
        return tail[0][-1].isdigit() or len(tail[0]) > 1
    return len(head[0]) > 1 or (len(tail[0]) > 1 and not tail[0].isdigit())


def is_named_apart(left: Node, right: Node) -> bool:
    """Return whether `collides` decides: words bring their own spaces, accents their brackets."""
    return not isinstance(left, (Word, Accent)) and not isinstance(right, Word)
