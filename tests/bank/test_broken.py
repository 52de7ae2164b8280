"""Each file of `broken/` says in its last lines what must be said about it, and where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tutor.bank.examine import examine

HERE = Path(__file__).parent
TAUGHT = HERE / "taught"
EXPECTED = re.compile(rb"^#! (\d+):(\d+) ?(.*)$", re.MULTILINE)


@pytest.mark.parametrize("path", sorted((HERE / "broken").iterdir()), ids=lambda path: path.stem)
def test_every_problem_is_found_where_it_stands(path: Path) -> None:
    expected = [
        (int(line), int(column), piece.decode())
        for line, column, piece in EXPECTED.findall(path.read_bytes())
    ]
    assert expected, "the file does not say what is wrong with it"
    found = examine([path], [TAUGHT], range(60)).problems
    assert [(p.line, p.column) for p in found] == [place[:2] for place in expected]
    for problem, (_, _, piece) in zip(found, expected, strict=True):
        assert piece in str(problem)
