"""Texts as the page gets them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tutor.live.documents import blocks, encode
from tutor.live.wire import Board, Complaint, Reason, Revealed, Row
from tutor.text.localized import Localized


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A *b* **c** `d`", [{"b": "p", "s": [
            {"x": "A "}, {"x": "b", "k": ["em"]}, {"x": " "}, {"x": "c", "k": ["strong"]},
            {"x": " "}, {"x": "d", "k": ["code"]}]}]),
        ("***x***", [{"b": "p", "s": [{"x": "x", "k": ["em", "strong"]}]}]),
        ("$h_t$", [{"b": "p", "s": [{"x": "hₜ", "k": ["maths"]}]}]),
        ("## Two", [{"b": "h", "n": 2, "s": [{"x": "Two"}]}]),
        ("- a\n- b", [{"b": "ul", "i": [[{"b": "p", "s": [{"x": "a"}]}], [{"b": "p", "s": [{"x": "b"}]}]]}]),
        ("1. a", [{"b": "ol", "i": [[{"b": "p", "s": [{"x": "a"}]}]]}]),
        ("```\na <b>\n  c\n```", [{"b": "code", "x": "a <b>\n  c"}]),
        ("> q", [{"b": "quote", "c": [{"b": "p", "s": [{"x": "q"}]}]}]),
        ("a | b\n:- | -:\n1 | 2", [{"b": "table", "a": ["left", "right"],
            "h": [[{"x": "a"}], [{"x": "b"}]], "r": [[[{"x": "1"}], [{"x": "2"}]]]}]),
        ("<script>x</script>", [{"b": "p", "s": [{"x": "<script>x</script>"}]}]),
        ("", []),
    ],
)  # fmt: skip
def test_markdown_becomes_blocks(text: str, expected: list[Any]) -> None:
    assert blocks(text) == expected


def test_a_formula_is_drawn_as_lines_and_in_one() -> None:
    (found,) = blocks("$$\n\\frac{a}{b}\n$$")
    assert (found["b"], found["l"]) == ("maths", "a/b")
    assert found["x"] == " a\n───\n b"


def test_only_texts_in_two_languages_become_documents() -> None:
    row = Row(rank=1, name="*a*", team=None, points=1.5, right=1, answered=1)
    board = Board(rows=(row,), players=1, of=2, round=1, is_last=False)
    assert json.loads(encode(board, "page")) == json.loads(encode(board, "terminal"))
    complaint = Complaint(round=1, ballot=1, message=Localized("*now*", "5을(를) 지금"))
    told = json.loads(encode(complaint, "page"))
    assert told["message"]["en"] == [{"b": "p", "s": [{"x": "now", "k": ["em"]}]}]
    assert told["message"]["ko"] == [{"b": "p", "s": [{"x": "5를 지금"}]}]
    assert json.loads(encode(complaint, "terminal"))["message"]["en"] == "*now*"


def test_texts_within_lists_become_documents_and_reasons_stay_text() -> None:
    words = Localized.same("$x$")
    reason = Reason(name="민아", words=words, reason="**why**", is_right=True)
    revealed = Revealed(
        round=1, of=1, question="t.q", seed=1, prompt=words, answer=None, explain=words,
        points=(words,), answered=1, before=1.0, after=None, reasons=(reason,),
    )  # fmt: skip
    told = json.loads(encode(revealed, "page"))
    assert told["points"][0]["ko"][0]["b"] == "p"
    assert told["reasons"][0]["words"]["en"][0]["s"] == [{"x": "x", "k": ["maths"]}]
    assert told["reasons"][0]["reason"] == "**why**"
    assert told["answer"] is None
