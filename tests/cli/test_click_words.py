"""The list of click's words is true, and Korean learners read them in Korean."""

from __future__ import annotations

import ast
import re
from importlib.metadata import version
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Run
from tutor.cli.click_words import CLICK, COUNTED, WORDS

# A release of click that changes its words is no fault of this program.
of_this_click = pytest.mark.skipif(
    not version("click").startswith(f"{CLICK}."), reason=f"the words are those of click {CLICK}"
)


@of_this_click
def test_the_words_are_clicks_own() -> None:
    written = {
        node.value
        for path in Path(click.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert not set(WORDS) - written
    assert not {form for word in COUNTED for form in (word.msgid, word.plural)} - written


@of_this_click
@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("check", "--help"),
        ("study", "--nonsense"),
        ("stats", "left", "over"),
        ("check", "--seeds"),
        ("check", "--seeds", "many"),
        ("check", "--seeds", "0"),
        ("check", "no-such-file.yaml"),
        ("check", "--seeeds", "5"),
        ("study", "--plain=yes"),
        ("params", "lstm"),
        ("params", "dense"),
        ("params", "lstm", "--convention", "caffe"),
    ],
)
def test_korean_help_and_complaints_hold_no_english(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run("--lang", "ko", *arguments)
    said = re.sub(r"'[^']*'|\[[^\]]*\]|--?[a-z-]+", "", ran.out + ran.err)
    assert not re.search(r"\b(?:[A-Z][a-z]+|is|not|for)\b[ .:]", said)
    assert re.search(r"[가-힣]", said)
