"""Worked sequence models: values, mistakes, words, what is refused."""

import math
import re
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine import EngineError, compute
from tutor.engine.worked import Worked
from tutor.text import maths
from tutor.text.speaker import ENGLISH

P = [[0.9, 0.1], [0.5, 0.5]]
FIBONACCI = [1, 1, 2, 3, 5, 8, 13, 21]

CASES: list[tuple[str, dict[str, Any], float, dict[str, float]]] = [
    ("ar_forecast", {"coefficients": [0.5, 0.2], "history": [1, 2, 4], "intercept": 0.1, "step": 3, "future": [3, 3]}, 1.675, {
        "lags-reversed": 1.546, "intercept-forgotten": 1.48, "true-values-read": 2.2, "one-step": 2.5,
        "one-step-too-far": 1.3675, "last-value-repeated": 4,
    }),
    ("ar_forecast", {"coefficients": [1, 1], "history": [5, 8]}, 13, {"one-step-too-far": 21, "last-value-repeated": 8}),
    ("ar_root", {"coefficients": [1, 1]}, (1 + 5**0.5) / 2, {
        "reciprocal-root": (5**0.5 - 1) / 2, "coefficients-summed": 2, "largest-coefficient": 1,
    }),
    ("ar_root", {"coefficients": [-0.5]}, 0.5, {"reciprocal-root": 2}),
    ("ar_root", {"coefficients": [0.5, -0.3]}, 0.3**0.5, {
        "reciprocal-root": 0.3**-0.5, "coefficients-summed": 0.2, "largest-coefficient": 0.5,
        "signs-flipped": 0.25 + 0.3625**0.5,
    }),
    ("markov_probability", {"sequence": "ABAAB", "state": "B", "given": "A"}, 2 / 3, {
        "joint-probability": 0.5, "divided-by-length": 0.4, "condition-swapped": 1,
    }),
    ("markov_probability", {"sequence": "ABAABA", "state": "B", "given": "A", "smoothing": 1}, 0.6, {
        "smoothing-forgotten": 2 / 3, "smoothing-once": 0.75, "joint-probability": 0.4,
        "last-symbol-counted": 0.5, "divided-by-length": 1 / 3, "condition-swapped": 1,
    }),
    ("markov_distribution", {"P": P, "start": [1, 0], "steps": 3, "state": 2}, 0.156, {
        "left-and-right": 0.78, "one-step": 0.1, "entry-to-the-power": 0.001, "one-step-short": 0.14,
        "one-step-too-far": 0.1624, "start-kept": 0, "long-run": 1 / 6,
    }),
    ("markov_stationary", {"P": P}, 5 / 6, {
        "stays-as-share": 0.9, "left-and-right": 0.5, "average-of-rows": 0.7, "states-swapped": 1 / 6, "two-steps": 0.86,
    }),
    ("markov_stationary", {"P": [[0, 1], [1, 0]], "state": 2}, 0.5, {"stays-as-share": 0, "row-as-distribution": 1}),
    ("sequence_probability", {"P": P, "start": [0.5, 0.5], "sequence": [1, 1, 2, 2]}, 0.0225, {
        "start-forgotten": 0.045, "left-and-right": 0.1125, "last-step-only": 0.25, "independent": 0.0625,
        "added": 2, "any-path": 0.188,
    }),
    ("latent_ar", {"series": [2, 4, 0], "w_h": 0.5}, 2.5, {
        "one-step-short": 5, "state-forgotten": 0, "weights-swapped": 3,
    }),
    ("latent_ar", {"series": [1], "w_h": 0.5, "w_x": 2, "w_out": 3, "activation": "tanh", "start": 1}, 3 * math.tanh(2.5), {
        "one-step-short": 3, "state-as-prediction": math.tanh(2.5), "state-forgotten": 3 * math.tanh(2),
        "weights-swapped": 3 * math.tanh(2.5), "tanh-forgotten": 7.5,
    }),
    ("ar_fit", {"series": FIBONACCI, "order": 2, "lag": 1, "intercept": False}, 1, {"autocorrelation": 0.5134120171673819}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "args", "total", "mistakes"), CASES, ids=lambda v: v if isinstance(v, str) else ""
)
def test_values_and_mistakes(
    name: str, args: dict[str, Any], total: float, mistakes: dict[str, float]
) -> None:
    worked = compute(name, args)
    assert worked.total == pytest.approx(total, rel=1e-12)
    told = {key: value for key, value in mistakes.items() if abs(value - total) > 1e-6}
    assert {m.id: m.value for m in worked.mistakes} == pytest.approx(told, rel=1e-9, abs=1e-12)
    said(worked)


