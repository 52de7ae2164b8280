from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.kinds.questions import question
from tutor.grading.equality import compare
from tutor.grading.learner import parse_known
from tutor.grading.tokens import FormulaError
from tutor.kinds import FormatError, PoseError, Question, Verdict, examples, grade, parse, pose
from tutor.kinds.engine_draws import EngineDraws
from tutor.kinds.formula import PosedFormula, read, understood

SIZES = {"d": {"choose": [8, 10, 16, 32]}, "h": {"from": 8, "to": 64, "step": 8}}
FOUR_BIASES = {"en": "the four bias vectors", "ko": "편향 벡터 네 개"}
PLAIN = {
    "draw": SIZES,
    "answer": "4h(d+h+1)",
    "terms": [
        {"formula": "4h", "say": FOUR_BIASES},
        {"formula": "4dh", "say": "the input weights"},
        {"formula": "4h²", "say": "the recurrent weights"},
    ],
    "mistakes": [{"id": "three-blocks", "formula": "3h(d+h+1)", "say": "Three blocks of {h}."}],
}
ENGINE = {
    "draw": SIZES,
    "compute": {
        "lstm": {
            "engine": "lstm_params",
            "args": {"input_size": "d", "hidden_size": "h", "convention": "pytorch"},
        }
    },
    "answer": "4*h*(d+h+2)",
    "equals": "lstm.total",
}
SCORE = {"draw": {"q": {"from": 1, "to": 9}, "d_k": {"choose": [16, 64]}},
         "functions": ["sqrt", "exp"], "answer": "q/sqrt(d_k)"}  # fmt: skip


def formula(**fields: Any) -> Question:
    return question("formula", **fields)


def posed(fields: dict[str, Any], seed: int = 3, **sizes: int) -> PosedFormula:
    made = pose(formula(**fields), seed, sizes or None)
    assert isinstance(made, PosedFormula)
    return made


def verdict(card: PosedFormula, text: str) -> Verdict:
    response = parse(card, text)
    assert not isinstance(response, FormatError), response.message
    return grade(card, response)


@pytest.mark.parametrize("fields", [PLAIN, ENGINE, SCORE], ids=["plain", "engine", "score"])
@given(seed=st.integers(0, 2**31))
def test_it_is_posed_and_grades_its_examples(fields: dict[str, Any], seed: int) -> None:
    card = posed(fields, seed)
    assert card == posed(fields, seed)
    cases = examples(card)
    assert len(cases.right) >= 3
    assert len(cases.wrong) >= 2
    assert all(verdict(card, text).right for text in cases.right)
    assert not any(verdict(card, text).right for text in cases.wrong)
    assert all(isinstance(parse(card, text), FormatError) for text in cases.malformed)


@given(st.text(max_size=80))
def test_parse_and_grade_take_any_text(text: str) -> None:
    card = posed(SCORE)
    response = parse(card, text)
    if not isinstance(response, FormatError):
        grade(card, response)


@pytest.mark.parametrize("fields", [PLAIN, ENGINE], ids=["plain", "engine"])
def test_a_value_beyond_floats_is_wrong_and_written(fields: dict[str, Any]) -> None:
    judged = verdict(posed(fields, d=20, h=24), "h^d^2")
    assert not judged.right
    assert "1.214777e+552" in str(judged.difference)


@given(st.text(alphabet="dh4()+-*/^² e1,.", max_size=30))
def test_parse_and_grade_take_nearly_formulas(text: str) -> None:
    card = posed(PLAIN)
    response = parse(card, text)
    if not isinstance(response, FormatError):
        told = grade(card, response)
        assert told.right or told.score == 0
        assert str(told.understood)


def test_the_ways_of_the_lecture_are_right() -> None:
    card = posed(PLAIN)
    for text in ["4(dh + h^2 + h)", "4h(d+h+1)", "4·(d×h + h² + h)", "4*d*h+4*h**2+4*h"]:
        told = verdict(card, text)
        assert (told.right, told.diagnosis, told.difference) == (True, None, None)


@pytest.mark.parametrize(
    "typed", ["4ㅗ(ㅇ+ㅗ+1)", "4(오+ㅗ²+ㅗ)", unicodedata.normalize("NFD", "4(오+ㅗ²+ㅗ)")]
)
def test_a_hangul_input_method_is_read_as_the_keys_pressed(typed: str) -> None:
    told = verdict(posed(PLAIN), typed)
    assert told.right
    assert "ㅗ" not in str(told.understood)


def test_a_formula_half_typed_in_hangul_is_told_what_it_lacks() -> None:
    problem = parse(posed(PLAIN), "4ㅗ(ㅇ+ㅗ")
    assert isinstance(problem, FormatError)
    assert "not closed" in str(problem.message)


