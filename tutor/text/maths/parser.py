"""The parser of the TeX subset."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, Literal, cast

from tutor.text.maths.advice import second_script, stray, unknown_character, unknown_command
from tutor.text.maths.error import MathsError
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
)
from tutor.text.maths.spacing import is_product
from tutor.text.maths.symbols import (
    ACCENTS,
    BLACKBOARD,
    CALLIGRAPHIC,
    CHARACTERS,
    COMMANDS,
    SPACES,
)
from tutor.text.maths.tokens import Token, plain_words, source_of, tokenize
from tutor.text.message import msg

MAX_LENGTH: Final = 2_000
MAX_DEPTH: Final = 32

_ENVIRONMENTS: dict[str, tuple[str, str, Literal["cells", "cases", "aligned"]]] = {
    "matrix": ("", "", "cells"),
    "pmatrix": ("(", ")", "cells"),
    "bmatrix": ("[", "]", "cells"),
    "Bmatrix": ("{", "}", "cells"),
    "vmatrix": ("|", "|", "cells"),
    "cases": ("{", "", "cases"),
    "aligned": ("", "", "aligned"),
}
_STYLES: dict[str, dict[str, str]] = {
    "mathcal": CALLIGRAPHIC,
    "mathbb": BLACKBOARD,
    "mathbf": {},
    "boldsymbol": {},
    "bm": {},
    "mathit": {},
}
_DELIMITERS = {
    **{char: char for char in "()[]|/"},
    "<": "⟨",
    ">": "⟩",
    ".": "",
    **{
        f"\\{name}": COMMANDS[name].text
        for name in (
            "{", "}", "lbrace", "rbrace", "langle", "rangle", "lfloor", "rfloor", "lceil", "rceil",
            "lvert", "rvert", "lVert", "rVert", "|", "vert", "Vert",
        )
    },
}  # fmt: skip


@lru_cache(maxsize=1024)
def parse(tex: str) -> Node:
    """Parse a formula.

    The subset: letters, numbers (with `,` between groups of three digits), signs, Greek;
    `_ ^ '`; `\\frac \\sqrt \\hat \\tilde \\bar \\vec \\dot`; `\\left … \\right`; `\\text \\mathrm
    \\operatorname \\mathbf \\mathcal \\mathbb`; matrices, `cases` and `aligned`; the commands
    of `symbols.COMMANDS`; spaces `\\, \\; \\! \\quad`; and `\\val{…}` for a value. A space
    between letters is kept, so that `W x_t` is a product and `pos` is a word.

    Raises:
        MathsError: anything else, unbalanced braces, or a formula over the caps.
    """
    if len(tex) > MAX_LENGTH:
        raise MathsError(
            MAX_LENGTH,
            msg("A formula holds at most {limit:,} characters; split it.", limit=MAX_LENGTH),
        )
    return _Parser(tokenize(tex)).formula()


class _Parser:
    """Reads tokens from left to right; every method leaves the position after what it read."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def formula(self) -> Node:
        node = self.row(lambda _: False)
        if self.token.kind != "end":
            raise MathsError(self.token.column, stray(self.token))
        return node

    def row(self, stops: Callable[[Token], bool]) -> Node:
        """Read parts until a token that stops the row or that no row can hold."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise MathsError(
                self.token.column,
                msg("Parts may stand in each other {limit} deep at most; split the formula.",
                    limit=MAX_DEPTH),
            )  # fmt: skip
        items: list[Node] = []
        while not self.ends_row() and not stops(self.token):
            spaced = self.token.spaced
            parts = self.scripted()
            if items and is_product(items[-1], parts[0], spaced=spaced):
                items.append(Space(1))
            items.extend(parts)
        self.depth -= 1
        return items[0] if len(items) == 1 else Row(tuple(items))

    def ends_row(self) -> bool:
        token = self.token
        return (
            token.kind in {"end", "close", "cell", "row"}
            or (token.kind == "command" and token.text == "right")
            or (token.kind == "raw" and token.text == "end")
        )

    def scripted(self) -> tuple[Node, ...]:
        """Read a part with its scripts; an opening bracket without a partner gives several."""
        if self.token.kind in {"sub", "sup", "prime"}:
            return (self.scripts(Row(())),)
        *before, base = self.part()
        return (*before, self.scripts(base))

    def scripts(self, base: Node) -> Node:
        sub: Node | None = None
        sup: Node | None = None
        primes = 0
        while self.token.kind in {"sub", "sup", "prime"} or (
            self.token.text in {"limits", "nolimits"} and isinstance(base, Symbol)
            and base.kind in {Kind.LARGE, Kind.LIMIT}
        ):  # fmt: skip
            token = self.take()
            if token.kind == "prime":
                primes += 1
            elif token.kind == "sub":
                if sub is not None:
                    raise MathsError(token.column, second_script("_"))
                sub = self.argument(token)
            elif token.kind == "sup":
                if sup is not None:
                    raise MathsError(token.column, second_script("^"))
                sup = self.argument(token)
        if sub is None and sup is None and not primes:
            return base
        return Script(base, sub, sup, primes)

    def part(self) -> tuple[Node, ...]:
        token = self.take()
        match token.kind:
            case "letter" | "number":
                return (Symbol(token.text, token.text),)
            case "open":
                return (_grouped(self.group(token)),)
            case "command":
                return self.command(token)
            case "raw":
                return (self.raw(token),)
            case _:
                symbol = CHARACTERS.get(token.text)
                if symbol is None:
                    raise MathsError(token.column, unknown_character(token.text))
                return self.bracketed(symbol)

    def bracketed(self, symbol: Symbol) -> tuple[Node, ...]:
        """Pair an opening bracket with the next closing one in its group."""
        if symbol.kind is not Kind.OPENING:
            return (symbol,)
        body = self.row(_closes)
        if _closes(self.token):
            closing = _symbol(self.take())
            return (Fenced(symbol.text, body, closing.text),)
        items = body.items if isinstance(body, Row) else (body,)
        return (symbol, *items)

    def group(self, opening: Token) -> Node:
        node = self.row(lambda _: False)
        if self.token.kind == "close":
            self.take()
            return node
        if self.token.kind == "end":
            raise MathsError(
                opening.column, msg("This brace is never closed; write `}}` where it should end.")
            )
        raise MathsError(self.token.column, stray(self.token))

    def argument(self, owner: Token) -> Node:
        """Read what a script, fraction, root or accent applies to."""
        token = self.token
        if token.kind == "open":
            self.take()
            return self.group(token)
        single = (
            token.kind == "letter"
            or (token.kind == "number" and len(token.text) == 1)
            or (token.kind == "char" and token.text in CHARACTERS)
            or (token.kind == "command" and token.text in COMMANDS)
        )
        if single:
            self.take()
            return _symbol(token)
        raise MathsError(owner.column, msg("Write braces after `{owner}`.", owner=source_of(owner)))

    def command(self, token: Token) -> tuple[Node, ...]:
        if token.text in COMMANDS:
            return self.bracketed(COMMANDS[token.text])
        return (self.structure(token),)

    def structure(self, token: Token) -> Node:
        match token.text:
            case "frac" | "dfrac" | "tfrac":
                return Fraction(self.argument(token), self.argument(token))
            case "sqrt":
                return self.root(token)
            case "left":
                return self.fence(token)
            case name if name in SPACES:
                return Space(SPACES[name])
            case name if name in ACCENTS:
                return _accented(ACCENTS[name], self.argument(token))
            case name if name in _STYLES:
                return _styled(self.argument(token), _STYLES[name])
            case name:
                raise MathsError(token.column, unknown_command(name))

    def root(self, token: Token) -> Root:
        index: Node | None = None
        if self.token.kind == "char" and self.token.text == "[":
            self.take()
            index = self.row(lambda t: t.kind == "char" and t.text == "]")
            if self.token.text != "]":
                raise MathsError(token.column, msg("Close the index of the root with `]`."))
            self.take()
        return Root(self.argument(token), index)

    def fence(self, left: Token) -> Fenced:
        opening = self.delimiter(left)
        body = self.row(lambda _: False)
        right = self.token
        if right.kind != "command" or right.text != "right":
            raise MathsError(
                left.column, msg("`\\left` needs its `\\right`; write `\\right.` for none.")
            )
        self.take()
        return Fenced(opening, body, self.delimiter(right))

    def delimiter(self, owner: Token) -> str:
        token = self.token
        source = source_of(token)
        if source not in _DELIMITERS:
            raise MathsError(
                owner.column,
                msg(
                    "`{owner}` needs a delimiter, such as one of {examples}.",
                    owner=source_of(owner),
                    examples="( ) [ ] | . \\{ \\}",
                ),
            )
        self.take()
        return _DELIMITERS[source]

    def raw(self, token: Token) -> Node:
        match token.text.rstrip("*"):
            case "val":
                return Word(" ".join(token.argument.split()))
            case "begin":
                return self.environment(token)
            case "operatorname":
                name = plain_words(token.argument, token.column).strip()
                kind = Kind.LIMIT if token.text.endswith("*") else Kind.NAME
                return Symbol(name, name, kind)
            case _:
                return Word(plain_words(token.argument, token.column))

    def environment(self, begin: Token) -> Matrix:
        if begin.argument not in _ENVIRONMENTS:
            raise MathsError(
                begin.column,
                msg(
                    "`{name}` is not an environment of the subset; write one of {names}.",
                    name=begin.argument,
                    names=", ".join(_ENVIRONMENTS),
                ),
            )
        opening, closing, layout = _ENVIRONMENTS[begin.argument]
        rows: list[tuple[Node, ...]] = []
        cells: list[Node] = []
        while True:
            cells.append(self.row(lambda _: False))
            token = self.token
            if token.kind == "cell":
                self.take()
                continue
            empty = len(cells) == 1 and cells[0] == Row(())
            if not (empty and token.kind != "row"):  # a last `\\` opens no row
                rows.append(tuple(cells))
            cells = []
            if token.kind == "row":
                self.take()
            elif token.kind == "raw" and token.argument == begin.argument:
                self.take()
                return Matrix(_rectangular(rows), opening, closing, layout)
            else:
                raise MathsError(
                    begin.column,
                    msg("Close this with `\\end{{{name}}}`.", name=begin.argument),
                )


def _closes(token: Token) -> bool:
    if token.kind not in {"char", "command"}:
        return False
    table = COMMANDS if token.kind == "command" else CHARACTERS
    return token.text in table and table[token.text].kind is Kind.CLOSING


def _symbol(token: Token) -> Symbol:
    if token.kind == "command":
        return COMMANDS[token.text]
    return CHARACTERS.get(token.text) or Symbol(token.text, token.text)


def _grouped(node: Node) -> Node:
    """Return a group as a part: braces round a sign take its spacing away, as in `1{,}000`."""
    if isinstance(node, Symbol) and node.kind not in {Kind.NAME, Kind.LIMIT, Kind.LARGE}:
        return Symbol(node.text, node.ascii)
    return node


def _accented(mark: str, base: Node) -> Node:
    """Put the mark on the letter, under the scripts of the letter."""
    name = cast("Literal['hat', 'tilde', 'bar', 'vec', 'dot', 'ddot']", mark)
    if isinstance(base, Script):
        return Script(Accent(name, base.base), base.sub, base.sup, base.primes)
    return Accent(name, base)


def _styled(node: Node, letters: dict[str, str]) -> Node:
    match node:
        case Symbol(text=text):
            return Symbol(letters.get(text, text), node.ascii, node.kind)
        case Row(items=items):
            return Row(tuple(_styled(item, letters) for item in items))
        case Script():
            return Script(_styled(node.base, letters), node.sub, node.sup, node.primes)
        case _:
            return node


def _rectangular(rows: list[tuple[Node, ...]]) -> tuple[tuple[Node, ...], ...]:
    width = max(map(len, rows), default=0)
    return tuple(row + (Row(()),) * (width - len(row)) for row in rows)
