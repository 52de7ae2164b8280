"""Subscripts and superscripts in one line."""

from __future__ import annotations

import re
import unicodedata

from tutor.text.maths.nodes import Kind, Node, Script, Symbol, Word, children, items_of
from tutor.text.maths.symbols import INDEX_LETTERS, SUBSCRIPTS, SUPERSCRIPTS

_LETTERS = re.compile(r"[A-Za-z]{2,}")


def written_out(formula: Node) -> frozenset[str]:
    """Return the letters whose one-letter subscripts are written out throughout a formula.

    Where W_f has no small form, W_i is not made small either.
    """
    letters: set[str] = set()
    nodes = [formula]
    while nodes:
        node = nodes.pop()
        nodes.extend(children(node))
        index = _index(node)
        if index is not None and index[1] not in SUBSCRIPTS:
            letters.add(index[0])
    return frozenset(letters)


def _index(node: Node) -> tuple[str, str] | None:
    """Return the letter and its subscript, if that is one small letter."""
    match node:
        case Script(base=Symbol(text=letter), sub=Symbol(text=sub)):
            return (letter, sub) if len(sub) == 1 and "a" <= sub <= "z" else None
        case _:
            return None


def to_sub(node: Script, drawn: str, written: frozenset[str]) -> str | None:
    """Return the small form of a subscript, or None where Unicode or the eye has none.

    Letters side by side are small only if all are common indices: a_ij has a small form,
    W_xh, which is a name, has none.

    Args:
        node: the script.
        drawn: its subscript in one line.
        written: what `written_out` says of the formula.
    """
    if node.sub is None or _has_words(node.sub):
        return None
    index = _index(node)
    if index is not None and index[0] in written:
        return None
    if any(not INDEX_LETTERS.issuperset(run) for run in _LETTERS.findall(drawn)):
        return None
    return _translate(drawn, SUBSCRIPTS)


def to_sup(node: Node, drawn: str) -> str | None:
    """Return the small form of a superscript, or None where Unicode has none."""
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
