"""The list of click's words is true, and Korean learners read them in Korean."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_from_dir

from tests.cli.conftest import Run
from tutor.cli.click_words import CLICK, COUNTED, WORDS

# A release of click that changes its words is no fault of this program.
of_this_click = pytest.mark.skipif(
    not version("click").startswith(f"{CLICK}."), reason=f"the words are those of click {CLICK}"
)


@of_this_click
def test_the_words_are_clicks_own() -> None:
    found = {
        message
        for _, _, message, _, _ in extract_from_dir(
            Path(click.__file__).parent, keywords={"_": None, "ngettext": (1, 2)}
        )
    }
    assert not set(WORDS) - found
    assert not {(word.msgid, word.plural) for word in COUNTED} - found


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
