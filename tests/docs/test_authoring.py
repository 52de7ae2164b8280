"""The author's guide and its pages on the kinds: every example is sound, every command runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import get_args

import pytest

from tests import program
from tutor.bank.bilingual import bilingual_findings
from tutor.bank.examine import examine
from tutor.bank.locate import find_content
from tutor.kinds import Question
from tutor.kinds.base import QuestionBase
from tutor.labs.registry import open_controls
from tutor.text.maths import parse

DOCS = Path(__file__).resolve().parents[2] / "docs"
GUIDE = DOCS / "authoring.md"
SMALL = DOCS.parent / "tests" / "pty" / "content"  # the bank has a proof of its own in `.ci/run`
PAGES = [GUIDE, *sorted((DOCS / "kinds").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
SEEDS = range(25)
KINDS = [
    "flashcard", "cloze", "choice", "multi", "truefalse", "numeric", "formula", "text", "order",
    "match", "trace", "discuss",
]  # fmt: skip


def blocks(language: str) -> list[tuple[str, str]]:
    """Return the page and the text of each block."""
    return [
        (page.relative_to(DOCS).as_posix(), text)
        for page in PAGES
        for name, text in BLOCK.findall(page.read_text("utf-8"))
        if name == language
    ]


def as_file(block: str) -> str:
    """Return a block as a whole file."""
    if block.startswith("format:"):
        return block
    first = re.match(r"- id: ([a-z0-9-]+)\.", block)
    assert first is not None, "a block is a whole file, or a list that begins with `- id: `"
    return f"format: 1\ntopic: {first[1]}\ntitle: {{en: Notes, ko: 노트}}\nquestions:\n{block}"


YAML = [
    pytest.param(text, id=f"{page}-{number}") for number, (page, text) in enumerate(blocks("yaml"))
]


@pytest.mark.parametrize("block", YAML)
def test_each_example_is_sound_in_both_languages(block: str, tmp_path: Path) -> None:
    file = tmp_path / "notes.yaml"
    file.write_text(as_file(block), encoding="utf-8")
    report = examine([file], [find_content()], SEEDS, open_controls)
    assert [str(problem) for problem in report.problems] == []
    assert report.questions + report.pages > 0
    bank = report.bank
    lacking = [
        (name, str(finding.message))
        for name in report.names
        for finding in bilingual_findings(bank.questions[name], bank.places[name])
    ]
    assert lacking == []


def test_a_planted_slip_is_found(tmp_path: Path) -> None:
    text = next(block for _, block in blocks("yaml") if "answer: n^2" in block)
    file = tmp_path / "notes.yaml"
    file.write_text(as_file(text.replace("answer: n^2", "answer: m^2")), encoding="utf-8")
    assert examine([file], [find_content()], range(3), open_controls).problems


def commands() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for page, text in blocks("bash"):
        lines = [line for line in text.splitlines() if line.strip()]
        assert all(line.startswith("tutor ") for line in lines), lines
        found.setdefault(page, []).extend(lines)
    return found


@pytest.mark.parametrize("page", commands())
def test_the_commands_of_a_page_run_in_their_order(page: str, tmp_path: Path) -> None:
    lines = commands()[page]
    if page != GUIDE.name:
        lines = ["tutor new my-notes", *lines]
    for line in lines:
        around = {"TUTOR_CONTENT": str(SMALL)} if line.startswith("tutor check") else {}
        done = program.run(shlex.split(line)[1:], tmp_path, **around)
        assert done.code == 0, (line, done.out, done.err)
        assert done.out.strip()


def test_the_guide_names_every_kind_and_every_field_of_a_question() -> None:
    guide = GUIDE.read_text("utf-8")
    union = get_args(get_args(Question)[0])
    kinds = {get_args(model.model_fields["kind"].annotation)[0] for model in union}
    linked = re.findall(r"\]\(kinds/([a-z]+)\.md\)", guide)
    assert linked == KINDS
    assert kinds == set(linked)
    shown = {page for page, _ in blocks("yaml")}
    assert {f"kinds/{kind}.md" for kind in KINDS} <= shown
    fields = {f"`{name}`" for name in QuestionBase.model_fields}
    assert {name for name in fields if name not in guide} == set()


def test_what_the_pages_link_to_is_there() -> None:
    missing = []
    for page in PAGES:
        for link in re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8")):
            target, _, anchor = link.partition("#")
            if target.startswith("http"):
                continue
            file = page if not target else page.parent / target
            if not file.exists():
                missing.append(link)
            elif anchor:
                heads = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
                slugs = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
                if anchor not in slugs:
                    missing.append(link)
    assert missing == []


def test_the_maths_table_is_the_subset() -> None:
    guide = GUIDE.read_text("utf-8")
    table = guide[guide.index("| maths | write |") :].split("\n\n")[0]
    written = [tex for line in table.splitlines()[2:] for tex in re.findall(r"`([^`]+)`", line)]
    assert len(written) > 40
    for tex in written:
        environment = rf"\begin{{{tex}}} a & b \end{{{tex}}}"
        parse(environment if tex in {"pmatrix", "cases", "aligned"} else tex.replace("…", "x"))
