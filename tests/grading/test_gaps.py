from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.grading.gaps import same_form


@pytest.mark.parametrize(
    ("typed", "accepted", "ok"),
    [
        ("Sigmoid", ["sigmoid", "σ"], True), ("σ", ["sigmoid", "σ"], True), ("softmax", ["σ"], False),
        ("\\sigma", ["σ"], True), ("sigma", ["$\\sigma$"], True), ("H", ["h"], False), ("h", ["h"], True),
        ("w", ["W"], False), ("h_{t-1}", ["h_t-1"], True), ("hₜ", ["$h_t$"], True), ("h_T", ["h_t"], False),
        ("은닉상태", ["은닉 상태"], True), ("은닉  상태", ["은닉 상태"], True), ("셀 상태", ["은닉 상태"], False),
        ("feed forward", ["feed-forward"], True), ("LSTM", ["lstm"], True), ("ar", ["AR"], False),
        (".25", ["0.25"], True), ("1/4", ["0.25"], True), ("1,024", ["1024"], True), ("", ["h"], False),
        ("T(T+1)/2", ["$T(T+1)/2$"], True), ("Seq2Seq", ["seq2seq"], True), ("w_ih", ["W_ih"], False),
        ("“the sigmoid”", ["sigmoid"], True), ("ｓｉｇｍｏｉｄ", ["sigmoid"], True), ("Ｈ", ["H"], True),
        ("은닉 상태", ["은닉 상태"], True), ("feed_forward", ["feed-forward"], True),
        ("784개", ["784"], True), ("784 parameters", ["784"], True), ("1,024 개의 값", ["1024"], True),
        ("2^10개입니다", ["1024"], True), ("783개", ["784"], False), ("784만", ["784"], False),
        ("784만 개", ["784"], False), ("784k", ["784"], False), ("4h", ["4"], False), ("4σ", ["4"], False),
        ("4 million", ["4"], False), ("4 이상", ["4"], False), ("4가 아니다", ["4"], False),
        ("8 × 32", ["32 × 8"], False), ("−3", ["-3"], True), ("2^10", ["1e3"], False),
        ("10^-3", ["0.001"], True), ("10 ms", ["10 ms"], True), ("10 s", ["10 ms"], False), ("25퍼센트", ["25"], False),
        ("3 squared", ["3"], False), ("3개 더하기 1", ["3"], False),
    ],
)  # fmt: skip
def test_words_are_forgiven_and_symbols_are_not(typed: str, accepted: list[str], ok: bool) -> None:
    assert any(same_form(typed, form) for form in accepted) is ok


@given(st.text(max_size=30), st.text(min_size=1, max_size=30))
def test_no_text_raises(typed: str, accepted: str) -> None:
    assert same_form(accepted, accepted)
    same_form(typed, accepted)
