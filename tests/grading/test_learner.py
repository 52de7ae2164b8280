from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.grading.ways import KNOWN, WITH_FUNCTIONS
from tutor.grading.formula import parse_formula
from tutor.grading.learner import MAX_TYPED, parse_typed
from tutor.grading.tokens import FormulaError
from tutor.grading.vocabulary import Vocabulary, clash, readings_of

VALUES = {"d": 10, "h": 24, "T": 7, "d_k": 5}


def refusal(text: str, vocabulary: Vocabulary = KNOWN) -> str:
    with pytest.raises(FormulaError) as caught:
        parse_typed(text, vocabulary)
    assert 0 <= caught.value.offset <= len(text)
    return str(caught.value.message).replace("\\", "")  # as it is shown


@pytest.mark.parametrize(
    ("typed", "explicit"),
    [
        ("4(dh + h^2 + h)", "4*(d*h + h^2 + h)"), ("4h(d+h+1)", "4*h*(d+h+1)"),
        ("4·(d×h + h² + h)", "4*(d*h+h^2+h)"), ("4 ⊙ d⊙h", "4*d*h"), ("4*d*h+4*h**2+4*h", "4*d*h+4*h^2+4*h"),
        ("dh²", "d*h^2"), ("4dh", "4*d*h"), ("(d+1)(h+1)", "(d+1)*(h+1)"), ("2h", "2*h"),
        ("(d+h)²", "(d+h)^2"), ("d_kh", "d_k*h"), ("4dd_k", "4*d*d_k"), ("dₖ", "d_k"),
        ("１２ｈ（ｄ＋１）", "12*h*(d+1)"), ("1,024h", "1024*h"), ("1_024h", "1024*h"),
        ("1 024h", "1024*h"), ("h^2 d", "h^2*d"), ("h^2d", "h^2*d"), ("0.5h", "0.5*h"),
        ("4 x h x d", "4*h*d"), ("4[h(d+h)+h]", "4*(h*(d+h)+h)"), ("{h}d", "h*d"),
        ("50%h", "50%*h"), ("2^-h", "2^-h"), ("-dh", "-d*h"), ("h⁻¹", "h^-1"),
        (r"4 \cdot h \times d", "4*h*d"), ("4ℎ𝑑", "4*h*d"), ("d\u00a0h", "d*h"),
        ("hd/T", "h*d/T"), ("d/h*T", "d/h*T"), ("2h²(d+h)²", "2*h^2*(d+h)^2"),
    ],
)  # fmt: skip
def test_what_learners_type_is_read_as_they_mean_it(typed: str, explicit: str) -> None:
    meant = parse_formula(explicit).evaluate(VALUES.__getitem__)
    assert parse_typed(typed, KNOWN).evaluate(VALUES.__getitem__) == meant


@pytest.mark.parametrize(
    ("typed", "explicit"),
    [
        ("√h", "sqrt(h)"), ("√(h)d", "sqrt(h)*d"), ("ln(h)", "log(h)"), ("e^(-h)", "exp(1)^(-h)"),
        ("2exp(-d)", "2*exp(-d)"), ("htanh(d)", "h*tanh(d)"), ("2e^h", "2*exp(1)^h"),
        ("√√16", "2"), ("3e2h", "300*h"),
    ],
)  # fmt: skip
def test_functions_that_a_question_allows(typed: str, explicit: str) -> None:
    meant = parse_formula(explicit).evaluate(VALUES.__getitem__)
    assert parse_typed(typed, WITH_FUNCTIONS).evaluate(VALUES.__getitem__) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("4q", "`q` is not a name here; the names are d, h, T, d_k"),
        ("4H", "(did you mean `h`?)"), ("DH", "(did you mean `dh`?)"), ("t", "(did you mean `T`?)"),
        ("dk", "(did you mean `d_k`?)"), ("1/2h", "two ways"), ("h/2(d+1)", "two ways"),
        ("1/2 h", "two ways"), ("h2", "`h^2` for a power"), ("2 3", "two numbers"),
        ("(d+1)2", "`2` after a name or a bracket"), ("h 2", "`2` after"),
        ("(d+h", "not closed"), ("d+h)", "closes no bracket"), ("[d)", "closes no bracket"),
        ("4,5h", "1,024"), ("1,02,4", "1,024"), ("d;h", "1,024"), ("= 4h", "without `=`"),
        ("n = 4h", "without `=`"), ("4h(q) = y", "without `=`"), ("h = 4", "without `=`"), ("log(h)", "needs no `log`"),
        ("√h", "needs no `√`"), ("", "ends too early"), ("4*", "ends too early"),
        ("²", "has no place"), ("h^^2", "has no place"), ("h..d", "has no place"),
        ("d" * 201, "longer than 200"), ("(" * 200, "not closed"), ("-" * 100, "too deeply"), ("+" * 200, "too long"),
        ("__import__('os')", "is not a name"), ("h.real", "`.` has no place"), ("h!", "`!` has no"),
        ("٣h", "has no place"), ("2^" * 50 + "2", "too deeply"), ("(" * 40 + "h" + ")" * 40, "too deeply"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_asked_about(typed: str, said: str) -> None:
    assert said in refusal(typed)


def test_a_function_without_brackets_is_asked_about() -> None:
    assert "needs brackets: tanh(…)" in refusal("tanh h", WITH_FUNCTIONS)


def test_a_word_of_two_readings_is_asked_about() -> None:
    said = refusal("abc", Vocabulary(("a", "ab", "bc", "c")))
    assert "`a*bc`" in said
    assert "`ab*c`" in said
    known = Vocabulary(("a", "ab", "bc", "c"))
    assert parse_typed("a bc", known).names == {"a", "bc"}


def test_a_name_e_is_that_name() -> None:
    known = Vocabulary(("e", "h"), frozenset({"exp"}))
    assert parse_typed("2e+3", known).evaluate({"e": 5}.__getitem__) == 13
    assert parse_typed("2e3", Vocabulary(("h",))).evaluate({}.__getitem__) == 2000


@pytest.mark.parametrize(
    ("names", "clashing"),
    [
        (("d", "k", "dk"), "dk"), (("d", "h", "d_k"), None), (("log",), "log"), (("aa", "a"), "aa"),
        (("x", "y"), None),
    ],
)  # fmt: skip
def test_names_that_read_like_products_clash(names: tuple[str, ...], clashing: str | None) -> None:
    found = clash(names)
    assert (found and found[0]) == clashing


@given(st.lists(st.sampled_from(["d", "h", "dh", "hd"]), max_size=12))
def test_two_readings_at_most_are_looked_for(parts: list[str]) -> None:
    word = "".join(parts)
    readings = readings_of(word, ("d", "h", "dh", "hd"))
    assert len(readings) <= 2
    assert all("".join(reading) == word for reading in readings)
    assert not parts or readings


@given(st.text(max_size=MAX_TYPED))
def test_any_text_is_a_formula_or_a_formula_error(text: str) -> None:
    try:
        parse_typed(text, WITH_FUNCTIONS)
    except FormulaError as error:
        assert 0 <= error.offset <= len(text)
        assert len(str(error.message)) < 300


@given(st.text(alphabet="dhTk_²√e,.()[]+-*/^% 0123456789ₖ=x", max_size=60))
def test_nearly_formulas_are_formulas_or_formula_errors(text: str) -> None:
    try:
        parse_typed(text, WITH_FUNCTIONS).evaluate(VALUES.__getitem__)
    except FormulaError as error:
        assert 0 <= error.offset <= len(text)
