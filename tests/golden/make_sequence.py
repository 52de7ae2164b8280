"""Record statsmodels' autoregressions, and Markov chains in exact fractions, in data/sequence.json.

Written with statsmodels 0.15.0 and numpy. To run again, outside the project's own environment:

    python3 -m venv golden-venv && golden-venv/bin/pip install statsmodels==0.15.0
    golden-venv/bin/python tests/golden/make_sequence.py

An autoregression is `AutoReg` with trend `c` or `n`; its one-step forecasts are `predict` from
the order to one past the end, its free-running ones `forecast`. The same fit by `OLS` on lagged
columns stands beside it. Roots are AutoReg's own: those of 1 − φ_1 z − … − φ_p z^p.

Chains are worked out here with fractions alone: counts, powers by repeated products, the
stationary distribution by Gauss–Jordan elimination on πP = π with Σ π = 1, the period by looking
at which powers return. Fractions are written as text, "5/6".
"""

import json
from collections.abc import Iterator
from fractions import Fraction
from importlib.metadata import version
from math import gcd
from pathlib import Path
from typing import Any

import numpy as np
import statsmodels.api as sm
from statsmodels.tsa.ar_model import AutoReg
from statsmodels.tsa.tsatools import lagmat

DATA = Path(__file__).parent / "data" / "sequence.json"
Case = dict[str, Any]
Matrix = list[list[Fraction]]

SIMULATED = (
    # coefficients, constant, length, order fitted
    ([0.6], 0.5, 40, 1),
    ([-0.7], 2.0, 30, 1),
    ([0.5, -0.3], 0.0, 50, 2),
    ([1.2, -0.6], 1.0, 60, 2),
    ([0.3, 0.2, 0.1], -1.0, 80, 3),
    ([0.9], 0.0, 60, 2),
    ([0.4, 0.0, 0.0, 0.4], 0.3, 100, 4),
    ([1.0, 0.1], 0.2, 25, 2),
    ([0.2, -0.5], 5.0, 120, 5),
)
CHAINS = (
    [["9/10", "1/10"], ["1/2", "1/2"]],
    [["7/10", "3/10"], ["2/5", "3/5"]],
    [["0", "1"], ["1", "0"]],
    [["1/3", "2/3", "0"], ["1/4", "1/2", "1/4"], ["0", "1/5", "4/5"]],
    [["0", "1", "0"], ["0", "0", "1"], ["1", "0", "0"]],
    [["1/2", "1/4", "1/4"], ["0", "1", "0"], ["1/10", "2/5", "1/2"]],
    [["1/10", "9/10", "0", "0"], ["3/10", "0", "7/10", "0"], ["0", "2/5", "1/5", "2/5"], ["1/2", "0", "1/2", "0"]],
    [["0", "1/2", "0", "1/2"], ["1/4", "0", "3/4", "0"], ["0", "1/3", "0", "2/3"], ["9/10", "0", "1/10", "0"]],
    [["99/100", "1/100"], ["1/1000", "999/1000"]],
)  # fmt: skip
TEXTS = ("ABAAB", "ABAABA", "AABBAABBA", "ABCABCACB", "XYXXYXYYXX", "BANANABANDANA")


def autoregressions() -> Iterator[Case]:
    """Yield series with their fits."""
    rng = np.random.Generator(np.random.PCG64(2026))
    for phi, constant, length, order in SIMULATED:
        p = len(phi)
        x = list(rng.standard_normal(p))
        for _ in range(length - p):
            newest_first = x[: -p - 1 : -1]
            x.append(constant + float(np.dot(phi, newest_first)) + float(rng.standard_normal()))
        for trend in ("c", "n"):
            yield fitted(np.array([float(value) for value in x]), order, trend)
    fibonacci = [1.0, 1.0]
    while len(fibonacci) < 12:
        fibonacci.append(fibonacci[-1] + fibonacci[-2])
    yield fitted(np.array(fibonacci), 2, "n")
    t = np.arange(1, 41)
    yield fitted(np.sin(0.3 * t) + 0.1 * np.cos(1.7 * t * t), 4, "c")