def said(worked: Worked) -> None:
    """Check that everything can be said, and that values are apart."""
    words = [ENGLISH.say(step.text) for step in worked.steps]
    words += [ENGLISH.say(mistake.message) for mistake in worked.mistakes]
    words += [f"${tex}$" for term in worked.terms for tex in (term.symbol, term.substituted)]
    words += [f"${worked.formula}$", f"${worked.substituted}$"]
    words += [str(term.label) for term in worked.terms]
    assert all(step for step in words)
    for text in words:
        assert "!" not in text
        for tex in re.findall(r"\$([^$]+)\$", text):
            maths.inline(maths.parse(tex))
    if isinstance(worked.total, tuple):
        return
    values = [worked.total, *(mistake.value for mistake in worked.mistakes)]
    assert all(math.isfinite(value) for value in values)
    assert all(abs(a - b) > 1e-6 for a, b in combinations(values, 2))


real = st.floats(-3, 3).map(lambda value: round(value, 3))
decimals = st.integers(0, 100).map(lambda n: n / 100)


@st.composite
def two_states(draw: st.DrawFn) -> list[list[float]]:
    stay, back = draw(decimals), draw(decimals)
    return [[stay, round(1 - stay, 2)], [back, round(1 - back, 2)]]


@given(
    st.lists(real, min_size=1, max_size=5),
    st.lists(real, min_size=5, max_size=9),
    real,
    st.integers(1, 40),
)
def test_forecasts_can_be_said(
    phi: list[float], history: list[float], intercept: float, step: int
) -> None:
    args = {
        "coefficients": phi,
        "history": history,
        "intercept": intercept,
        "step": step,
        "future": history,
    }
    said(compute("ar_forecast", args))
    said(compute("ar_root", {"coefficients": phi}))


@given(
    st.lists(real, min_size=1, max_size=9), real, real, real, st.sampled_from(("identity", "tanh"))
)
def test_latent_states_can_be_said(
    series: list[float], w_h: float, w_x: float, w_out: float, activation: str
) -> None:
    said(
        compute(
            "latent_ar",
            {
                "series": series,
                "w_h": w_h,
                "w_x": w_x,
                "w_out": w_out,
                "bias": 0.5,
                "activation": activation,
            },
        )
    )


@given(two_states(), st.integers(1, 9), st.lists(st.integers(1, 2), min_size=2, max_size=8))
def test_chains_can_be_said(rows: list[list[float]], steps: int, path: list[int]) -> None:
    said(compute("markov_distribution", {"P": rows, "start": [0.25, 0.75], "steps": steps}))
    said(compute("sequence_probability", {"P": rows, "start": [0.25, 0.75], "sequence": path}))
    if rows != [[1, 0], [0, 1]]:
        worked = compute("markov_stationary", {"P": rows})
        said(worked)
        a, b = Fraction(str(rows[0][1])), Fraction(str(rows[1][0]))
        assert worked.total == float(b / (a + b))


@given(st.text("ABC가", min_size=2, max_size=30), st.integers(0, 2))
def test_estimates_can_be_said(text: str, smoothing: int) -> None:
    if smoothing or text[0] in text[:-1]:
        said(
            compute(
                "markov_probability",
                {"sequence": text, "state": text[1], "given": text[0], "smoothing": smoothing},
            )
        )


def test_fits_are_arrays_or_one_coefficient() -> None:
    args = {"series": [1, 3, 2, 5, 4, 6, 5, 9], "order": 2}
    whole = compute("ar_fit", args)
    assert isinstance(whole.total, tuple)
    said(whole)
    terms = {term.id: term.value for term in whole.terms}
    assert whole.total == (terms["phi_1"], terms["phi_2"])
    assert set(terms) == {"phi_1", "phi_2", "intercept", "sigma2"}
    second = compute("ar_fit", {**args, "lag": 2})
    said(second)
    assert second.total == terms["phi_2"]
    mistakes = {mistake.id: mistake.value for mistake in second.mistakes}
    assert mistakes["lags-reversed"] == terms["phi_1"]
    without = compute("ar_fit", {**args, "lag": 2, "intercept": False})
    assert mistakes["intercept-forgotten"] == without.total
    assert {m.id: m.value for m in without.mistakes}["intercept-added"] == second.total


def test_terms_hold_the_way() -> None:
    forecast = compute("ar_forecast", {"coefficients": [1, 1], "history": [1, 1], "step": 4})
    assert [term.value for term in forecast.terms] == [2, 3, 5, 8]
    assert all(type(term.value) is int for term in forecast.terms)
    state = compute("latent_ar", {"series": [2, 4, 0], "w_h": 0.5})
    assert {term.id: term.value for term in state.terms} == {
        "forecast": 2.5,
        "h_1": 0,
        "h_2": 2,
        "h_3": 5,
        "h_4": 2.5,
    }
    pi = compute("markov_stationary", {"P": P})
    assert [term.id for term in pi.terms] == ["pi_1", "pi_2"]


