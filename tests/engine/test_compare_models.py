"""Three models of one series as a worked answer."""

import re
from typing import Any

import numpy as np
import pytest

from tutor.engine import EngineError, compute
from tutor.engine.sequence.ar import fit_ar, forecast_ar
from tutor.engine.sequence.latent import fit_latent, one_step_latent
from tutor.engine.sequence.series import noisy_sine
from tutor.engine.worked import Worked
from tutor.text import maths
from tutor.text.speaker import ENGLISH

EXAMPLES = ("noisy_sine", "fibonacci", "ar", "random_walk", "pulses")


def arrays(worked: Worked) -> dict[str, Any]:
    return {term.id: np.array(term.value) for term in worked.terms}


@pytest.mark.parametrize("example", EXAMPLES)
def test_errors_are_those_of_the_forecasts(example: str) -> None:
    worked = compute("compare_models", {"example": example, "steps": 16, "hidden_size": 20})
    found = arrays(worked)
    for kind in ("one_step", "free_running"):
        for place, model in enumerate(("ar", "markov", "latent")):
            off = found[f"{model}_{kind}"] - found["truth"]
            error = found[f"{kind}_errors"][place]
            assert error == pytest.approx(np.sqrt(np.mean(off**2)), rel=1e-12, abs=1e-12)
    assert worked.total == tuple(found["one_step_errors"])
    assert found["states"].shape == (16, 20)
    assert all(term.shape == np.shape(term.value) for term in worked.terms)
    words = [ENGLISH.say(step.text) for step in worked.steps]
    words += [f"${worked.formula}$", f"${worked.substituted}$"]
    words += [f"${term.symbol}$ {term.label}" for term in worked.terms]
    for text in words:
        for tex in re.findall(r"\$([^$]+)\$", text):
            maths.inline(maths.parse(tex))
    assert not worked.mistakes


def test_forecasts_are_those_of_the_models() -> None:
    x = noisy_sine(100, period=40, seed=3)
    args = {"example": "noisy_sine", "length": 100, "seed": 3, "steps": 10, "order": 3}
    worked = compute("compare_models", args)
    found = arrays(worked)
    known = x[:-10]
    np.testing.assert_array_equal(found["truth"], x[-10:])
    free = forecast_ar(fit_ar(known, 3), known, 10)
    np.testing.assert_array_equal(found["ar_free_running"], free)
    latent = one_step_latent(fit_latent(known, seed=3), x)
    np.testing.assert_allclose(found["latent_one_step"], latent[-11:-1], rtol=0, atol=1e-12)
    given = compute("compare_models", {"series": x.tolist(), "seed": 3, "steps": 10, "order": 3})
    assert given.total == worked.total


def test_a_state_keeps_what_a_window_has_lost() -> None:
    ar, _, latent = compute("compare_models", {"example": "pulses"}).total  # type: ignore[misc]
    assert latent < ar / 5


def test_huge_forecasts_have_a_finite_error() -> None:
    grown = [(-20.0) ** (t - 10) for t in range(14)] + [0.0] * 200  # 20^200 fits, its square not
    args = {"series": grown, "order": 1, "steps": 200, "hidden_size": 4, "bins": 2}
    assert np.isfinite(arrays(compute("compare_models", args))["free_running_errors"]).all()


@pytest.mark.parametrize(
    ("args", "argument"),
    [
        ({}, "series"),
        ({"series": [1.0] * 99}, "series"),
        ({"series": [1.0, 2.0], "steps": 1}, "series"),
        ({"series": [1.0, 2.0], "example": "pulses"}, "example"),
        ({"series": [1.0, 2.0], "length": 2}, "length"),
        ({"example": "cosine"}, "example"),
        ({"example": "fibonacci", "length": 79}, "length"),
        ({"example": "ar", "length": 20}, "series"),
        ({"example": "ar", "bins": 1}, "bins"),
        ({"example": "ar", "steps": 0}, "steps"),
        ({"example": "ar", "hidden_size": 257}, "hidden_size"),
        ({"example": "fibonacci", "order": 9}, "order"),
    ],
)
def test_what_is_refused(args: dict[str, Any], argument: str) -> None:
    with pytest.raises(EngineError) as caught:
        compute("compare_models", args)
    assert caught.value.argument == argument
    assert str(caught.value.message)
    assert str(caught.value.hint)
