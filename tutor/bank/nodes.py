"""The nodes of a YAML document: their values, and where each of them stands.

Places are characters from the start of the file's text. A scalar inside a collection is kept
as its value and its place only: a bank has half a million of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tutor.bank.scalars import Plain

Value = Plain | list["Value"] | dict[str, "Value"]
Key = str | int


@dataclass(slots=True)
class Scalar:
    """A text, number, truth value or nothing."""

    value: Plain
    start: int


@dataclass(slots=True)
class Sequence:
    """A list: its values, and the place or the node of each."""

    start: int
    end: int = 0
    values: list[Value] = field(default_factory=list)
    children: list[int | Sequence | Mapping] = field(default_factory=list)

    def child(self, index: int) -> Node:
        """Return the node of an item."""
        return _node(self.values[index], self.children[index])


@dataclass(slots=True)
class Mapping:
    """A mapping: its values, and the place or the node of each in the same order."""

    start: int
    end: int = 0
    values: dict[str, Value] = field(default_factory=dict)
    children: list[int | Sequence | Mapping] = field(default_factory=list)

    def child(self, key: str) -> Node:
        """Return the node of a value."""
        return _node(self.values[key], self.children[list(self.values).index(key)])


Node = Scalar | Sequence | Mapping


def _node(value: Value, child: int | Sequence | Mapping) -> Node:
    if not isinstance(child, int):
        return child
    assert not isinstance(value, (list, dict))  # noqa: S101 - those have nodes of their own
    return Scalar(value, child)


def plain(node: Node) -> Value:
    """Return a node's value."""
    return node.value if isinstance(node, Scalar) else node.values


def step_into(node: Node, key: Key) -> Node | None:
    """Return what a node holds under a key or an index, if anything."""
    if isinstance(node, Mapping) and isinstance(key, str) and key in node.values:
        return node.child(key)
    if isinstance(node, Sequence) and isinstance(key, int) and 0 <= key < len(node.values):
        return node.child(key)
    return None
