"""A finding: something wrong in a part of a file, not yet given a line and a column."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tutor.bank.nodes import Key, Mapping, Node, Scalar, step_into
from tutor.bank.offsets import key_offset, value_offset
from tutor.bank.problems import Problem
from tutor.bank.source import Source, Unreadable, read_source
from tutor.bank.tree import parse_tree
from tutor.text.words import Words

Where = tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and what to do.

    Attributes:
        where: the keys and indices that lead to it; what is missing ends at its parent.
        message: what is wrong.
        hint: what to do.
        offset: in characters into the text there.
        at_key: the key is at fault, not what stands under it.
    """

    where: Where
    message: Words
    hint: Words
    offset: int = 0
    at_key: bool = False

    def under(self, *outer: Key) -> Finding:
        """Return the finding as seen from further out."""
        where = (*outer, *self.where)
        return Finding(where, self.message, self.hint, self.offset, self.at_key)


def deepest(node: Node, where: Where) -> tuple[Node, Node | None]:
    """Follow keys and indices as far as they lead.

    Keys that lead nowhere, such as the names of a union's branches, are passed over.

    Returns:
        The node reached, and the one it is in.
    """
    parent: Node | None = None
    for key in where:
        inner = step_into(node, key)
        if inner is not None:
            node, parent = inner, node
    return node, parent


def place_of(source: Source, root: Node, finding: Finding) -> int:
    """Return the place of a finding in the file's text."""
    node, parent = deepest(root, finding.where)
    if finding.at_key and isinstance(parent, Mapping):
        return key_offset(source, node)
    if finding.offset and isinstance(node, Scalar):
        return value_offset(source, node, finding.offset)
    return node.start


def _read_again(path: Path) -> tuple[Source, Node | None]:
    status = path.stat()
    return _read_version(path, (status.st_mtime_ns, status.st_size))


@lru_cache(maxsize=8)
def _read_version(path: Path, version: tuple[int, int]) -> tuple[Source, Node | None]:  # noqa: ARG001 - the key of the cache
    source = read_source(path)
    return source, parse_tree(source)


def problem_in(file: Path, finding: Finding, subject: str | None = None) -> Problem:
    """Give a finding its line and column, by reading its file once more.

    Trees are not kept: they would take more memory than the questions, and are needed only
    when something is wrong.
    """
    try:
        source, root = _read_again(file)
    except (OSError, Unreadable):
        return Problem(file, 1, 1, finding.message, finding.hint, subject=subject)
    offset = 0 if root is None else place_of(source, root, finding)
    line, column = source.position(offset)
    return Problem(
        file, line, column, finding.message, finding.hint, source.line_text(line), subject
    )


def is_scalar_in(file: Path, where: Where) -> bool:
    """Return whether a single value stands at a place of a file, not a mapping or a list."""
    try:
        _, root = _read_again(file)
    except (OSError, Unreadable):
        return False
    return root is not None and isinstance(deepest(root, where)[0], Scalar)
