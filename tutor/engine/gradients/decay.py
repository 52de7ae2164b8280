"""How far a gradient reaches: norms of Jacobians over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tutor.engine.cells.gru import GruRun, GruWeights
from tutor.engine.cells.lstm import LstmRun, LstmWeights
from tutor.engine.cells.rnn import RnnRun, RnnWeights, check_nonlinearity
from tutor.engine.error import EngineError
from tutor.engine.gradients.backward import backward
from tutor.engine.gradients.bound import sufficient_bound
from tutor.engine.gradients.jacobian import gru_jacobians, lstm_jacobians, rnn_jacobians
from tutor.engine.gradients.norms import Norms, scaled_products, spectral_norms
from tutor.text.message import msg

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class JacobianNorms:
    """Spectral norms of the Jacobians between two steps; each curve has T norms.

    Attributes:
        from_start: ‖∂h_t/∂h_0‖ for t = 1 … T; of an LSTM with c_0 held.
        to_end: ‖∂h_T/∂h_t‖ for t = 0 … T − 1; of an LSTM with c_t held.
        bound: (γ·σ_max(U))^t for t = 1 … T, never below `from_start`; None for gated cells,
            which have no such bound.
        memory: ‖∂c_t/∂c_0‖ of an LSTM, with h_0 held: along every path.
        memory_to_end: ‖∂c_T/∂c_t‖ of an LSTM, with h_t held.
        direct: along the direct path alone: the norm of Π diag(f) of an LSTM, through the cell
            state, or of Π diag(z) of a GRU, through the state that is kept.
    """

    from_start: Norms
    to_end: Norms
    bound: Norms | None = None
    memory: Norms | None = None
    memory_to_end: Norms | None = None
    direct: Norms | None = None


def jacobian_norms(
    run: RnnRun | LstmRun | GruRun,
    weights: RnnWeights | LstmWeights | GruWeights,
    *,
    nonlinearity: str = "tanh",
    reset_after: bool = True,
) -> JacobianNorms:
    """Return how strongly each state of a run depends on earlier ones.

    The norms are products of T matrices; they are kept with exponents of their own, so that
    curves go on over hundreds of orders of magnitude. −∞ on their logarithmic scale is an exact
    zero: ReLU units that are all dead, or gates and candidates so far out that floats round them
    to their limits, where their slope is 0.

    Args:
        run: what the cell returned for these weights, of one sequence without a batch.
        weights: the weights.
        nonlinearity: φ of an RNN, the one the run was made with.
        reset_after: the form of a GRU, the one the run was made with.

    Raises:
        EngineError: a run with a batch, weights of another cell or other sizes.
    """
    match run, weights:
        case RnnRun(), RnnWeights():
            check_nonlinearity(nonlinearity)
            _check(run, {"d": weights.input_size, "h": weights.hidden_size})
            steps = rnn_jacobians(run, weights, nonlinearity)
            bound = sufficient_bound(weights.weight_hh, nonlinearity, len(steps))
            [states] = _norms(steps, slice(None))
            return JacobianNorms(*states, bound)
        case GruRun(), GruWeights():
            _check(run, {"d": weights.input_size, "h": weights.hidden_size})
            steps = gru_jacobians(run, weights, reset_after=reset_after)
            [states] = _norms(steps, slice(None))
            return JacobianNorms(*states, direct=_largest_product(run.z.astype(np.float64)))
        case LstmRun(), LstmWeights():
            _check(run, {"d": weights.input_size, "h": weights.output_size})
            steps = lstm_jacobians(run, weights)
            passed = slice(None, weights.output_size)
            kept = slice(weights.output_size, None)
            states, cells = _norms(steps, passed, kept)
            direct = _largest_product(run.f.astype(np.float64))
            return JacobianNorms(*states, None, *cells, direct)
        case _:
            raise EngineError(
                msg("`weights` are {given}.", given=type(weights).__name__),
                msg("The run is {run}: weights and run are of one cell.", run=type(run).__name__),
                argument="weights",
            )


def _check(run: RnnRun | LstmRun | GruRun, sizes: dict[str, int]) -> None:
    if run.x.ndim != 2:
        raise EngineError(
            msg("The run has a batch of {count:,} sequences.", count=run.x.shape[1]),
            msg("Take one sequence: `x` of the shape (T, d)."),
            argument="run",
        )
    backward(run.x, run.h, {symbol: (size, "weights") for symbol, size in sizes.items()}, None)


def _norms(steps: Array, *blocks: slice) -> list[tuple[Norms, Norms]]:
    """Return `from_start` and `to_end` of each diagonal block of the steps (T, n, n)."""
    forward = scaled_products(steps)
    back = scaled_products(steps.transpose(0, 2, 1)[::-1])  # (J_T ⋯ J_t)ᵀ, the last step first
    curves = []
    for block in blocks:
        from_start = spectral_norms(forward[0][:, block, block], forward[1])
        to_end = spectral_norms(back[0][::-1, block, block], back[1][::-1])
        curves.append((from_start, to_end))
    return curves


def _largest_product(factors: Array) -> Norms:
    """Return the largest entry of the running products of vectors (T, n)."""
    n = factors.shape[1]
    products, exponents = scaled_products(factors[:, :, None] * np.eye(n), np.ones((n, 1)))
    return Norms(products.max(axis=(1, 2)), exponents)
