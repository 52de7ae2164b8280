"""The latent model: what its state keeps that a window has lost."""

import numpy as np
import pytest

from tutor.engine import (
    EngineError,
    compare_models,
    fit_latent,
    forecast_latent,
    noisy_sine,
    pulses,
)
from tutor.engine.sequence import latent, series


def test_a_state_knows_when_the_next_pulse_is_due() -> None:
    found = compare_models(pulses(300), order=2, steps=32)
    truth = found.truth
    ar, markov, hidden = (model[1] for model in (found.ar, found.markov, found.latent))
    assert hidden.one_step_error < 0.01
    assert hidden.free_running_error < 0.05
    assert ar.one_step_error > 0.2
    assert markov.one_step_error > 0.2
    np.testing.assert_allclose(hidden.free_running, truth, atol=0.1)
    wide = compare_models(pulses(300), order=7, steps=32)
    assert wide.ar[1].free_running_error < 1e-9  # a window as wide as the period sees it too


def test_on_its_own_series_the_ar_model_is_best() -> None:
    found = compare_models(series.simulate_ar([1.2, -0.6], 400, seed=2), order=2, steps=100)
    errors = [model[1].one_step_error for model in (found.ar, found.markov, found.latent)]
    assert errors[0] == min(errors)


def test_shapes_and_repeats() -> None:
    x = noisy_sine(200, period=25, sigma=0.05)
    first, again = (compare_models(x, steps=20, hidden_size=12, bins=5) for _ in range(2))
    assert first.states.shape == (20, 12)
    assert first.edges.shape == (4,)
    for a, b in zip(
        (first.ar[1], first.markov[1], first.latent[1]),
        (again.ar[1], again.markov[1], again.latent[1]),
        strict=True,
    ):
        assert a.one_step.shape == a.free_running.shape == (20,)
        np.testing.assert_array_equal(a.one_step, b.one_step)
        np.testing.assert_array_equal(a.free_running, b.free_running)
        assert a.one_step_error == pytest.approx(np.sqrt(np.mean((a.one_step - first.truth) ** 2)))
    np.testing.assert_array_equal(first.truth, x[-20:])


def test_a_prediction_is_read_from_the_state_alone() -> None:
    x = noisy_sine(120, period=20, sigma=0.0)
    fit = fit_latent(x, hidden_size=20)
    H = latent.hidden_states(fit, x)
    assert H.shape == (121, 20)
    assert not H[0].any()
    np.testing.assert_array_equal(H[5], fit.next_state(H[4], x[4]))
    np.testing.assert_array_equal(latent.one_step_latent(fit, x), fit.read(H))
    assert np.abs(latent.one_step_latent(fit, x)[20:-1] - x[20:]).max() < 0.01
    free = forecast_latent(fit, x, 2)
    assert free[0] == pytest.approx(fit.read(H[-1]))
    assert free[1] == pytest.approx(fit.read(fit.next_state(H[-1], free[0])))
    assert np.abs(np.linalg.eigvals(fit.W)).max() == pytest.approx(0.9)


def test_a_constant_series_stays() -> None:
    fit = fit_latent([4.0] * 30, hidden_size=5)
    np.testing.assert_allclose(forecast_latent(fit, [4.0] * 30, 5), 4.0, atol=1e-9)


def test_what_is_refused() -> None:
    x = noisy_sine(100)
    for run, argument in (
        (lambda: fit_latent(x[:5]), "series"),
        (lambda: fit_latent(x, hidden_size=0), "hidden_size"),
        (lambda: fit_latent(x, hidden_size=10**12), "hidden_size"),
        (lambda: fit_latent(x, hidden_size=2.5), "hidden_size"),
        (lambda: fit_latent(x, spectral_radius=float("nan")), "spectral_radius"),
        (lambda: fit_latent(x, ridge=-1), "ridge"),
        (lambda: fit_latent([*x, float("nan")]), "series"),
        (lambda: forecast_latent(fit_latent(x), x, 0), "steps"),
        (lambda: fit_latent(x, seed=-1), "seed"),
        (lambda: compare_models(x, bins=1), "bins"),
        (lambda: compare_models(x, steps=0), "steps"),
        (lambda: compare_models(x, steps=99), "series"),
        (lambda: compare_models([1.0] * 100), "series"),
    ):
        with pytest.raises(EngineError) as caught:
            run()
        assert caught.value.argument == argument
