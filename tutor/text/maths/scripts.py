"""Subscripts and superscripts in one line."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from tutor.text.maths.nodes import Kind, Node, Script, Symbol, Word, children, items_of
from tutor.text.maths.symbols import INDEX_LETTERS, SUBSCRIPTS, SUPERSCRIPTS

_LETTERS = re.compile(r"[A-Za-z]{2,}")
_NAMES = frozenset({"in", "min"})  # of index letters, but words


@dataclass(frozen=True, slots=True)
class Scripts:
    """How the scripts of one formula are written: alike on the same letter.

    Where W_f has no small form W_i is not made small, and where W^Q has none, W^K has none.

    Attributes:
        below: the letters whose subscripts of small letters are written out.
        above: the letters whose superscripts of one capital are written out.
    """

    below: frozenset[str]
    above: frozenset[str]

    @classmethod
    def of(cls, formula: Node) -> Scripts:
        """Look for scripts without a small form."""
        below: set[str] = set()
        above: set[str] = set()
        nodes = [formula]
        while nodes:
            node = nodes.pop()
            nodes.extend(children(node))
            if isinstance(node, Script) and isinstance(node.base, Symbol):
                name, capital = _name(node.sub), _capital(node.sup)
                if name and lowered(name) is None:
                    below.add(node.base.text)
                if capital and capital not in SUPERSCRIPTS:
                    above.add(node.base.text)
        return cls(frozenset(below), frozenset(above))

    def small_sub(self, node: Script, drawn: str) -> str | None:
        """Return the small form of a subscript, or None if it is written out."""
        if node.sub is None or _has_words(node.sub):
            return None
        if isinstance(node.base, Symbol) and node.base.text in self.below and _name(node.sub):
            return None
        return lowered(drawn)

    def small_sup(self, node: Script, drawn: str) -> str | None:
        """Return the small form of a superscript, or None if it is written out."""
        if node.sup is None:
            return None
        if isinstance(node.base, Symbol) and node.base.text in self.above and _capital(node.sup):
            return None
        return raised(node.sup, drawn)


def _name(sub: Node | None) -> str:
    """Return a subscript made of small Latin letters only, or nothing."""
    letters = [] if sub is None else items_of(sub)
    texts = [letter.text if isinstance(letter, Symbol) else "" for letter in letters]
    return "".join(texts) if all("a" <= text <= "z" for text in texts) else ""


def _capital(sup: Node | None) -> str:
    """Return a superscript of one capital that does not mean a transpose, or nothing."""
    text = sup.text if isinstance(sup, Symbol) else ""
    return text if "A" <= text <= "Z" and text != "T" else ""


def lowered(drawn: str) -> str | None:
    """Return a subscript in small signs, or None where Unicode or the eye has none.

    Letters side by side are small only if all are common indices: a_ij has a small form,
    W_xh and C_in, which are names, have none.
    """
    for run in _LETTERS.findall(drawn):
        if run in _NAMES or not INDEX_LETTERS.issuperset(run):
            return None
    return _translate(drawn, SUBSCRIPTS)


def raised(node: Node, drawn: str) -> str | None:
    """Return a superscript in small signs, or None where Unicode has none."""
    return None if _has_words(node) else _translate(drawn, SUPERSCRIPTS)


def _translate(drawn: str, table: dict[str, str]) -> str | None:
    if any(char not in table for char in drawn):
        return None
    return "".join(table[char] for char in drawn)


def _has_words(node: Node) -> bool:
    return any(
        (isinstance(item, Word) and not item.text.isdigit())
        or (isinstance(item, Symbol) and item.kind in {Kind.NAME, Kind.LIMIT})
        for item in items_of(node)
    )


def attach(sub: str | None, small_sub: str | None, sup: str | None, small_sup: str | None) -> str:
    """Return what follows the base: a written-out subscript first, so that small ones stay close.

    Args:
        sub: the subscript as drawn, None if there is none.
        small_sub: its small form, None if there is none.
        sup: the superscript as drawn.
        small_sup: its small form.
    """
    below = ""
    if sub:
        bracketed = sub if reads_as_name(sub) or _is_bracketed(sub) else f"({sub})"
        below = small_sub if small_sub is not None else f"_{bracketed}"
    above = ""
    if sup:
        bare = len(sup) == 1 or sup.isdecimal() or _is_bracketed(sup)
        above = small_sup if small_sup is not None else f"^{sup if bare else f'({sup})'}"
    return below + above


def reads_as_name(sub: str) -> bool:
    """Return whether a subscript needs no brackets after `_`: one sign, a number, a name."""
    plain = all(unicodedata.category(char) in {"Lu", "Ll", "Lo", "Nd"} for char in sub)
    return plain or len(sub) == 1


def _is_bracketed(drawn: str) -> bool:
    if not (drawn.startswith("(") and drawn.endswith(")")):
        return False
    depth = 0
    for index, char in enumerate(drawn):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return index == len(drawn) - 1
    return False
