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
    if right_kind in {Kind.PUNCTUATION, Kind.CLOSING} or left_kind is Kind.OPENING:
        return 0
    if left_kind is Kind.PUNCTUATION or left_kind is Kind.LARGE:
        return 1
    if Kind.DOTS in kinds:
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
    return int(after or _is_matrix_times_vector(left, right))


def _is_matrix_times_vector(left: Node, right: Node) -> bool:
    """Return whether a capital stands before an indexed small letter, as in W x_t."""
    letter = right.base if isinstance(right, Script) and right.sub is not None else None
    letter = letter.base if isinstance(letter, Accent) else letter
    return (
        isinstance(left, Symbol)
        and isinstance(letter, Symbol)
        and left.text.isupper()
        and letter.text.islower()
    )


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