def words(worked: Worked) -> str:
    """Return all lines and the messages of all mistakes."""
    said(worked)
    lines = [ENGLISH.say(step.text) for step in worked.steps]
    return "\n".join(lines + [ENGLISH.say(mistake.message) for mistake in worked.mistakes])


@pytest.mark.parametrize(
    ("phi", "moduli"),
    [
        ([3, -3, 1], [1, 1, 1]),
        ([4, -6, 4, -1], [1, 1, 1, 1]),
        ([1.5, -0.75, 0.125], [0.5, 0.5, 0.5]),
        ([0.2, -0.01], [0.1, 0.1]),
        ([0, 2, 0, -1], [1, 1, 1, 1]),
        ([2, -1, 0, 0], [1, 1, 0, 0]),
        ([1.7, -0.8, 0.1], [1, 0.5, 0.2]),
        ([0, 0], [0, 0]),
    ],
)
def test_repeated_roots_keep_their_digits(phi: list[float], moduli: list[float]) -> None:
    worked = compute("ar_root", {"coefficients": phi})
    found = [term.value for term in worked.terms if term.id.startswith("modulus")]
    assert found == pytest.approx(moduli, rel=0, abs=1e-12)
    assert worked.total == moduli[0]
    place = {True: "below 1", False: "on the unit circle"}[moduli[0] < 1]
    assert place in words(worked)


@given(st.lists(st.sampled_from((-1.25, -1, -0.5, 0, 0.2, 0.5, 1, 1.1)), min_size=1, max_size=6))
def test_roots_are_those_the_polynomial_was_made_of(chosen: list[float]) -> None:
    product = [Fraction(1)]
    for root in map(Fraction, map(str, chosen)):
        shifted = [*product, Fraction(0)]
        product = [a - root * b for a, b in zip(shifted, [Fraction(0), *product], strict=True)]
    worked = compute("ar_root", {"coefficients": [float(-value) for value in product[1:]]})
    terms = {term.id: term.value for term in worked.terms}
    real = [terms[f"real_{k}"] for k in range(1, len(chosen) + 1)]
    assert sorted(real) == pytest.approx(sorted(chosen), rel=0, abs=1e-9)


def test_a_fit_of_one_lag_does_not_speak_of_several() -> None:
    args = {"series": [1, 3, 2, 5, 4, 6, 5, 9], "lag": 1}
    one = words(compute("ar_fit", {**args, "order": 1}))
    assert "the one before it" in one
    assert "all lags together" not in one
    assert "is the autocorrelation at lag 1" in one
    two = words(compute("ar_fit", {**args, "order": 2}))
    assert "the 2 before it" in two
    assert "is the autocorrelation at lag 1. Least squares fits the coefficients of all" in two
    assert "1 unknowns" not in words(compute("ar_fit", {**args, "order": 1, "intercept": False}))
    with pytest.raises(EngineError, match="1 equation for 2 unknowns"):
        compute("ar_fit", {"series": [1, 2, 4], "order": 2, "intercept": False})


@pytest.mark.parametrize("series", [[3, 3, 3, 3, 5], [0, 0, 0, 2]])
def test_a_series_that_moves_at_its_end_is_not_called_constant(series: list[float]) -> None:
    with pytest.raises(EngineError, match="does not change before its last value") as caught:
        compute("ar_fit", {"series": series, "order": 1})
    assert caught.value.argument == "series"


def test_a_forecast_that_outgrows_a_float_says_by_which_step() -> None:
    args = {"coefficients": [1e6], "history": [1e6]}
    assert compute("ar_forecast", {**args, "step": 50}).total
    with pytest.raises(EngineError, match="by step 51"):
        compute("ar_forecast", {**args, "step": 51})


def test_periodic_chains_are_not_said_to_tend() -> None:
    periodic = [[0, 1, 0], [0.25, 0, 0.75], [0, 1, 0]]
    stationary = words(compute("markov_stationary", {"P": periodic, "state": 2}))
    assert "The chain is periodic" in stationary
    for claim in ("tends to is", "long run is"):
        assert claim not in stationary
    later = words(
        compute("markov_distribution", {"P": periodic, "start": [1, 0, 0], "steps": 1, "state": 1})
    )
    assert "is the share of time in the long run. The question is the share at step 1." in later


