"""Statements to judge, with a reason to pick, to type, or none."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.kinds import questions as make
from tutor.kinds import FormatError, Posed, Question, Verdict, grade, parse, pose

PLAIN = pose(make.truefalse(), 1)  # the statement is false
PICK = pose(make.with_reasons(shuffle=False), 1)  # the first reason is right
TYPE = pose(make.with_typed_reason(), 1)


def verdict(card: Posed, text: str) -> Verdict:
    response = parse(card, text)
    assert not isinstance(response, FormatError), text
    return grade(card, response)


@pytest.mark.parametrize(
    "typed", ["f", "F", "false", "False.", "거짓", "x", "X", "2", "ㄹ", "ㅌ", "\uff38", " f\n"]
)
def test_false_may_be_typed_in_every_way(typed: str) -> None:
    assert verdict(PLAIN, typed).score == 1
    assert verdict(PICK, f"{typed};1").score == 1


@pytest.mark.parametrize("typed", ["t", "TRUE", "참", "o", "O", "1", "ㅅ", "ㅐ", "\uff2f"])
def test_true_may_be_typed_in_every_way(typed: str) -> None:
    judged = verdict(PLAIN, typed)
    assert judged.score == 0
    assert str(judged.detail) == "the statement is false"


@pytest.mark.parametrize("typed", ["f; 1", "f\n1", "f;1", "f 1", "f1", "2 1", "거짓 1", "2\n1"])
def test_a_reason_is_picked_after_the_verdict(typed: str) -> None:
    assert verdict(PICK, typed).score == 1


@pytest.mark.parametrize(
    "typed", ["f; sigmoid", "f\nIt is a sigmoid", "거짓; 시그모이드", "x;  SIGMOID "]
)
def test_a_reason_is_typed_after_the_verdict(typed: str) -> None:
    assert verdict(TYPE, typed).score == 1


@pytest.mark.parametrize(
    ("card", "typed", "score", "detail"),
    [
        (PICK, "f;2", 0.5, "the verdict is right, the reason is not"),
        (PICK, "t;1", 0.0, "that reason goes with the other verdict"),
        (PICK, "t;2", 0.0, "the statement is false"),
        (TYPE, "f;tanh", 0.5, "the verdict is right, the reason is not"),
        (TYPE, "t;sigmoid", 0.0, "that reason goes with the other verdict"),
        (TYPE, "t;tanh", 0.0, "the statement is false"),
    ],
)
def test_a_reason_counts_only_with_the_verdict_it_is_for(
    card: Posed, typed: str, score: float, detail: str
) -> None:
    judged = verdict(card, typed)
    assert judged.score == score
    assert str(judged.detail) == detail


def test_both_halves_are_parts() -> None:
    picked = verdict(PICK, "f;2")
    assert [(str(p.label), p.right, p.chosen) for p in picked.parts] == [
        ("False", True, True),
        ("a gate is in (0, 1)", True, False),
        ("a gate is a weight", False, True),
        ("a gate is in (−1, 1)", False, False),
    ]
    assert picked.diagnosis is not None
    assert picked.diagnosis.mistake == "gate-is-weight"
    assert str(picked.right_answer) == "False: a gate is in (0, 1)"
    typed = verdict(TYPE, "f;*tanh*")
    assert [(str(p.label), p.right, p.note and str(p.note)) for p in typed.parts] == [
        ("False", True, None),
        (r"\*tanh\*", False, "sigmoid"),
    ]
    assert str(typed.right_answer) == "False: sigmoid"
    assert str(verdict(PLAIN, "t").right_answer) == "False"


@pytest.mark.parametrize(
    ("card", "typed", "said"),
    [
        (PLAIN, "", "Type `t` for true or `f` for false."),
        (PLAIN, "maybe", "Type `t` for true"),
        (PLAIN, "3", "Type `t` for true"),
        (PLAIN, "f; because", "No reason is asked for"),
        (PICK, "f", "Pick a reason too, 1 to 3"),
        (PICK, "f;", "Pick a reason too, 1 to 3"),
        (PICK, "f;4", "Pick the reason by its number, 1 to 3."),
        (PICK, "f;12", "Pick the reason by its number, 1 to 3."),
        (PICK, "f;a gate", "Pick the reason by its number, 1 to 3."),
        (PICK, "1", "Pick a reason too"),
        (TYPE, "f", "The reason is still missing."),
        (TYPE, "f\n  ", "The reason is still missing."),
        (TYPE, "f;sig\u200bmoid", "The answer holds an invisible character."),
        (TYPE, "f;" + "x" * 400, "That is longer than 300 characters."),
        (TYPE, "sigmoid", "Type `t` for true"),
    ],
)
def test_what_cannot_be_read_is_asked_again(card: Posed, typed: str, said: str) -> None:
    response = parse(card, typed)
    assert isinstance(response, FormatError)
    assert said in str(response.message)


@pytest.mark.parametrize("card", [PLAIN, PICK, TYPE], ids=["plain", "pick", "type"])
@given(st.text(alphabet="tf12참거짓 ;\n\t\x00sigmod$\\", max_size=12))
def test_any_text_is_judged_or_asked_again(card: Posed, text: str) -> None:
    response = parse(card, text)
    if not isinstance(response, FormatError):
        assert grade(card, response).score in {0, 0.5, 1}


def test_values_are_written_into_statement_and_reasons() -> None:
    question = make.with_typed_reason(
        draw={"h": {"choose": [4]}},
        prompt="{h} units have {4*h} rows.",
        reason={"accept": {"en": ["{4*h}"], "ko": ["{4*h}개"]}},
    )
    card = pose(question, 1)
    assert card.prompt.en == "4 units have 16 rows."
    assert verdict(card, "f;16").score == 1
    assert verdict(card, "f;16개").score == 1


REASONS = [{"text": "a", "right": True}, {"text": "b", "feedback": "c"}]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"reasons": REASONS, "reason": {"accept": {"en": ["a"], "ko": ["b"]}}}, "both"),
        ({"reasons": [REASONS[0], {"text": "b", "right": True}]}, "2 options are marked right"),
        ({"reasons": [REASONS[0], {"text": "b"}]}, "a wrong option has no feedback"),
        ({"reasons": REASONS[:1]}, "at least 2 items"),
        ({"reason": {"accept": {"en": ["a"]}}}, "Field required"),
        ({"reason": {"accept": {"en": [], "ko": ["b"]}}}, "at least 1 item"),
        ({"reason": {"accept": {"en": [" "], "ko": ["b"]}}}, "this form is empty"),
        ({"answer": "true"}, "valid boolean"),
    ],
)
def test_what_a_statement_may_not_be(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        make.truefalse(**fields)


def test_a_true_statement_takes_its_reasons_too() -> None:
    question: Question = make.with_reasons(answer=True, shuffle=False)
    card = pose(question, 1)
    assert verdict(card, "t;1").score == 1
    assert str(verdict(card, "f;1").detail) == "that reason goes with the other verdict"
    assert str(verdict(card, "f;3").detail) == "the statement is true"
