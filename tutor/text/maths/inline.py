"""A formula as one line of text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import assert_never

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
from tutor.text.maths.scripts import Scripts, attach, raised
from tutor.text.maths.spacing import collides, gap, is_named_apart, is_operand, kinds_of
from tutor.text.maths.symbols import COMBINING


def inline(node: Node, *, ascii: bool = False) -> str:  # noqa: A002 - the word for what it is
    """Draw the formula in one line.

    Args:
        node: a parsed formula.
        ascii: use ASCII signs and names only (words and values stay as they are).
    """
    return Inline(node, ascii_only=ascii).draw(node)


class Inline:
    """Draws parts of a formula in one line."""

    def __init__(self, formula: Node, *, ascii_only: bool) -> None:
        self.ascii = ascii_only
        self.scripts = Scripts.of(formula)

    def draw(  # noqa: PLR0911 - one return for each kind of node
        self, node: Node, *, tight: bool = False
    ) -> str:
        """Draw a part; a tight one, inside a script, has no spaces that can be missed."""
        match node:
            case Symbol():
                return node.ascii if self.ascii else node.text
            case Word():
                return node.text
            case Space():
                return " " * max(0, node.width)
            case Row():
                return self.row(node.items, tight=tight)
            case Script():
                return self.script(node)
            case Fraction():
                return self.fraction(node, tight=tight)
            case Root():
                return self.root(node)
            case Accent():
                return self.accent(node)
            case Fenced():
                return self.fenced(node, tight=tight)
            case Matrix():
                return self.matrix(node)
            case _:
                assert_never(node)

    def row(self, items: Sequence[Node], *, tight: bool = False, continued: bool = False) -> str:
        """Draw parts side by side."""
        kinds = kinds_of(items, continued=continued)
        line = piece = ""
        last: int | None = None  # index of the part drawn last
        space: int | None = None  # explicit space since then
        for index, item in enumerate(items):
            if isinstance(item, Space):
                if tight and item.width < 2:
                    continue
                space = item.width if space is None else space + item.width
                continue
            drawn = self.draw(item, tight=tight)
            width = 0
            if isinstance(item, Fraction) and _is_factor(items, kinds, index):
                drawn = f"({drawn})"
            if last is not None:
                left = items[last]
                width = gap(left, kinds[last], item, kinds[index])
                if tight and not _keeps_gap(kinds[last], kinds[index], item):
                    width = 0
                if isinstance(item, Fraction) and kinds[last] in {Kind.NAME, Kind.LIMIT}:
                    width = 0
                if is_named_apart(left, item) and collides(piece, drawn):
                    width = max(width, 1)
            if space is not None:
                width = 0 if space < 0 else max(width, space)
            if line.endswith(" ") or drawn.startswith(" "):
                width = max(0, width - 1)
            if drawn or space is not None:
                line += " " * width + drawn
                last, space, piece = index, None, drawn
        return line

    def script(self, node: Script) -> str:
        """Draw a base with its scripts, small where Unicode has the signs."""
        base = self.base(node)
        sub = None if node.sub is None else self.draw(node.sub, tight=True)
        sup = None if node.sup is None else self.draw(node.sup, tight=True)
        primes = ("'" if self.ascii else "′") * node.primes
        small_sub = small_sup = None
        if not self.ascii:
            small_sub = None if sub is None else self.scripts.small_sub(node, sub)
            small_sup = None if sup is None else self.scripts.small_sup(node, sup)
        return base + primes + attach(sub, small_sub, sup, small_sup)

    def base(self, node: Script) -> str:
        """Draw what the scripts belong to, in brackets if they would seem to belong to less."""
        drawn = self.draw(node.base)
        items = items_of(node.base)
        compound = len(items) > 1 or isinstance(node.base, (Fraction, Script, Root))
        return f"({drawn})" if compound else drawn

    def fraction(self, node: Fraction, *, tight: bool) -> str:
        """Draw numerator/denominator, each in brackets only where it needs them."""
        top = self.draw(node.numerator, tight=tight)
        bottom = self.draw(node.denominator, tight=tight)
        if not _is_product(node.numerator):
            top = f"({top})"
        if not _is_unit(node.denominator):
            bottom = f"({bottom})"
        return f"{top}/{bottom}"

    def root(self, node: Root) -> str:
        """Draw a root; the radicand is bracketed unless it is one sign."""
        radicand = self.draw(node.radicand)
        if self.ascii:
            index = "" if node.index is None else f"{self.draw(node.index, tight=True)}, "
            return f"root({index}{radicand})" if index else f"sqrt({radicand})"
        sign = "√"
        if node.index is not None:
            index = self.draw(node.index, tight=True)
            small = raised(node.index, index)
            sign = f"{small}√" if small is not None else f"({index})√"
        fenced = isinstance(node.radicand, Fenced) and node.radicand.opening == "("
        return sign + (radicand if is_bare_radicand(node.radicand) or fenced else f"({radicand})")

    def accent(self, node: Accent) -> str:
        """Draw a letter with a mark, or the mark's name before more than a letter."""
        base = self.draw(node.base)
        if not self.ascii and len(base) == 1:
            return unicodedata.normalize("NFC", base + COMBINING[node.mark])
        return f"{node.mark}{base}" if isinstance(node.base, Fenced) else f"{node.mark}({base})"

    def fenced(self, node: Fenced, *, tight: bool) -> str:
        """Draw a body in its delimiters."""
        opening, closing = self.delimiter(node.opening), self.delimiter(node.closing)
        return f"{opening}{self.draw(node.body, tight=tight)}{closing}"

    def delimiter(self, sign: str) -> str:
        """Draw a delimiter."""
        return ASCII_DELIMITERS.get(sign, sign) if self.ascii else sign

    def matrix(self, node: Matrix) -> str:
        """Draw rows one after another: `[1 0; 0 1]`."""
        cells = [[self.draw(cell) for cell in row] for row in node.rows]
        if node.layout == "aligned":
            rows = [
                self.row([item for cell in row for item in items_of(cell)]) for row in node.rows
            ]
            return "; ".join(rows)
        spaced = node.layout == "cases" or any(" " in cell for row in cells for cell in row)
        separator = ", " if spaced else " "
        body = "; ".join(separator.join(filter(None, row)) for row in cells)
        opening, closing = self.delimiter(node.opening), self.delimiter(node.closing)
        return f"{opening} {body}" if node.layout == "cases" else f"{opening}{body}{closing}"


