"""What a learner's formula may be made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tutor.grading.expression import FUNCTIONS

E = "e"  # the number e, where exp is allowed and no size is called so


@dataclass(frozen=True)
class Vocabulary:
    """The names of a question's sizes, and the functions that it allows."""

    names: tuple[str, ...]
    functions: frozenset[str] = frozenset()

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """What a word may be made of, but for functions."""
        has_e = "exp" in self.functions and E not in self.names
        return (*self.names, E) if has_e else self.names

    @cached_property
    def callables(self) -> dict[str, str]:
        """The functions by the names that people call them."""
        known = {name: name for name in self.functions}
        if "log" in known:
            known["ln"] = "log"
        return {name: function for name, function in known.items() if name not in self.names}

    @cached_property
    def listed(self) -> str:
        """The names, and the functions, for a message."""
        return ", ".join((*self.names, *sorted(self.functions)))


def clash(names: Iterable[str]) -> tuple[str, tuple[str, ...]] | None:
    """Return a name that could be read as a product of others, and these; None if there is none.

    Names of functions are no names of sizes: they clash with themselves.
    """
    known = tuple(names)
    for name in known:
        if name in FUNCTIONS:
            return name, ()
        others = tuple(other for other in known if other != name)
        if (readings := readings_of(name, others)) and readings[0]:
            return name, readings[0]
    return None


@lru_cache(maxsize=1024)
def readings_of(
    word: str, parts: tuple[str, ...], last: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], ...]:
    """Return the ways, at most two, in which a word is parts side by side.

    Args:
        word: what was typed without a gap.
        parts: what it may be made of.
        last: what it may also end with.
    """
    # by place: linked parts up to the end
    ways: list[list[tuple[str, object]]] = [[] for _ in word]
    ways.append([("", None)])
    for at in range(len(word) - 1, -1, -1):
        for part in parts:
            if word.startswith(part, at):
                ways[at] += [(part, rest) for rest in ways[at + len(part)]]
        ways[at] += [(part, ("", None)) for part in last if word[at:] == part]
        del ways[at][2:]
    return tuple(_unlinked(way) for way in ways[0]) if word else ()


def _unlinked(way: tuple[str, object]) -> tuple[str, ...]:
    parts: list[str] = []
    node: object = way
    while isinstance(node, tuple) and node[0]:
        parts.append(node[0])
        node = node[1]
    return tuple(parts)
