"""Every question that the author's guide shows is sound, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tutor.bank.examine import examine

PAGES = sorted((Path(__file__).resolve().parents[2] / "docs" / "kinds").glob("*.md"))
BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)
HEAD = "format: 1\ntopic: my-notes\ntitle: {en: My notes, ko: 나의 메모}\nquestions:\n"
SEEDS = 200
CASES = [
    (page, number, block)
    for page in PAGES
    for number, block in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")), 1)
]


@pytest.mark.parametrize(
    ("page", "number", "block"), CASES, ids=[f"{page.stem}-{n}" for page, n, _ in CASES]
)
def test_each_example_is_sound(page: Path, number: int, block: str, tmp_path: Path) -> None:
    whole = block.startswith("format:")
    assert whole or block.startswith("- id:"), f"{page.name}, block {number}"
    file = tmp_path / "my-notes.yaml"
    file.write_text(block if whole else HEAD + block, encoding="utf-8")
    report = examine([file], [tmp_path], range(SEEDS))
    assert [str(problem.message) for problem in report.problems] == []
    assert report.questions >= 1


def test_each_page_has_an_example() -> None:
    assert {page.stem for page in PAGES} == {page.stem for page, _, _ in CASES}
