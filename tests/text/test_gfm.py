"""Documents as GitHub Flavored Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.text.gfm import escape_gfm, to_gfm
from tutor.text.markdown import escape, parse


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("**bold** and *soft*", "**bold** and *soft*"),
        (r"$\frac{a}{b}$ and `W_ih`", r"$\frac{a}{b}$ and `W_ih`"),
        ("W_ih and <b>", r"W\_ih and \<b\>"),
        ("one\\\ntwo", "one\\\ntwo"),
        ("- a\n- b\n  - c", "- a\n- b\n  - c"),
        ("1. x\n2. y", "1. x\n2. y"),
        ("> q", "> q"),
        ("$$\na|b\n$$", "$$\na|b\n$$"),
        ("# Title", "### Title"),
        (
            "| a | b |\n|--|--:|\n| $|x|$ | 2 |",
            "| a | b |\n| :-- | --: |\n| $\\vert x\\vert$ | 2 |",
        ),
        ("```\nx = 1\n```", "```\nx = 1\n```"),
    ],
)
def test_what_is_written(source: str, written: str) -> None:
    assert to_gfm(parse(source), level=2) == written


@pytest.mark.parametrize(
    ("text", "active"),
    [
        ("<script>alert(1)</script>", r"(?<!\\)<"),
        ("[click](javascript:1)", r"(?<!\\)\["),
        ("![x](https://example.org/x.png)", r"(?<!\\)\["),
        ("https://example.org", r"https?://"),
        ("www.example.org", r"www\.(?!\\)e"),
        ("@somebody", "@"),
        ("# heading", r"(?m)^#"),
        ("- item", r"(?m)^-"),
        ("1. item", r"(?m)^1\."),
        ("a | b", r"(?<!\\)\|"),
        ("`code` *em* _em_ ~~gone~~", r"(?<!\\)[`*_~]"),
        ("&lt;", r"(?<!\\)&l"),
        ("$x$", r"(?<!\\)\$"),
        ("\\", r"^\\$"),
    ],
)
def test_text_of_strangers_stays_text(text: str, active: str) -> None:
    assert re.search(active, text)  # what would act, if it were not escaped
    assert not re.search(active, escape_gfm(text))
    assert not re.search(active, to_gfm(parse(escape(text))))


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C",)), max_size=60))
def test_no_text_opens_html_code_or_a_link(text: str) -> None:
    written = escape_gfm(text)
    without_escapes = re.sub(r"\\.", "", written, flags=re.DOTALL)
    assert not re.search(r"[<>`*_\[\]|~$@]", without_escapes.replace("&#64;", ""))