def fitted(x: np.ndarray, order: int, trend: str) -> Case:
    """Return a fit by AutoReg, and by OLS."""
    fit = AutoReg(x, lags=order, trend=trend).fit()
    lags = lagmat(x, order, trim="both")
    by_hand = sm.OLS(x[order:], sm.add_constant(lags) if trend == "c" else lags).fit()
    return {
        "series": x.tolist(),
        "order": order,
        "trend": trend,
        "params": fit.params.tolist(),
        "ols": by_hand.params.tolist(),
        "sigma2": float(fit.sigma2),
        "resid": fit.resid.tolist(),
        "one_step": fit.predict(start=order, end=len(x)).tolist(),
        "forecast": fit.forecast(64).tolist(),
        "roots": [[float(z.real), float(z.imag)] for z in np.atleast_1d(fit.roots).astype(complex)],
    }


def chains() -> Iterator[Case]:
    """Yield chains with powers and, where it is unique, the stationary distribution."""
    for rows in CHAINS:
        P = [[Fraction(entry) for entry in row] for row in rows]
        K = len(P)
        start = [Fraction(i + 1, K * (K + 1) // 2) for i in range(K)]
        yield {
            "P": rows,
            "start": written(start),
            "powers": {str(n): [written(row) for row in power(P, n)] for n in (0, 1, 2, 5)},
            "after": {str(n): written(times([start], power(P, n))[0]) for n in (1, 3, 8)},
            "stationary": written(stationary(P)),
            "period": period(P),
        }


def times(A: Matrix, B: Matrix) -> Matrix:
    """Return the product."""
    return [
        [sum(a * b for a, b in zip(row, col, strict=True)) for col in zip(*B, strict=True)]
        for row in A
    ]


def power(P: Matrix, n: int) -> Matrix:
    """Return the n-th power."""
    result = [[Fraction(int(i == j)) for j in range(len(P))] for i in range(len(P))]
    for _ in range(n):
        result = times(result, P)
    return result


def stationary(P: Matrix) -> list[Fraction]:
    """Return the solution of (Pᵀ − I) π = 0 with the last equation replaced by Σ π = 1."""
    K = len(P)
    A = [[P[j][i] - int(i == j) for j in range(K)] + [Fraction(0)] for i in range(K - 1)]
    A.append([Fraction(1)] * (K + 1))
    for column in range(K):
        pivot = next(i for i in range(column, K) if A[i][column])
        A[column], A[pivot] = A[pivot], A[column]
        A[column] = [entry / A[column][column] for entry in A[column]]
        for i in range(K):
            if i != column:
                A[i] = [a - A[i][column] * b for a, b in zip(A[i], A[column], strict=True)]
    return [row[-1] for row in A]


def period(P: Matrix) -> int:
    """Return the gcd of the numbers of steps after which a state of the closed class returns."""
    pi = stationary(P)
    state = next(i for i, share in enumerate(pi) if share)
    common, Q = 0, P
    for n in range(1, 2 * len(P) ** 2):
        if Q[state][state]:
            common = gcd(common, n)
        Q = times(Q, P)
    return common


def estimates() -> Iterator[Case]:
    """Yield texts with the relative frequencies of their transitions."""
    for text in TEXTS:
        letters = sorted(set(text))
        for alpha in (0, 1, 3):
            rows = []
            for first in letters:
                followers = [text[i + 1] for i in range(len(text) - 1) if text[i] == first]
                total = len(followers) + alpha * len(letters)
                rows.append(written([Fraction(followers.count(b) + alpha, total) for b in letters]))
            yield {"text": text, "states": letters, "smoothing": alpha, "P": rows}


def written(values: list[Fraction]) -> list[str]:
    """Return fractions as text."""
    return [str(value) for value in values]


def main() -> None:
    """Write the file, one case a line."""
    parts = [
        f'"made_with": {json.dumps({name: version(name) for name in ("statsmodels", "numpy")})}'
    ]
    for name, cases in (
        ("autoregressions", autoregressions()),
        ("chains", chains()),
        ("estimates", estimates()),
    ):
        lines = ",\n".join(json.dumps(case) for case in cases)
        parts.append(f'"{name}": [\n{lines}\n]')
    DATA.write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
