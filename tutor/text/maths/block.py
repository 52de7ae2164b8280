"""A formula as a block of several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, assert_never

from tutor.text.maths.box import Box, above_each_other, beside, fenced, make_box, widened
from tutor.text.maths.inline import Inline, is_bare_radicand
from tutor.text.maths.nodes import (
    Accent,
    Fenced,
    Fraction,
    Kind,
    Matrix,
    Node,
    Root,
    Row,
    Script,
    Space,
    Symbol,
    Word,
    items_of,
    kind_of,
)
from tutor.text.maths.scripts import attach, reads_as_name
from tutor.text.maths.spacing import collides, gap, is_named_apart, kinds_of
from tutor.text.width import cells

_NUMERIC = re.compile(r"[-−+]?[0-9.,]+")
_MARKS = {"hat": "^", "tilde": "~", "vec": "→", "dot": "·", "ddot": "··"}


def block(node: Node, *, ascii: bool = False) -> Box:  # noqa: A002 - the word for what it is
    """Draw the formula over as many lines as it needs.

    Args:
        node: a parsed formula.
        ascii: use ASCII signs and names only (words and values stay as they are).
    """
    return BlockDrawer(node, ascii_only=ascii).draw(node)


class BlockDrawer:
    """Draws parts of a formula as boxes."""

    def __init__(self, formula: Node, *, ascii_only: bool) -> None:
        self.ascii = ascii_only
        self.line = Inline(formula, ascii_only=ascii_only)

    def draw(self, node: Node) -> Box:  # noqa: PLR0911 - one return for each kind of node
        """Draw a part."""
        match node:
            case Symbol() | Word() | Space():
                return Box((self.line.draw(node),))
            case Row():
                return self.row(node.items)
            case Script():
                return self.script(node)
            case Fraction():
                return self.fraction(node)
            case Root():
                return self.root(node)
            case Accent():
                return self.accent(node)
            case Fenced():
                return self.fence(self.draw(node.body), node.opening, node.closing)
            case Matrix():
                return self.matrix(node)
            case _:
                assert_never(node)

    def row(self, items: Sequence[Node], *, continued: bool = False) -> Box:
        """Draw parts side by side; `continued` means that something stands before them."""
        kinds = kinds_of(items, continued=continued)
        parts: list[tuple[int, Box]] = []
        last: int | None = None
        space: int | None = None
        for index, item in enumerate(items):
            if isinstance(item, Space):
                space = item.width if space is None else space + item.width
                continue
            box = self.draw(item)
            width = 0
            if last is not None:
                width = gap(items[last], kinds[last], item, kinds[index])
                if is_named_apart(items[last], item) and _collide(parts[-1][1], box):
                    width = max(width, 1)
            if space is not None:
                width = 0 if space < 0 else max(width, space)
            if _touches_space(parts, box):
                width = max(0, width - 1)
            parts.append((width, box))
            last, space = index, None
        return beside(parts)

    def fence(self, body: Box, opening: str, closing: str) -> Box:
        """Draw delimiters round a box."""
        if self.ascii and not body.tall:
            opening, closing = self.line.delimiter(opening), self.line.delimiter(closing)
        return fenced(body, opening, closing, ascii_only=self.ascii)

    def fraction(self, node: Fraction) -> Box:
        """Draw a numerator over a rule over a denominator."""
        top, bottom = self.draw(node.numerator), self.draw(node.denominator)
        rule = ("-" if self.ascii else "─") * (max(top.width, bottom.width) + 2)
        return above_each_other([top, Box((rule,)), bottom], top.height)

    def script(self, node: Script) -> Box:
        """Draw a base with scripts: small, raised and lowered, or above and below a sum."""
        kind = kind_of(node.base)
        if kind in {Kind.LARGE, Kind.LIMIT} and not _is_integral(node.base):
            return self.limits(node)
        base = self.draw(node.base)
        if len(items_of(node.base)) > 1 or isinstance(node.base, (Fraction, Script, Root)):
            base = self.fence(base, "(", ")")
        primes = ("'" if self.ascii else "′") * node.primes
        sub = self.line.draw(node.sub, tight=True) if node.sub else ""
        sup = self.line.draw(node.sup, tight=True) if node.sup else ""
        if self.ascii:
            box = _on_tall(base, primes + sup, sub) if base.tall else None
            return box or beside([(0, base), (0, Box((primes + attach(sub, None, sup, None),)))])
        small_sub = self.line.scripts.small_sub(node, sub) if node.sub else ""
        small_sup = self.line.scripts.small_sup(node, sup) if node.sup else ""
        if base.tall:
            return _on_tall(
                base,
                primes + (sup if small_sup is None else small_sup),
                sub if small_sub is None else small_sub,
            )
        indent = cells(primes)
        if small_sub is None and reads_as_name(sub):  # W_f is written as it is in a sentence
            small_sub = f"_{sub}"
            indent += cells(small_sub)
        lines = [primes + (small_sub or "") + (small_sup or "")]
        baseline = 0
        if small_sup is None:
            lines.insert(0, " " * indent + sup)
            baseline = 1
        if small_sub is None:
            lines.append(" " * indent + sub)
        return beside([(0, base), (0, make_box(lines, baseline))])

    def limits(self, node: Script) -> Box:
        """Draw what a sum runs over below it, and where it ends above it."""
        boxes = [self.draw(node.base)]
        baseline = 0
        if node.sup is not None:
            boxes.insert(0, Box((self.line.draw(node.sup, tight=True),)))
            baseline = 1
        if node.sub is not None:
            boxes.append(Box((self.line.draw(node.sub, tight=True),)))
        return above_each_other(boxes, baseline, tall=kind_of(node.base) is Kind.LARGE)

    def root(self, node: Root) -> Box:
        """Draw a root: a sign before one line, a roof over several."""
        body = self.draw(node.radicand)
        if body.height == 1:
            return Box((self.line.draw(node),))
        sign = self.line.draw(Root(Row(()), node.index)).removesuffix("()")
        if self.ascii or not body.tall:
            if not is_bare_radicand(node.radicand) or self.ascii:
                body = self.fence(body, "(", ")")
            return beside([(0, Box((sign,))), (0, body)])
        blank = " " * len(sign)
        lines = [f"{blank}┌{'─' * (body.width + 2)}"]
        lines += [f"{blank}│ {line} " for line in body.lines]
        lines[-1] = sign + lines[-1][len(sign) :]
        return make_box(lines, body.baseline + 1, tall=True)

    def accent(self, node: Accent) -> Box:
        """Draw a mark on a letter or over more."""
        base = self.draw(node.base)
        if self.ascii:
            if base.height == 1:
                return Box((self.line.draw(node),))
            return beside([(0, Box((node.mark,))), (0, self.fence(base, "(", ")"))])
        if base.height == 1 and len(base.lines[0]) == 1:
            return Box((self.line.draw(node),))
        mark = "─" * base.width if node.mark == "bar" else _MARKS[node.mark]
        return above_each_other([Box((mark,)), base], base.baseline + 1, tall=base.tall)

    def matrix(self, node: Matrix) -> Box:
        """Draw cells in columns between delimiters."""
        if not node.rows:
            return self.fence(Box(("",)), node.opening, node.closing)
        boxes = [[self.draw(cell) for cell in row] for row in node.rows]
        columns = list(zip(*boxes, strict=True))
        widths = [max(box.width for box in column) for column in columns]
        aligns = [_alignment(node, index, column) for index, column in enumerate(columns)]
        rows: list[Box] = []
        for nodes, row in zip(node.rows, boxes, strict=True):
            parts: list[tuple[int, Box]] = []
            for index, (box, width, align) in enumerate(zip(row, widths, aligns, strict=True)):
                parts.append((_column_gap(node, index, nodes), widened(box, width, align)))
            rows.append(beside(parts))
        loose = any(row.height > 1 for row in rows) or (node.layout == "cases" and len(rows) == 2)
        if loose:
            blank = Box((" " * rows[0].width,))
            rows = [part for row in rows for part in (row, blank)][:-1]
        height = sum(row.height for row in rows)
        baseline = rows[0].baseline if len(rows) == 1 else (height - 1) // 2
        body = above_each_other(rows, baseline, "left", tall=height > 1)
        if node.layout == "cases":
            body = beside([(1, body)])
        return self.fence(body, node.opening, node.closing)


def _collide(left: Box, right: Box) -> bool:
    return left.height == right.height == 1 and collides(left.lines[0], right.lines[0])


def _touches_space(parts: Sequence[tuple[int, Box]], box: Box) -> bool:
    """Return whether words bring the space between the last part and this box themselves."""
    if not parts:
        return False
    last = parts[-1][1]
    return (last.height == 1 and last.lines[0].endswith(" ")) or (
        box.height == 1 and box.lines[0].startswith(" ")
    )


def _is_integral(node: Node) -> bool:
    return isinstance(node, Symbol) and node.text == "∫"


def _on_tall(base: Box, sup: str, sub: str) -> Box:
    """Set scripts at the upper and lower right corner of a tall base."""
    lines = [sup, *[""] * (base.height - 2), sub]
    return beside([(0, base), (0, make_box(lines, base.baseline, tall=True))])


def _alignment(
    node: Matrix, index: int, column: Sequence[Box]
) -> Literal["left", "centre", "right"]:
    match node.layout:
        case "cases":
            return "left"
        case "aligned":
            return "left" if index % 2 else "right"
        case "cells":
            numeric = all(_NUMERIC.fullmatch(" ".join(box.lines)) for box in column)
            return "right" if numeric else "centre"
        case _:
            assert_never(node.layout)


def _column_gap(node: Matrix, index: int, row: Sequence[Node]) -> int:
    """Return the cells before a column."""
    if index == 0:
        return 0
    if node.layout == "aligned":
        if index % 2 == 0:
            return 4
        first = items_of(row[index])[:1]
        return int(bool(first) and kind_of(first[0]) in {Kind.RELATION, Kind.BINARY})
    return 3 if node.layout == "cases" else 2
