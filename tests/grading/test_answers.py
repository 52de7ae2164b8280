from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tutor.grading.answers import MAX_TYPED, Reading, is_accepted, one_slip, read_answer


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("sigmoid", "sigmoid"), ("Sigmoid.", "sigmoid"), (" the SIGMOID ", "sigmoid"),
        ("forget-gate", "forget gate"), ("forgetgate", "forget gate"), ("망각게이트", "망각 게이트"),
        (unicodedata.normalize("NFD", "망각 게이트"), "망각 게이트"), ("ＬＳＴＭ", "LSTM"),
        ("망각 게이트입니다", "망각 게이트"), ("망각 게이트입니다.", "망각 게이트"),
        ("망각 게이트예요", "망각 게이트"), ("망각 게이트다", "망각 게이트"), ("망각 게이트는", "망각 게이트"),
        ("은닉 상태를", "은닉 상태"), ("미니 배치임", "미니 배치임"), ("내적이다", "내적"), ("내적을", "내적"),
        ("sigmoid입니다", "sigmoid"), ("σ입니다", "σ"), ("LSTM은", "LSTM"), ("784개입니다", "784"),
    ],
)  # fmt: skip
def test_what_is_only_written_differently_is_the_form_itself(typed: str, form: str) -> None:
    assert read_answer(typed, [form]) == Reading(0, form)


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("sigmod", "sigmoid"), ("sigmoiid", "sigmoid"), ("sigmoud", "sigmoid"), ("sigmodi", "sigmoid"),
        ("isgmoid", "sigmoid"), ("forgt gate", "forget gate"), ("forget gaet", "forget gate"),
        ("Forgot-Gate", "forget gate"), ("LSTM networj", "LSTM network"), ("feed forwrd", "feedforward"),
        ("망각 개이트", "망각 게이트"), ("망강 게이트", "망각 게이트"), ("시그모이트", "시그모이드"),
        ("시그모잉드", "시그모이드"), ("소프트맥스입니다", "소프트멕스"), ("망각 ㅔㄱ이트", "망각 게이트"),
        ("seq2seq modle", "seq2seq model"),
    ],
)  # fmt: skip
def test_one_typo_in_a_long_word_is_forgiven(typed: str, form: str) -> None:
    assert read_answer(typed, [form]) == Reading(0, form, typo=True)


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("", "sigmoid"), ("sigmdoi", "sigmoid"), ("sgmod", "sigmoid"), ("softmax", "sigmoid"),  # two
        ("GRU", "RNN"), ("LSTN", "LSTM"), ("GRV", "GRU"), ("CNN cell", "RNN cell"),  # acronyms
        ("ARMA", "ARIMA"), ("ARIMA", "ARMA"), ("top-p sampling", "top-k sampling"), ("tank", "tanh"),
        ("h_s", "h_t"), ("C2", "C1"), ("τ", "σ"), ("1025", "1024"), ("seq3seq", "seq2seq"),
        ("layer2", "layer 1"), ("layer2", "layer"), ("conv layer 2", "conv layer 1"),
        ("past state", "last state"), ("asymmetric", "symmetric"), ("symmetric", "asymmetric"),
        ("영 벡터", "열 벡터"), ("출력", "입력"), ("출력 게이트", "입력 게이트"), ("상대", "상태"),
        ("망각 게이트가 아니다", "망각 게이트"), ("길이", "길"), ("분석가", "분석"), ("입니다", "망각"),
        ("게이트은", "게이트"), ("forget gate input gate", "forget gate"),
    ],
)  # fmt: skip
def test_what_may_mean_something_else_is_not_forgiven(typed: str, form: str) -> None:
    assert read_answer(typed, [form]) is None


def test_another_known_form_is_no_typo_and_what_lies_between_two_is_neither() -> None:
    assert read_answer("casual mask", ["causal mask"], ["casual mask"]) == Reading(1, "casual mask")
    assert not is_accepted("casual mask", ["causal mask"], ["casual mask"])
    assert is_accepted("casual mask", ["causal mask"])
    # one letter from both
    assert read_answer("encodar", ["encoder"], ["encodal"]) is None
    assert read_answer("decodr", ["encoder"], ["decoder"]) == Reading(1, "decoder", typo=True)


def test_the_accepted_forms_come_first() -> None:
    assert read_answer("gate", ["gate"], ["gate"]) == Reading(0, "gate")
    shared = read_answer("forgt gate", ["forget gate"], ["Forget-gate"])
    assert shared == Reading(0, "forget gate", typo=True)


def test_a_long_text_is_no_short_answer() -> None:
    assert read_answer(" " * MAX_TYPED + "sigmoid", ["sigmoid"]) is None


WORDS = st.text(alphabet="abcdefgh", max_size=8)


@given(WORDS, WORDS)
def test_a_slip_is_an_edit_distance_of_one_with_swaps(a: str, b: str) -> None:
    assume(a != b)
    edits = {a[:i] + a[i + 1 :] for i in range(len(a))}
    edits |= {a[:i] + c + a[i:] for i in range(len(a) + 1) for c in "abcdefgh"}
    edits |= {a[:i] + c + a[i + 1 :] for i in range(len(a)) for c in "abcdefgh"}
    edits |= {a[:i] + a[i + 1] + a[i] + a[i + 2 :] for i in range(len(a) - 1)}
    assert one_slip(a, b) == (b in edits) == one_slip(b, a)
    for near in edits - {a}:
        assert one_slip(near, a)


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=30), max_size=3))
def test_no_text_raises(typed: str, forms: list[str]) -> None:
    read_answer(typed, forms, ["forget gate", "망각 게이트", "784", "σ"])
    for form in forms:
        reading = read_answer(form, forms)
        assert reading is not None
        assert not reading.typo
