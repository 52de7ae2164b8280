"""A cell run over a sequence and back again, whichever cell it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, assert_never

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.engine.cells.gru import GruRun, GruWeights, gru
from tutor.engine.cells.lstm import LstmRun, LstmWeights, lstm
from tutor.engine.cells.rnn import RnnRun, RnnWeights, rnn
from tutor.engine.gradients.gru import GruGradients, gru_gradients
from tutor.engine.gradients.lstm import LstmGradients, lstm_gradients
from tutor.engine.gradients.rnn import RnnGradients, rnn_gradients
from tutor.engine.shapes import Shapes

Array = NDArray[np.float64]
Cell = Literal["rnn", "lstm", "gru"]
Weights = RnnWeights | LstmWeights | GruWeights

_WEIGHTS: dict[Cell, type[RnnWeights] | type[LstmWeights] | type[GruWeights]] = {
    "rnn": RnnWeights,
    "lstm": LstmWeights,
    "gru": GruWeights,
}


@dataclass(frozen=True, slots=True, eq=False)
class Through:
    """What a cell did, and the gradient of a loss that reads its last state."""

    run: RnnRun | LstmRun | GruRun
    gradients: RnnGradients | LstmGradients | GruGradients


def drawn_weights(cell: Cell, seed: int, input_size: int, hidden_size: int) -> Weights:
    """Return weights of a cell, evenly spread in ±1/√h."""
    return _WEIGHTS[cell].drawn(seed, input_size, hidden_size)


def biased_weights(cell: Cell, tensors: Mapping[str, ArrayLike]) -> Weights:
    """Return the weights of these tensors; a bias that is missing is 0, and has a gradient."""
    weights = _WEIGHTS[cell](**{name: np.asarray(value) for name, value in tensors.items()})
    zero = np.zeros(len(weights.weight_ih))
    return replace(
        weights,
        bias_ih=zero if weights.bias_ih is None else weights.bias_ih,
        bias_hh=zero if weights.bias_hh is None else weights.bias_hh,
    )


def through_cell(
    weights: Weights,
    x: ArrayLike,
    states: Mapping[str, ArrayLike],
    dh: ArrayLike | None,
    *,
    activation: str,
    reset_after: bool,
    truncation: int | None,
) -> Through:
    """Run a cell, and go back from its last state.

    Args:
        weights: which cell it is, too.
        x: the input, (T, d).
        states: `h_0` and, of an LSTM, `c_0`; what is missing is 0.
        dh: dL/dh_T, (h); all ones if left out, for the sum of h_T.
        activation: φ of an RNN.
        reset_after: the form of a GRU.
        truncation: every how many steps the gradient is cut, or None.

    Raises:
        EngineError: shapes that do not fit, a state that grows past what floats hold.
    """
    match weights:
        case RnnWeights():
            plain = rnn(x, weights, **states, nonlinearity=activation)
            end = _last(plain.h, dh)
            back = rnn_gradients(
                plain, weights, end, nonlinearity=activation, truncation=truncation
            )
            return Through(plain, back)
        case LstmWeights():
            kept = lstm(x, weights, **states)
            end = _last(kept.h, dh)
            return Through(kept, lstm_gradients(kept, weights, end, truncation=truncation))
        case GruWeights():
            gated = gru(x, weights, **states, reset_after=reset_after)
            end = _last(gated.h, dh)
            return Through(
                gated,
                gru_gradients(gated, weights, end, reset_after=reset_after, truncation=truncation),
            )
        case _:
            assert_never(weights)


def _last(h: ArrayLike, dh: ArrayLike | None) -> Array:
    """Return dL/dh_t at every step, (T, h): 0 but at the last."""
    all_dh = np.zeros_like(h, dtype=np.float64)
    shapes = Shapes()
    shapes.bind("h", all_dh.shape[-1], "weight_hh")
    all_dh[-1] = 1.0 if dh is None else shapes.array("dh", dh, "h")
    return all_dh
