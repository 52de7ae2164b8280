from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kinds import questions as make
from tutor.grading.domain import Range
from tutor.grading.learner import parse_known
from tutor.grading.polynomial import TooLarge
from tutor.grading.rational import Algebra
from tutor.kinds import (
    FormatError,
    Posed,
    Question,
    Response,
    ballot_key,
    ballot_words,
    blind,
    cards,
    examples,
    face,
    grade,
    parse,
    pose,
)
from tutor.kinds.choice import Chosen
from tutor.kinds.formula import PosedFormula
from tutor.kinds.match import LETTERS, PosedMatch
from tutor.kinds.numeric import TypedNumber
from tutor.kinds.order import PosedOrder
from tutor.kinds.trace import PosedTrace
from tutor.text.document import Paragraph
from tutor.text.markdown import parse as parse_markdown
from tutor.text.plain import render
from tutor.text.speaker import ENGLISH, Speaker

SIZES = {"d": {"choose": [8, 10, 16]}, "h": {"from": 8, "to": 64, "step": 8}}
FORMULA = make.question("formula", draw=SIZES, answer="4h(d+h)", functions=["exp", "sqrt"])
FRACTION = {"answer": "1/3", "draw": {}, "prompt": "?", "explain": "!", "mistakes": []}
LONG_STEPS = [f"the step that is called number {n} by all" for n in range(4)]
QUIET = {"prompt": "Say.", "explain": "So."}


def said(posed: Posed, text: str, speaker: Speaker = ENGLISH) -> str:
    """Return what is shown of an answer, in one line."""
    document = parse_markdown(speaker.say(ballot_words(posed, response(posed, text))))
    assert len(document.blocks) == 1
    assert isinstance(document.blocks[0], Paragraph)
    (line,) = render(document, 10_000)
    return line


def response(posed: Posed, text: str) -> Response:
    read = parse(posed, text)
    assert not isinstance(read, FormatError), read.message
    return read


def key(posed: Posed, text: str) -> str:
    return ballot_key(posed, response(posed, text))


GROUPS: list[tuple[Question, list[list[str]]]] = [
    (make.choice(), [["1", " 1 "], ["2"], ["3"]]),
    (make.multi(), [["1 3", "31", "3,1"], ["1"], ["1 2 3"]]),
    (make.truefalse(), [["t", "참", "ㅅ", "O"], ["f", "거짓"]]),
    (make.with_reasons(), [["t;1", "t 1", "참\n1"], ["f;1"], ["t;2"]]),
    (
        make.with_typed_reason(),
        [
            ["t; sigmoid", "t; It is a Sigmoid", "t; 시그모이드", "o; sigmiod"],
            ["f; sigmoid"],
            ["t; tanh", "t; Tanh."],
        ],
    ),
    (
        make.numeric(unit={"en": "weights", "ko": "개"}),
        [
            ["1000", "1e3", "1,000", "1 000", "10^3", "2000/2", "1000.0", "1000 weights", "1000개"],
            ["1000.5", "2001/2"],
            ["-1000"],
            ["0.1", "1/10", "10%", ".1"],
            ["0.10000000000000001"],
            ["sqrt(2)"],
        ],
    ),
    (
        FORMULA,
        [
            ["4h(d+h)", "4hd+4h^2", "4*h*d + 4h²", "h*(4d + 4h)", "8h(d+h)/2", "4(h^2-d^2)h/(h-d)"],
            ["4h(d-h)"],
            ["3hd+3h^2"],
            ["exp(h)*exp(d)", "exp(d+h)", "e^(d+h)"],
            ["exp(h-d)"],
            ["d/(h+1)", "2d/(2h+2)", "d(h+2)/((h+1)(h+2))"],
            ["sqrt(h)/h", "h^(-1/2)", "1/sqrt(h)"],
            ["h-h+d-d", "0*h"],
        ],
    ),
    (
        make.text(),
        [
            ["forget gate", "Forget-Gate.", "forget", "망각 게이트", "망각게이트입니다", "forgte gate"],
            ["input gate", "the input gate", "입력 게이트"],
            ["forged gate"],
            ["리셋 게이트"],
            ["cell state", "Cell  State", "the cell-state!"],
            ["h"],
            ["H"],
            ["1,024", "1024"],
        ],
    ),
    (cards(make.cloze())[0], [["forget gate", "f", "Forget Gate"], ["cell state"], ["c"], ["gate"]]),
    (make.order(), [["1 2 3 4", "1234", "1 -> 2 -> 3 -> 4"], ["2 1 3 4"]]),
    (make.match(), [["1a 2b 3c", "abc", "a,b,c"], ["bac"], ["abd"]]),
    (make.discuss(), [["", " "], ["1 2", "21"], ["1"]]),
    (make.trace(), [["1;2;3;4", "1\n2.0\n3\n8/2", "1 2 3 4e0"], ["1;2;3;5"], ["2;1;3;4"]]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "groups"), GROUPS, ids=lambda item: getattr(item, "kind", ""))