def test_how_a_formula_is_understood() -> None:
    card = posed(PLAIN, d=10, h=24)
    told = verdict(card, "4(dh + h^2)")
    assert str(told.understood) == "$4(dh + h^{2})$ = 3,264"
    assert str(told.right_answer) == "$4h(d + h + 1)$"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("4h(d+h)", "Yours is $4h$ less: the four bias vectors. With $d = 10$, $h = 24$ that is 96."),
        ("4h(d+h+2)", "Yours is $4h$ more: the four bias vectors. With $d = 10$, $h = 24$ that is 96."),
        ("4h(d+1)", "Yours is $4h^{2}$ less: the recurrent weights. With $d = 10$, $h = 24$ that is 2,304."),
        ("4h²", "Yours is $4dh + 4h$ less: the four bias vectors and the input weights. With $d = 10$, $h = 24$ that is 1,056."),
        ("4h(d+h+3)", "Yours is $8h$ more: 2 × (the four bias vectors). With $d = 10$, $h = 24$ that is 192."),
        ("3h(d+h+1)", "Yours is $h(d + h + 1)$ less: 840 with $d = 10$, $h = 24$."),
        ("4h(d+h+1)+d-10", r"With $d = 10$, $h = 24$ yours has the right value, but not with others: it is $10 - d$ away."),
        ("4h(d+h+1)/h²", "With $d = 10$, $h = 24$ yours is 35/6 ≈ 5.83333, the right one 3,360."),
    ],
)  # fmt: skip
def test_a_wrong_formula_is_told_by_the_difference(typed: str, said: str) -> None:
    told = verdict(posed(PLAIN, d=10, h=24), typed)
    assert not told.right
    assert str(told.difference) == said


def test_the_difference_is_told_in_korean_words_too() -> None:
    told = verdict(posed(PLAIN, d=10, h=24), "4h(d+h)")
    assert told.difference is not None
    assert "편향 벡터 네 개" in repr(told.difference)


def test_a_misconception_is_named_however_it_is_written() -> None:
    told = verdict(posed(PLAIN, d=10, h=24), "3dh + 3h*h + 3h")
    assert told.diagnosis is not None
    assert told.diagnosis.mistake == "three-blocks"
    assert str(told.diagnosis.message) == "Three blocks of 24."


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ("3h(d+h+2)", "three-blocks"), ("4h(d+h+1)", "one-bias"), ("4(dh+h²)", "no-bias"),
        ("4h(d+2)", "no-recurrent-weights"), ("4h(h+2)", "no-input-weights"),
        ("4d(d+h+2)", "sizes-swapped"), ("5h(d+h+2)", "cell-as-block"), ("4h(d+h+2)+2h", "states-counted"),
        ("4h(d+h+2)+3h", "peepholes"), ("6h(d+h+2)", None), ("d", None),
    ],
)  # fmt: skip
def test_the_mistakes_of_the_engine_are_recognised(typed: str, mistake: str | None) -> None:
    for sizes in ({"d": 10, "h": 24}, {"d": 16, "h": 16}):  # the second makes some coincide
        told = verdict(posed(ENGINE, **sizes), typed)
        assert (told.diagnosis and told.diagnosis.mistake) == mistake


def test_a_value_that_a_mistake_has_by_accident_is_not_that_mistake() -> None:
    card = posed(ENGINE, d=10, h=24)  # three blocks are 2,592 here
    told = verdict(card, "108h")
    assert told.diagnosis is None


def test_the_labels_of_the_engine_tell_what_is_missing() -> None:
    card = posed(ENGINE, d=10, h=24)
    assert "`weight_ih_l0`. With" in str(verdict(card, "4h(h+2)").difference)
    assert "`bias_ih_l0` or `bias_hh_l0`" in str(verdict(card, "4h(d+h+1)").difference)
    assert "`bias_ih_l0` and `bias_hh_l0`" in str(verdict(card, "4h(d+h)").difference)


def test_a_mistake_in_the_authors_words_goes_before_the_engines() -> None:
    mistakes = [{"id": "three-blocks", "formula": "3h(d+h+2)", "say": "In my words."}]
    told = verdict(posed(ENGINE | {"mistakes": mistakes}), "3h(d+h+2)")
    assert told.diagnosis is not None
    assert str(told.diagnosis.message) == "In my words."


