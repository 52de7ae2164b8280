from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.grading.gaps import gap_matches, is_word


@pytest.mark.parametrize(
    ("typed", "accepted", "ok"),
    [
        ("Sigmoid", ["sigmoid", "σ"], True), ("σ", ["sigmoid", "σ"], True), ("softmax", ["σ"], False),
        ("\\sigma", ["σ"], True), ("sigma", ["$\\sigma$"], True), ("H", ["h"], False), ("h", ["h"], True),
        ("w", ["W"], False), ("h_{t-1}", ["h_t-1"], True), ("hₜ", ["$h_t$"], True), ("h_T", ["h_t"], False),
        ("은닉상태", ["은닉 상태"], True), ("은닉  상태", ["은닉 상태"], True), ("셀 상태", ["은닉 상태"], False),
        ("feed forward", ["feed-forward"], True), ("LSTM", ["lstm"], True), ("ar", ["AR"], False),
        (".25", ["0.25"], True), ("1/4", ["0.25"], True), ("1,024", ["1024"], True), ("", ["h"], False),
        ("T(T+1)/2", ["$T(T+1)/2$"], True),
    ],
)  # fmt: skip
def test_words_are_forgiven_and_symbols_are_not(typed: str, accepted: list[str], ok: bool) -> None:
    assert gap_matches(typed, accepted) is ok


@given(st.text(max_size=30), st.text(min_size=1, max_size=30))
def test_no_text_raises(typed: str, accepted: str) -> None:
    assert (
        gap_matches(accepted, [accepted])
        or not is_word(accepted)
        or not accepted.strip(" \n\t.。$-")
    )
    gap_matches(typed, [accepted])
