"""Autoregressions: statsmodels' fits and forecasts, free running, roots, what is refused."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine import EngineError, compute, fibonacci, fit_ar, forecast_ar, noisy_sine
from tutor.engine.sequence import ar, series

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "golden" / "data" / "sequence.json").read_text(encoding="utf-8")
)["autoregressions"]


def test_enough_is_recorded() -> None:
    assert len(CASES) >= 20
    assert {case["trend"] for case in CASES} == {"c", "n"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['order']}{case['trend']}")
def test_agrees_with_statsmodels(case: dict[str, Any]) -> None:
    x = np.array(case["series"])
    fit = fit_ar(x, case["order"], intercept=case["trend"] == "c")
    ours = [fit.intercept, *fit.coefficients] if case["trend"] == "c" else [*fit.coefficients]
    np.testing.assert_allclose(ours, case["params"], rtol=0, atol=1e-12)
    np.testing.assert_allclose(ours, case["ols"], rtol=0, atol=1e-12)
    np.testing.assert_allclose(fit.residuals, case["resid"], rtol=0, atol=1e-12)
    assert fit.sigma2 == pytest.approx(case["sigma2"], rel=0, abs=1e-12)
    size = max(1.0, np.abs(x).max())
    np.testing.assert_allclose(ar.one_step_ar(fit, x), case["one_step"], rtol=0, atol=1e-12 * size)
    # an unstable model doubles a difference in the last digit at every step
    np.testing.assert_allclose(forecast_ar(fit, x, 64), case["forecast"], rtol=1e-10, atol=1e-12)
    theirs = np.array([complex(*root) for root in case["roots"]])
    ours_inverted = 1.0 / ar.ar_roots(fit)
    for root in theirs:
        assert np.abs(ours_inverted - root).min() <= 1e-10 * max(1.0, abs(root))
    assert ar.is_stable(fit) == bool(np.abs(theirs).min() > 1)
    worked = compute("ar_root", {"coefficients": fit.coefficients.tolist()})
    assert worked.total == pytest.approx(1.0 / np.abs(theirs).min(), rel=1e-10)


def test_fibonacci_is_an_ar_of_order_two() -> None:
    fit = fit_ar(fibonacci(12), 2, intercept=False)
    np.testing.assert_allclose(fit.coefficients, [1, 1], atol=1e-12)
    np.testing.assert_allclose(np.abs(ar.ar_roots(fit)), [(1 + 5**0.5) / 2, (5**0.5 - 1) / 2])
    assert not ar.is_stable(fit)
    np.testing.assert_allclose(forecast_ar(fit, [1, 1], 10), fibonacci(12)[2:], rtol=1e-10)
    assert forecast_ar(ar.given_ar([1, 1]), [1, 1], 10).tolist() == fibonacci(12)[2:].tolist()


def test_a_long_free_running_forecast_decays_to_the_mean() -> None:
    x = series.simulate_ar([0.6, -0.3], 400, intercept=1.0, seed=3)
    fit = fit_ar(x, 2)
    forecast = forecast_ar(fit, x, 64)
    assert ar.is_stable(fit)
    assert forecast[-1] == pytest.approx(ar.mean(fit), abs=1e-9)
    assert abs(forecast[0] - ar.mean(fit)) > 1e-3


@given(
    st.lists(st.floats(-0.4, 0.4), min_size=1, max_size=4),
    st.floats(-2, 2),
    st.integers(1, 30),
    st.integers(0, 99),
)
def test_a_series_without_noise_is_forecast(
    phi: list[float], intercept: float, steps: int, seed: int
) -> None:
    start = noisy_sine(len(phi), period=7, seed=seed)
    x = series.simulate_ar(phi, len(phi) + steps, intercept=intercept, sigma=0, start=start)
    model = ar.given_ar(phi, intercept=intercept)
    np.testing.assert_allclose(forecast_ar(model, start, steps), x[len(phi) :], atol=1e-12)
    np.testing.assert_allclose(ar.one_step_ar(model, x)[:-1], x[len(phi) :], atol=1e-12)
    worked = compute(
        "ar_forecast",
        {"coefficients": phi, "intercept": intercept, "history": start.tolist(), "step": steps},
    )
    assert worked.total == pytest.approx(x[-1], abs=1e-9)


@given(st.lists(st.floats(-2, 2), min_size=1, max_size=6))
def test_the_stacked_state_has_the_same_roots(phi: list[float]) -> None:
    model = ar.given_ar(phi)
    A = ar.stacked(model)
    assert A.shape == (len(phi), len(phi))
    for root in np.linalg.eigvals(A):
        value = root ** len(phi) - sum(a * root ** (len(phi) - k) for k, a in enumerate(phi, 1))
        assert abs(value) < 1e-6
    largest = np.abs(np.linalg.eigvals(A)).max()
    assert np.abs(ar.ar_roots(model)[0]) == pytest.approx(
        largest, abs=1e-3
    )  # roots may be multiple
    assert sorted(np.abs(ar.ar_roots(model)), reverse=True) == list(np.abs(ar.ar_roots(model)))


def test_one_step_of_the_stacked_state_is_a_forecast() -> None:
    model = ar.given_ar([0.5, 0.2, -0.1])
    state = ar.stacked(model) @ np.array([3.0, 2.0, 1.0])
    assert state[0] == pytest.approx(forecast_ar(model, [1, 2, 3], 1)[0])
    assert state[1:].tolist() == [3.0, 2.0]


def test_a_double_root_keeps_its_digits() -> None:
    np.testing.assert_array_equal(ar.ar_roots(ar.given_ar([1.0, -0.25])), [0.5, 0.5])


def test_series_come_from_their_seed() -> None:
    assert noisy_sine(50, seed=1).tolist() == noisy_sine(50, seed=1).tolist()
    assert noisy_sine(50, seed=1).tolist() != noisy_sine(50, seed=2).tolist()
    np.testing.assert_allclose(noisy_sine(4, period=4, sigma=0), [1, 0, -1, 0], atol=1e-15)
    assert fibonacci(7).tolist() == [1, 1, 2, 3, 5, 8, 13]
    assert series.pulses(6, period=3).tolist() == [0, 0, 1, 0, 0, 1]
    walk = series.random_walk(20, seed=5)
    np.testing.assert_allclose(fit_ar(np.arange(9.0), 1).coefficients, [1.0], atol=1e-12)
    assert len(walk) == 20


@pytest.mark.parametrize(
    ("values", "order", "argument", "words"),
    [
        ([2.0] * 10, 1, "series", "constant"),
        ([0.0] * 10, 2, "series", "constant"),
        ([1, 2, 3], 2, "series", "too few"),
        ([1.0, 2.0], 5, "series", "too few"),
        ([2.0**k for k in range(12)], 2, "order", "linearly"),
        (list(range(12)), 3, "order", "linearly"),
        ([1, 2, float("nan"), 3, 4, 5], 1, "series", "nan at [2]"),
        ([1, 2, float("inf"), 3, 4, 5], 1, "series", "inf at [2]"),
        ([[1, 2], [3, 4]], 1, "series", "(2, 2)"),
        ([[1, 2], [3]], 1, "series", "no array"),
        ("abc", 1, "series", "no array"),
        ([1], 1, "series", "is 1."),
        ([1, 2, 4, 3, 5, 9], 0, "order", "`0`"),
        ([1, 2, 4, 3, 5, 9], -1, "order", "`-1`"),
        ([1, 2, 4, 3, 5, 9], 1.5, "order", "`1.5`"),
        ([1, 2, 4, 3, 5, 9], 10**12, "order", "1000000000000"),
    ],
)
def test_refused_fits(values: Any, order: Any, argument: str, words: str) -> None:
    with pytest.raises(EngineError) as caught:
        fit_ar(values, order)
    assert caught.value.argument == argument
    assert words in str(caught.value.message).replace("\\", "")
    assert caught.value.hint is not None


def test_a_constant_series_needs_no_more_than_itself() -> None:
    assert fit_ar([3.0] * 6, 1, intercept=False).coefficients[0] == pytest.approx(1.0)


def test_refused_forecasts() -> None:
    unstable = ar.given_ar([3.0])
    for run, argument in (
        (lambda: forecast_ar(unstable, [1.0], 1000), "steps"),
        (lambda: forecast_ar(unstable, [1.0], 0), "steps"),
        (lambda: forecast_ar(ar.given_ar([1, 1]), [1.0], 3), "series"),
        (lambda: ar.mean(ar.given_ar([0.5, 0.5])), "coefficients"),
        (lambda: series.simulate_ar([3.0], 2000), "coefficients"),
        (lambda: series.simulate_ar([1, 2], 9, start=[1]), "start"),
        (lambda: fibonacci(79), "length"),
        (lambda: noisy_sine(0), "length"),
        (lambda: noisy_sine(5, period=0), "period"),
        (lambda: noisy_sine(5, sigma=-1), "sigma"),
        (lambda: noisy_sine(5, sigma=float("nan")), "sigma"),
        (lambda: series.pulses(5, period=0), "period"),
        (lambda: noisy_sine(5, seed=-1), "seed"),
        (lambda: series.random_walk(5, seed=1.5), "seed"),
        (lambda: series.random_walk(10**12), "length"),
        (lambda: series.simulate_ar([0.5], 5, intercept=float("inf")), "intercept"),
        (lambda: ar.given_ar([0.5], intercept=float("nan")), "intercept"),
        (lambda: ar.given_ar([1e300]), "coefficients"),
        (lambda: ar.given_ar([]), "coefficients"),
        (lambda: forecast_ar(unstable, [1.0], 2.5), "steps"),
        (lambda: fit_ar([1e200, 1.0, 3.0, 2.0], 1), "series"),
    ):
        with pytest.raises(EngineError) as caught:
            run()
        assert caught.value.argument == argument