ASCII_DELIMITERS = {
    "⟨": "<", "⟩": ">", "⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")", "‖": "||",
}  # fmt: skip


def _is_factor(items: Sequence[Node], kinds: Sequence[Kind], index: int) -> bool:
    """Return whether the part stands beside another one with no sign between them."""
    left = index > 0 and is_operand(kinds[index - 1]) and kinds[index - 1] is not Kind.LARGE
    right = index + 1 < len(items) and (
        is_operand(kinds[index + 1]) or kinds[index + 1] is Kind.OPENING
    )
    beside_space = (left and isinstance(items[index - 1], Space),
                    right and isinstance(items[index + 1], Space))  # fmt: skip
    return (left and not beside_space[0]) or (right and not beside_space[1])


def _keeps_gap(left: Kind, right: Kind, item: Node) -> bool:
    return left in {Kind.NAME, Kind.LIMIT} and right is Kind.ORDINARY and not isinstance(item, Row)


def _is_product(node: Node) -> bool:
    """Return whether `node/x` divides all of the node."""
    items = items_of(node)
    if any(isinstance(item, (Fraction, Matrix)) for item in items):
        return False
    signs = {Kind.BINARY, Kind.RELATION, Kind.PUNCTUATION, Kind.LARGE, Kind.DOTS}
    if any(isinstance(item, Symbol) and item.text in "/|" for item in items):
        return False
    kinds = kinds_of(items)
    applied = any(
        kind in {Kind.NAME, Kind.LIMIT}
        and not (index + 1 < len(items) and isinstance(items[index + 1], Fenced))
        for index, kind in enumerate(kinds)
    )
    return not applied and not signs.intersection(kinds)


def _is_unit(node: Node) -> bool:
    """Return whether `x/node` divides by all of the node."""
    items = items_of(node)
    while len(items) > 1 and (kind_of(items[0]) is Kind.PREFIX or _is_differential(items)):
        items = items[1:]
    if len(items) == 2:
        function = isinstance(items[1], Fenced) and items[1].opening == "("
        return function and kind_of(items[0]) in {Kind.NAME, Kind.LIMIT, Kind.PREFIX}
    if len(items) != 1:
        return False
    item = items[0]
    if isinstance(item, Word):
        return item.text.isalnum() or item.text.replace(",", "").replace(".", "").isalnum()
    return not isinstance(item, (Fraction, Matrix, Row)) and kind_of(item) is not Kind.LARGE


def _is_differential(items: Sequence[Node]) -> bool:
    first, second = items[0], items[1]
    letter = second.base if isinstance(second, Script) else second
    return (
        len(items) == 2
        and isinstance(first, Symbol)
        and first.text == "d"
        and isinstance(letter, Symbol)
        and letter.text.isalpha()
    )


def is_bare_radicand(node: Node) -> bool:
    """Return whether the radicand needs no brackets: a letter, a number, an indexed letter."""
    if isinstance(node, Script):
        return node.sup is None and not node.primes and is_bare_radicand(node.base)
    return isinstance(node, (Symbol, Accent)) or (isinstance(node, Word) and node.text.isalnum())