def test_equal_answers_have_one_key_and_others_another(
    question: Question, groups: list[list[str]]
) -> None:
    posed = pose(question, 1)
    keys = [{key(posed, text) for text in texts} for texts in groups]
    assert all(len(same) == 1 for same in keys), keys
    assert len(set.union(*keys)) == len(groups), keys


def test_steps_and_sides_that_read_alike_stand_for_each_other() -> None:
    steps = ["normalise", "attend", "Normalise ", "feed"]
    order = pose(make.question("order", steps=steps), 2)
    assert isinstance(order, PosedOrder)
    one, two = (place for place, step in enumerate(order.shown, 1) if step.en[0] in "nN")
    others = [n for n in range(1, 5) if n not in {one, two}]
    texts = [f"{one} {others[0]} {two} {others[1]}", f"{two} {others[0]} {one} {others[1]}"]
    assert len({key(order, text) for text in texts}) == 1
    pairs = [{"left": left, "right": right} for left, right in zip("xyz", "pPq", strict=True)]
    match = pose(make.question("match", pairs=pairs), 1)
    assert isinstance(match, PosedMatch)
    letters = {side.en: LETTERS[n] for n, side in enumerate(match.rights)}
    texts = [letters["p"] + letters["P"] + letters["q"], letters["P"] + letters["p"] + letters["q"]]
    assert len({key(match, text) for text in texts}) == 1


@settings(max_examples=40)
@given(
    a=st.integers(-9, 9), b=st.integers(-9, 9), c=st.integers(1, 9), power=st.integers(0, 3)
)  # fmt: skip
def test_a_formula_has_one_key_however_it_is_multiplied_out(
    a: int, b: int, c: int, power: int
) -> None:
    posed = pose(FORMULA, 1)
    short = f"{c}*h*(({a})*d + ({b})*h)*(d+h)^{power}"
    long = f"(d+h)^{power}*(h*h*({b * c}) + ({a * c})*h*d)"
    assert key(posed, short) == key(posed, long)
    assert key(posed, f"{short} + 1*h") != key(posed, long)


def test_a_formula_too_large_to_be_multiplied_out_has_a_key_too() -> None:
    question = make.question("formula", draw=SIZES, answer="h", functions=["exp"])
    posed = pose(question, 1)
    assert isinstance(posed, PosedFormula)
    assert posed.answer.domain == (("d", Range(8, 16, whole=True)), ("h", Range(8, 64, whole=True)))
    large = "(d+h+1)^10/(d+h+1)^6"
    algebra = Algebra(posed.vocabulary.names)
    with pytest.raises(TooLarge):
        algebra.whole(algebra.rational(parse_known(large, posed.vocabulary).expression))
    assert key(posed, large) == key(posed, f"2*{large}/2")
    assert key(posed, large) != key(posed, "(d+h+1)^10/(d+h+1)^5")


def test_no_right_answer_of_the_content_has_the_key_of_a_wrong_one(
    taught: tuple[Posed, ...],
) -> None:
    for posed in taught[::2]:
        tried = examples(posed)
        right, wrong = ({key(posed, t) for t in texts} for texts in (tried.right, tried.wrong))
        assert not right & wrong, posed.question
        assert len(right | wrong) > 1


@pytest.mark.parametrize(("question", "groups"), GROUPS, ids=lambda item: getattr(item, "kind", ""))
def test_answers_with_one_key_have_one_verdict(question: Question, groups: list[list[str]]) -> None:
    posed = pose(question, 1)
    verdicts: dict[str, object] = {}
    tried = examples(posed)
    for text in (*tried.right, *tried.wrong, *(text for texts in groups for text in texts)):
        answer = response(posed, text)
        verdict = grade(posed, answer)
        judged = (verdict.score, verdict.diagnosis)
        assert verdicts.setdefault(ballot_key(posed, answer), judged) == judged, text
    assert len(verdicts) >= len(groups)


def test_the_content_is_said_in_a_line_in_both_languages(taught: tuple[Posed, ...]) -> None:
    for posed in taught[1::2]:
        tried = examples(posed)
        for text in (*tried.right[:2], *tried.wrong[:2]):
            for speaker in (ENGLISH, Speaker("ko")):
                line = said(posed, text, speaker)
                assert line
                assert len(line) < 400


def test_a_choice_is_said_by_its_text() -> None:
    posed = pose(make.choice(shuffle=False), 1)
    assert [said(posed, str(n)) for n in (1, 2, 3)] == ["the product", "the gate", "neither"]
    ticked = pose(make.multi(shuffle=False), 1)
    assert said(ticked, "4 1") == "forget gate; reset gate"


def test_an_option_of_several_lines_is_said_by_its_number() -> None:
    options = [
        {"text": "```\nh = tanh(x)\n```", "right": True},
        {"text": "plain", "feedback": "No."},
        {"text": "- a list", "feedback": "No."},
    ]
    posed = pose(make.choice(options=options, shuffle=False), 1)
    assert [said(posed, str(n)) for n in (1, 2, 3)] == ["option 1", "plain", "option 3"]
    ticked = pose(make.multi(options=options, shuffle=False), 1)
    assert [said(ticked, text) for text in ("2", "1 2")] == ["plain", "1, 2"]
    judged = pose(make.truefalse(reasons=options, shuffle=False), 1)
    assert [said(judged, text) for text in ("t 1", "f 2")] == ["True: option 1", "False: plain"]


