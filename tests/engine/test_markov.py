"""Markov chains: exact estimates, powers and long runs; what is refused."""

import json
import math
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine import EngineError, compute, distribution_after, fit_markov, stationary
from tutor.engine.sequence import chain, markov

RECORDED: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "golden" / "data" / "sequence.json").read_text(encoding="utf-8")
)
CHAINS: list[dict[str, Any]] = RECORDED["chains"]


def fractions(rows: list[list[str]]) -> list[list[Fraction]]:
    return [[Fraction(entry) for entry in row] for row in rows]


def floats(rows: Any) -> list[list[float]]:
    return [[float(Fraction(entry)) for entry in row] for row in rows]


@pytest.mark.parametrize("case", CHAINS, ids=lambda case: f"{len(case['P'])}-{case['period']}")
def test_chains_agree_with_exact_fractions(case: dict[str, Any]) -> None:
    P = floats(case["P"])
    for n, power in case["powers"].items():
        np.testing.assert_allclose(
            markov.transition_power(P, int(n)), floats(power), rtol=0, atol=1e-12
        )
    start = floats([case["start"]])[0]
    for n, after in case["after"].items():
        np.testing.assert_allclose(
            distribution_after(P, start, int(n)), floats([after])[0], rtol=0, atol=1e-12
        )
    run = stationary(P)
    np.testing.assert_allclose(
        run.distribution, floats([case["stationary"]])[0], rtol=0, atol=1e-12
    )
    assert run.period == case["period"]
    assert run.converges == (case["period"] == 1)


@pytest.mark.parametrize("case", CHAINS, ids=lambda case: f"{len(case['P'])}-{case['period']}")
def test_exact_chains_are_exact(case: dict[str, Any]) -> None:
    P = fractions(case["P"])
    start = [Fraction(entry) for entry in case["start"]]
    for n, after in case["after"].items():
        assert list(chain.after(P, start, int(n))) == [Fraction(entry) for entry in after]
    pi = chain.stationary_of_class(P, chain.only_closed_class(P))
    assert list(pi) == [Fraction(entry) for entry in case["stationary"]]
    assert chain.step(pi, P) == pi


@pytest.mark.parametrize(
    "case", RECORDED["estimates"], ids=lambda case: f"{case['text']}-{case['smoothing']}"
)
def test_estimates_agree_with_exact_fractions(case: dict[str, Any]) -> None:
    fit = fit_markov(case["text"], smoothing=case["smoothing"])
    assert list(fit.states) == case["states"]
    assert [list(row) for row in fit.exact] == fractions(case["P"])
    np.testing.assert_allclose(fit.P.sum(axis=1), 1, atol=1e-15)
    for given_ in fit.states:
        for state in fit.states:
            expected = fit.probability(state, given_)
            args = {"sequence": case["text"], "state": state, "given": given_}
            worked = compute("markov_probability", {**args, "smoothing": case["smoothing"]})
            assert worked.total == float(expected)


def test_the_lecture_examples() -> None:
    fit = fit_markov("ABAAB")
    assert fit.probability("B", "A") == Fraction(2, 3)
    assert fit.counts == ((1, 2), (1, 0))
    assert stationary([[0.9, 0.1], [0.5, 0.5]]).distribution == pytest.approx(
        [5 / 6, 1 / 6], abs=1e-15
    )
    worked = compute("markov_stationary", {"P": [[0.9, 0.1], [0.5, 0.5]]})
    assert worked.total == 5 / 6
    assert r"\frac{5}{6}" in " ".join(str(step.text) for step in worked.steps)


chances = st.integers(0, 20)


@st.composite
def matrices(draw: st.DrawFn) -> list[list[Fraction]]:
    K = draw(st.integers(1, 5))
    rows = []
    for i in range(K):
        weights = draw(st.lists(chances, min_size=K, max_size=K))
        weights[i] += not any(weights)
        rows.append([Fraction(weight, sum(weights)) for weight in weights])
    return rows


@given(matrices(), st.integers(0, 12))
def test_steps_are_a_power_and_keep_the_sum(P: list[list[Fraction]], n: int) -> None:
    K = len(P)
    start = [Fraction(1, K)] * K
    after = chain.after(P, start, n)
    assert sum(after) == 1
    numbers = np.array(P, dtype=float)
    power = markov.transition_power(numbers, n)
    np.testing.assert_allclose(power.sum(axis=1), 1, atol=1e-12)
    np.testing.assert_allclose(np.full(K, 1 / K) @ power, [float(p) for p in after], atol=1e-12)
    np.testing.assert_allclose(
        distribution_after(numbers, np.full(K, 1 / K), n), [float(p) for p in after], atol=1e-12
    )


