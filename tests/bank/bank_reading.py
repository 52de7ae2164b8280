"""Reading texts as question files, without a file."""

from __future__ import annotations

from pathlib import Path

from tutor.bank.nodes import Node, Value, plain
from tutor.bank.problems import Problem
from tutor.bank.source import Source, decode_source
from tutor.bank.tree import parse_tree

FILE = Path("notes.yaml")


def read(text: str | bytes) -> tuple[Node | None, Source]:
    data = text if isinstance(text, bytes) else text.encode()
    source = decode_source(FILE, data)
    return parse_tree(source), source


def values(text: str | bytes) -> Value:
    """The values of a text that has no problems."""
    node, source = read(text)
    assert [str(problem) for problem in source.problems] == []
    assert node is not None
    return plain(node)


def problems(text: str | bytes) -> list[Problem]:
    return read(text)[1].problems


def places(found: list[Problem]) -> list[tuple[int, int]]:
    return [(problem.line, problem.column) for problem in found]