def test_the_engine_is_asked_at_distinct_numbers_that_do_not_depend_on_the_card() -> None:
    draws = posed(ENGINE, 1).draws
    assert draws is not None
    numbers = [tuple(draw.values.values()) for draw in draws.draws]
    assert len(set(numbers)) == len(numbers) >= 5
    assert draws == posed(ENGINE, 2).draws
    few = EngineDraws(
        formula(**(ENGINE | {"draw": {"d": {"choose": [8]}, "h": {"choose": [16]}}})), "lstm"
    )
    assert len(few.draws) >= 5


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type a formula in d, h."), ("q", "the names are d, h"), ("4H", "(did you mean `h`?)"),
        ("1/2h", "two ways"), ("(4h", "not closed"), ("4,5h", "1,024"), ("h\x1b[31m", "invisible"),
        ("h\u202e", "invisible"), ("h" * 10**6, "longer than 200"), ("9**9**9h", "too large"), ("9**9**9", "not its value"),
        ("(h+d)^3000", "too large"), ("h/0", "division by zero"), ("3360", "not its value"),
        ("exp(h)", "needs no `exp`"), ("h/(d-d)", "division by zero"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_asked_again(typed: str, said: str) -> None:
    problem = parse(posed(PLAIN), typed)
    assert isinstance(problem, FormatError)
    assert said in str(problem.message)


def test_functions_that_the_question_allows() -> None:
    card = posed(SCORE)
    for text in ["q/√d_k", "q d_k^(-1/2)", "q·d_k^-0.5", "√(q²/d_k)", "qd_k/(√d_k)^3"]:
        assert verdict(card, text).right, text
    told = verdict(card, "2q/√d_k")
    assert "Yours is $2$ times the right one" in str(told.difference)
    assert not verdict(card, "q/d_k").right


MANY = "+".join(f"exp({k}q)" for k in range(1, 12))  # as many functions as algebra tells apart


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        (f"q*d_k^(-1/2) + 0*({MANY})", True),
        (f"2q*d_k^(-1/2) + 0*({MANY})", False),
        (f"{MANY}+exp(12q)", False),
    ],
)
def test_what_is_too_large_only_beside_the_answer_is_judged_by_its_values(
    typed: str, right: bool
) -> None:
    assert verdict(posed(SCORE), typed).right is right
    with pytest.raises(FormulaError, match="too large"):
        compare(parse_known(typed, posed(SCORE).vocabulary), posed(SCORE).answer)


@pytest.mark.parametrize("typed", [f"{MANY}+exp(12q)", f"{MANY}+exp(12q)+exp(13q)", "q/(q+1)^99"])
def test_whether_a_formula_can_be_read_says_nothing_about_the_answer(typed: str) -> None:
    answers = [posed(SCORE | {"answer": answer}) for answer in ("q", "q/sqrt(d_k)", "exp(-q)")]
    readings = [parse(card, typed) for card in answers]
    assert readings[0] == readings[1] == readings[2]


def test_the_preview_reads_and_does_not_judge() -> None:
    card = posed(PLAIN, d=10, h=24)
    right, wrong = read(card, "4h(d+h+1)"), read(card, "h/(d-10)")
    assert not isinstance(right, FormatError)
    assert not isinstance(wrong, FormatError)
    assert understood(card, right).value == "3,360"
    assert understood(card, wrong).value is None
    assert isinstance(read(card, "4h(d+"), FormatError)


def test_an_answer_that_is_not_the_engines_cannot_be_posed() -> None:
    with pytest.raises(PoseError, match=r"but `lstm\.total` is"):
        posed(ENGINE | {"answer": "4h(d+h+1)"})
    with pytest.raises(PoseError, match="division by zero"):
        posed({"draw": {"d": {"choose": [8]}}, "answer": "1/(d-8)"})


def test_an_inexact_answer_may_equal_another() -> None:
    fields = {
        "draw": {"d": {"from": 0.5, "to": 2, "step": 0.1}},
        "functions": ["exp", "tanh"],
        "compute": {"t": {"value": "tanh(d)"}},
        "answer": "(e^d - e^(-d))/(e^d + e^(-d))",
        "equals": "t",
    }
    assert verdict(posed(fields), "tanh(d)").right
    assert verdict(posed(fields), "1 - 2/(exp(2d)+1)").right


@pytest.mark.parametrize(
    ("fields", "where", "said"),
    [
        ({"answer": "4hq"}, ("answer",), "not a name here"),
        ({"answer": "4h("}, ("answer",), "not closed"),
        ({"answer": "1/(d-d)"}, ("answer",), "division by zero"),
        ({"answer": "(d+h+1)^40"}, ("answer",), "too large"),
        ({"answer": "log(h)"}, ("answer",), "needs no `log`"),
        ({"draw": {}}, (), "needs names"),
        ({"draw": {f"n{i}": {"choose": [1]} for i in range(10_000)}}, ("draw",), "10000 names"),
        ({"draw": {"d": {"choose": [1]}, "h": {"choose": [1]}, "dh": {"choose": [1]}}}, ("draw", "dh"), "reads like d · h"),
        ({"draw": {"d": {"choose": [1]}, "h": {"choose": [1]}, "exp": {"choose": [1]}}}, ("draw", "exp"), "is a function"),
        ({"mistakes": [{"id": "a", "formula": "4dh + 4h² + 4h", "say": "No."}]}, ("mistakes", 0, "formula"), "the answer itself"),
        ({"mistakes": [{"id": "a", "formula": "h", "say": "No."}, {"id": "b", "formula": "h*d/d", "say": "No."}]}, ("mistakes", 1, "formula"), "`a` and `b` coincide"),
        ({"terms": [{"formula": "1/(d-d)", "say": "x"}]}, ("terms", 0, "formula"), "division by zero"),
        ({"terms": [{"formula": "4w", "say": "the weights"}]}, ("terms", 0, "formula"), "not a name here"),
    ],
)  # fmt: skip
def test_what_an_author_is_told(
    fields: dict[str, Any], where: tuple[object, ...], said: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        formula(**(PLAIN | fields))
    context = caught.value.errors()[0]["ctx"]
    assert context["where"] == where
    assert said in str(context["message"])


def test_no_hint_is_the_answer() -> None:
    card = posed(ENGINE)
    assert card.solution is not None
    assert card.hints == ()