@pytest.mark.parametrize(
    ("fields", "typed", "en", "ko"),
    [
        ({"unit": {"en": "weights", "ko": "개"}}, "3456", "3,456 weights", "3,456개"),
        ({"unit": {"en": "MiB", "ko": "MiB"}}, "1e3", "1,000 MiB", "1,000 MiB"),
        ({}, "-1234.5", "-1,234.5", "-1,234.5"),
        (FRACTION, "1/3", "1/3 ≈ 0.333333", "1/3 ≈ 0.333333"),
    ],
)
def test_a_number_is_said_grouped_with_its_unit(
    fields: dict[str, Any], typed: str, en: str, ko: str
) -> None:
    posed = pose(make.numeric(**fields), 1)
    assert said(posed, typed) == en
    assert said(posed, typed, Speaker("ko")) == ko


def test_orders_and_matches_are_said_by_texts_where_these_are_short() -> None:
    order = pose(make.order(), 1)
    assert isinstance(order, PosedOrder)
    assert said(order, "4 3 2 1") == " → ".join(step.en for step in reversed(order.shown))
    assert said(order, "4321", Speaker("ko")).split(" → ")[0] == order.shown[3].ko
    long = pose(make.order(steps=LONG_STEPS), 1)
    assert said(long, "2 1 4 3") == "2 → 1 → 4 → 3"
    pairs = [{"left": "f", "right": "keeps"}, {"left": "i", "right": "writes"}]
    match = pose(make.match(pairs=pairs, distractors=[]), 1)
    assert isinstance(match, PosedMatch)
    assert said(match, "ba") == f"f – {match.rights[1].en}; i – {match.rights[0].en}"
    pairs = [{"left": f"the gate called {n}", "right": f"does {n}"} for n in "abc"]
    many = pose(make.match(pairs=pairs), 1)
    assert said(many, "cab") == "1–c, 2–a, 3–b"


def test_what_remains() -> None:
    assert said(pose(FORMULA, 1), "h(4d+4h)") == "h(4d + 4h)"
    assert said(pose(make.truefalse(), 1), "참") == "True"
    assert said(pose(make.with_typed_reason(), 1), "f\nit is *so*") == "False: it is *so*"
    assert said(pose(make.discuss(), 1), "") == "none of the points"
    assert said(pose(make.discuss(), 1), "31") == "the path; the limit"
    table = pose(make.trace(), 1)
    assert said(table, "0.4;0.225;0.625;1000") == "kept = 0.4; new = 0.225; c = 0.625; h = 1,000"
    assert ballot_words(pose(make.flashcard(), 1), response(pose(make.flashcard(), 1), ""))


def test_a_long_table_is_said_by_its_first_values() -> None:
    rows = [
        {"label": f"r{n}", "cells": [{"name": f"c{n}_{m}", "value": str(n)} for m in range(2)]}
        for n in range(8)
    ]
    posed = pose(make.question("trace", rows=rows), 1)
    assert isinstance(posed, PosedTrace)
    assert said(posed, " ".join(map(str, range(16)))) == ("0; 1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11; …")


HOSTILE = [
    "*bold*", "`code`", "$x$", "$\\evil$", "a | b", "# head", "1. item", "- item", "> quote",
    "{slot}", "[[gap]]", "a\\", "[b]red[/b]", "<script>", "a\n\n- b", "은(는)", "```", "\\$",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_strangers_type_shows_literally(typed: str) -> None:
    literal = " ".join(typed.split())
    assert said(pose(make.text(), 1), typed) == literal
    assert said(pose(cards(make.cloze())[0], 1), typed) == literal
    assert said(pose(make.with_typed_reason(), 1), f"t\n{typed}") == f"True: {literal}"


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=60))
def test_any_typed_text_has_a_key_and_shows_literally(typed: str) -> None:
    posed = pose(make.text(), 1)
    read = parse(posed, typed)
    if not isinstance(read, FormatError):
        assert ballot_key(posed, read) == ballot_key(posed, read)
        words = parse_markdown(ENGLISH.say(ballot_words(posed, read)))
        assert " ".join("".join(render(words, 10_000)).split()) == " ".join(read.text.split())  # type: ignore[union-attr]  # a typed text


def test_words_need_not_know_the_answer() -> None:
    for question, groups in GROUPS:
        if question.kind != "discuss":  # whose points the face does not tell
            posed = pose(question, 1)
            unknowing = blind(face(posed))
            for text in (text for texts in groups for text in texts):
                assert said(unknowing, text) == said(posed, text)


def test_an_answer_to_another_kind_is_refused() -> None:
    posed = pose(make.numeric(), 1)
    for ask in (ballot_key, ballot_words):
        with pytest.raises(TypeError, match="Chosen"):
            ask(posed, Chosen(0))
    with pytest.raises(TypeError, match="TypedNumber"):
        ballot_key(pose(make.choice(), 1), TypedNumber(1))
