"""The parts of a formula."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Literal, assert_never


class Kind(Enum):
    """What a part is to its neighbours; it decides the space between them."""

    ORDINARY = auto()
    NAME = auto()  # log, softmax: followed by an argument
    LIMIT = auto()  # max, lim: a name whose subscript may stand below it
    LARGE = auto()  # a sum or a product
    PREFIX = auto()  # ∂, ∇: belongs to what follows
    BINARY = auto()
    RELATION = auto()
    OPENING = auto()
    CLOSING = auto()
    PUNCTUATION = auto()
    DOTS = auto()
    FENCED = auto()


@dataclass(frozen=True, slots=True)
class Symbol:
    """A letter, number, sign or function name."""

    text: str
    ascii: str
    kind: Kind = Kind.ORDINARY


@dataclass(frozen=True, slots=True)
class Word:
    """Words and values, drawn as they are, spaces included."""

    text: str


@dataclass(frozen=True, slots=True)
class Space:
    """An explicit space of so many cells; negative for no space at all."""

    width: int


@dataclass(frozen=True, slots=True)
class Row:
    """Parts from left to right."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A base with primes, a subscript and a superscript."""

    base: Node
    sub: Node | None
    sup: Node | None
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Fraction:
    """A numerator over a denominator."""

    numerator: Node
    denominator: Node


@dataclass(frozen=True, slots=True)
class Root:
    """A square root, or a root with an index."""

    radicand: Node
    index: Node | None = None


@dataclass(frozen=True, slots=True)
class Accent:
    """A mark over a base."""

    mark: Literal["hat", "tilde", "bar", "vec", "dot", "ddot"]
    base: Node


@dataclass(frozen=True, slots=True)
class Fenced:
    """A body between delimiters; an empty delimiter is not drawn."""

    opening: str
    body: Node
    closing: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of cells between delimiters.

    Attributes:
        layout: `cells` are centred; `cases` are left-aligned; `aligned` pairs of columns
            meet at a relation.
    """

    rows: tuple[tuple[Node, ...], ...]
    opening: str
    closing: str
    layout: Literal["cells", "cases", "aligned"] = "cells"


Node = Symbol | Word | Space | Row | Script | Fraction | Root | Accent | Fenced | Matrix


def items_of(node: Node) -> tuple[Node, ...]:
    """Return the parts of a row, or the node alone."""
    return node.items if isinstance(node, Row) else (node,)


def children(node: Node) -> tuple[Node, ...]:  # noqa: PLR0911 - one return for each kind of node
    """Return the parts directly inside a node."""
    match node:
        case Symbol() | Word() | Space():
            return ()
        case Row(items=items):
            return items
        case Script():
            return tuple(part for part in (node.base, node.sub, node.sup) if part is not None)
        case Fraction():
            return (node.numerator, node.denominator)
        case Root(radicand=radicand, index=index):
            return (radicand,) if index is None else (radicand, index)
        case Accent(base=base):
            return (base,)
        case Fenced(body=body):
            return (body,)
        case Matrix(rows=rows):
            return tuple(cell for row in rows for cell in row)
        case _:
            assert_never(node)


def kind_of(node: Node) -> Kind:
    """Return what the node is to its neighbours."""
    match node:
        case Symbol(kind=kind):
            return kind
        case Script(base=base):
            kind = kind_of(base)
            inherits = kind in {Kind.NAME, Kind.LIMIT, Kind.LARGE, Kind.PREFIX, Kind.FENCED}
            return kind if inherits or kind in {Kind.RELATION, Kind.CLOSING} else Kind.ORDINARY
        case Fenced():
            return Kind.FENCED
        case _:
            return Kind.ORDINARY
