from __future__ import annotations

import pytest

from tutor.text.particles import resolve_particles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("값은(는)", "값은"), ("게이트은(는)", "게이트는"),
        ("10은(는)", "10은"), ("2이(가)", "2가"), ("16을(를)", "16을"), ("3과(와)", "3과"),
        ("3,000(으)로", "3,000으로"), ("24(으)로", "24로"), ("7(으)로", "7로"), ("물(으)로", "물로"),
        ("0.25은(는)", "0.25는"), ("1000000000000이(가)", "1000000000000가"), ("0을(를)", "0을"),
        ("LSTM은(는)", "LSTM은"), ("GRU은(는)", "GRU는"), ("h을(를)", "h를"),
        ("$h_t$을(를)", "$h_t$를"), ("σ이(가)", "σ가"), ("d²은(는)", "d²은"),
        ("게이트(gate)이(가)", "게이트(gate)가"), ("'망각'은(는)", "'망각'은"),
        ("**10**이(가)", "**10**이"), ("3(이)다", "3이다"), ("2(이)다", "2다"),
        (r"$2.9 \times 10^{-5}$은(는)", r"$2.9 \times 10^{-5}$은"), ("$w^2$이(가)", "$w^2$이"),
        ("$0.9^T$(으)로", "$0.9^T$으로"), ("$x^{2}_i$를", "$x^{2}_i$를"),
        ("`layer_norm((4, 8))`은(는)", "`layer_norm((4, 8))`은"),
        ("함수(function)", "함수(function)"), ("(으)로 시작", "(으)로 시작"),
    ],
)  # fmt: skip
def test_the_particle_fits_the_word_as_it_is_read(text: str, expected: str) -> None:
    assert resolve_particles(text) == expected