@given(matrices())
def test_the_long_run_is_a_fixed_point(P: list[list[Fraction]]) -> None:
    closed = chain.closed_classes(P)
    assert closed
    assert sorted(i for members in chain.classes(P) for i in members) == list(range(len(P)))
    for members in closed:
        pi = chain.stationary_of_class(P, members)
        assert chain.step(pi, P) == pi
        assert sum(pi) == 1
        assert all(pi[i] > 0 for i in members)
    numbers = np.array(P, dtype=float)
    if len(closed) > 1:
        with pytest.raises(EngineError, match="never leaves"):
            stationary(numbers)
        return
    run = stationary(numbers)
    np.testing.assert_allclose(run.distribution @ numbers, run.distribution, atol=1e-12)
    np.testing.assert_allclose(run.distribution.sum(), 1, atol=1e-12)
    if run.converges:
        far = np.linalg.matrix_power(numbers, 2**20)
        np.testing.assert_allclose(far, np.tile(run.distribution, (len(P), 1)), atol=1e-8)


@given(st.text("ABC", min_size=2, max_size=60), st.integers(1, 5))
def test_smoothed_rows_sum_to_one(text: str, alpha: int) -> None:
    fit = fit_markov(text, states="ABC", smoothing=alpha)
    assert all(sum(row) == 1 and min(row) > 0 for row in fit.exact)
    assert math.isfinite(markov.log_likelihood(fit, text))


def test_the_fit_is_the_most_likely_chain() -> None:
    text = "ABAABABBAABAB"
    fit = fit_markov(text)
    best = markov.log_likelihood(fit, text)
    for alpha in (1, 2, Fraction(1, 10)):
        assert markov.log_likelihood(fit_markov(text, smoothing=alpha), text) < best
    assert best == pytest.approx(sum(math.log(fit.probability(b, a)) for a, b in pairwise(text)))
    assert markov.log_likelihood(fit_markov("AABAA"), "BB") == -math.inf


def test_periods_and_classes() -> None:
    ring = [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
    assert markov.chain_period(ring) == 3
    assert not stationary(ring).converges
    assert markov.communicating_classes([[1, 0], [0.5, 0.5]]) == ((0,), (1,))
    run = stationary([[1, 0], [0.5, 0.5]])
    assert run.distribution.tolist() == [1, 0]
    assert run.transient == (1,)
    assert markov.chain_period([[0, 1], [0, 1]], 0) == 0
    words = " ".join(str(s.text) for s in compute("markov_stationary", {"P": ring}).steps)
    assert "period 3" in words


@pytest.mark.parametrize(
    ("P", "words"),
    [
        ([[0.9, 0.2], [0.5, 0.5]], "Row 1 of `P` sums to 1.1"),
        ([[0.5, 0.5], [1.5, -0.5]], "Row 2 of `P` has −0.5 in column 2"),
        ([[1, 0], [0, 1]], "{1} · {2}"),
        ([[1.0, 0.0]], "(1, 2)"),
        ([[0.5, 0.5], [float("nan"), 1]], "nan at [1, 0]"),
        ([[0.5, 0.5], [1.0]], "no array"),
    ],
)
def test_refused_chains(P: Any, words: str) -> None:
    with pytest.raises(EngineError) as caught:
        stationary(P)
    assert caught.value.argument == "P"
    assert words in str(caught.value.message).replace("\\", "")
    assert caught.value.hint is not None


def test_refused_sequences_and_starts() -> None:
    P = [[0.9, 0.1], [0.5, 0.5]]
    for run, argument, words in (
        (lambda: fit_markov("AAB"), "sequence", "`B` is followed by nothing"),
        (lambda: fit_markov("A"), "sequence", "is 1."),
        (lambda: fit_markov("ABX", states="AB"), "sequence", "`X` at position 3"),
        (lambda: fit_markov("AB", states="AAB"), "states", "twice"),
        (lambda: fit_markov("ABA", smoothing=-1), "smoothing", "`-1`"),
        (lambda: fit_markov("ABA", smoothing=math.nan), "smoothing", "nan"),
        (lambda: fit_markov("ABA").probability("C", "A"), "state", "`C`"),
        (lambda: fit_markov([[1], [2]]), "sequence", "no list of states"),
        (lambda: fit_markov(range(1000)), "sequence", "1,000 states"),
        (lambda: stationary(np.eye(300)), "P", "300 states"),
        (lambda: fit_markov(5), "sequence", "no list of states"),
        (lambda: distribution_after(P, [0.5, 0.6], 1), "start", "sums to 1.1"),
        (lambda: distribution_after(P, [1.5, -0.5], 1), "start", "−0.5"),
        (lambda: distribution_after(P, [1, 0, 0], 1), "start", "(3)"),
        (lambda: distribution_after(P, [1, 0], -1), "n", "`-1`"),
        (lambda: markov.transition_power(P, 1.5), "n", "`1.5`"),
        (lambda: markov.chain_period(P, 7), "state", "`7`"),
    ):
        with pytest.raises(EngineError) as caught:
            run()
        assert caught.value.argument == argument
        assert words in str(caught.value.message).replace("\\", "")