@pytest.mark.parametrize(
    ("name", "args", "argument", "words"),
    [
        ("ar_fit", {"series": [2, 2, 2, 2, 2], "order": 1}, "series", "constant"),
        ("ar_fit", {"series": [1, 2, 4, 8, 16, 32], "order": 2}, "order", "linearly"),
        ("ar_fit", {"series": [1, 2, 4, 8], "order": 3}, "series", "too few"),
        ("ar_fit", {"series": FIBONACCI, "order": 2, "lag": 3}, "lag", "`3`"),
        ("ar_fit", {"series": FIBONACCI, "order": 0}, "order", "`0`"),
        ("ar_fit", {"series": [1, math.nan, 2], "order": 1}, "series", "nan"),
        ("ar_forecast", {"coefficients": [1, 1], "history": [1]}, "history", "is 1."),
        ("ar_forecast", {"coefficients": [1e6], "history": [1e6], "step": 100}, "step", "outgrows"),
        ("ar_forecast", {"coefficients": [1], "history": [1], "step": 10**12}, "step", "`1000000000000`"),
        ("ar_forecast", {"coefficients": [], "history": [1]}, "coefficients", "`()`"),
        ("ar_root", {"coefficients": [math.inf]}, "coefficients", "inf"),
        ("markov_probability", {"sequence": "A", "state": "A", "given": "A"}, "sequence", "length is 1."),
        ("markov_probability", {"sequence": 5, "state": "A", "given": "A"}, "sequence", "not text"),
        ("markov_probability", {"sequence": "A$B", "state": "A", "given": "A"}, "sequence", "no letter"),
        ("markov_probability", {"sequence": "AAB", "state": "C", "given": "A"}, "state", "`C`"),
        ("markov_probability", {"sequence": "AAB", "state": "A", "given": "B"}, "given", "followed by nothing"),
        ("markov_probability", {"sequence": "AAB", "state": "AB", "given": "A"}, "state", "one letter"),
        ("markov_distribution", {"P": P, "start": [1, 1], "steps": 1}, "start", "sums to 2"),
        ("markov_distribution", {"P": P, "start": [1], "steps": 1}, "start", "is 1."),
        ("markov_distribution", {"P": P, "start": [1, 0], "steps": 0}, "steps", "`0`"),
        ("markov_distribution", {"P": P, "start": [1, 0], "steps": 1, "state": 3}, "state", "`3`"),
        ("markov_stationary", {"P": [[1, 0], [0, 1]]}, "P", "{1} · {2}"),
        ("markov_stationary", {"P": [[0.9, 0.2], [0.5, 0.5]]}, "P", "Row 1 sums to 1.1"),
        ("markov_stationary", {"P": [[0.5, 0.5], [1.2, -0.2]]}, "P", "Row 2 has −0.2 in column 2"),
        ("markov_stationary", {"P": [[0.5, 0.5]]}, "P", "1 × 2"),
        ("markov_stationary", {"P": [[0.5, 0.5], [1]]}, "P", "Row 2 is of length 1"),
        ("markov_stationary", {"P": [[math.nan, 0.5], [1, 0]]}, "P", "nan"),
        ("sequence_probability", {"P": P, "start": [1, 0], "sequence": [1, 3]}, "sequence", "`3`"),
        ("sequence_probability", {"P": P, "start": [1, 0], "sequence": [1]}, "sequence", "(1,)"),
        ("latent_ar", {"series": [1.0] * 64, "w_h": 1e6}, "w_h", "outgrows"),
        ("latent_ar", {"series": [1], "w_h": 1, "activation": "relu"}, "activation", "relu"),
    ],
)  # fmt: skip
def test_refused(name: str, args: dict[str, Any], argument: str, words: str) -> None:
    with pytest.raises(EngineError) as caught:
        compute(name, args)
    assert caught.value.argument == argument
    assert words in str(caught.value.message).replace("\\", "")
    assert caught.value.hint is not None


def test_the_largest_arguments_can_be_said() -> None:
    K = 12
    rows = [[round(0.01 * (j + 1), 2) for j in range(K - 1)] for _ in range(K)]
    chain = [[*row, round(1 - sum(row), 2)] for row in rows]
    start = [0.0] * (K - 1) + [1.0]
    said(compute("markov_distribution", {"P": chain, "start": start, "steps": 256, "state": 12}))
    said(compute("markov_stationary", {"P": chain, "state": 12}))
    said(compute("sequence_probability", {"P": chain, "start": start, "sequence": [12] * 32}))
    phi = [-0.123456] * 12
    history = [123.456789] * 256
    said(
        compute(
            "ar_forecast", {"coefficients": phi, "history": history, "step": 100, "intercept": -0.5}
        )
    )
    said(compute("ar_root", {"coefficients": phi}))
    values = [((7 * k) % 31) * 1.2345 for k in range(256)]
    said(compute("ar_fit", {"series": values, "order": 12, "lag": 12}))
    said(compute("ar_fit", {"series": values, "order": 12}))
    said(
        compute(
            "latent_ar",
            {"series": history[:64], "w_h": -0.987654, "w_x": 1e-6, "activation": "tanh"},
        )
    )
    said(compute("markov_probability", {"sequence": "AB" * 500, "state": "A", "given": "B"}))
