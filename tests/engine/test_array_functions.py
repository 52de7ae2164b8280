"""What functions on arrays refuse, whichever family they are of: never a traceback of NumPy."""

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from tutor import engine
from tutor.engine import EngineError

Call = Callable[..., Any]
NO_NUMBERS = ["", "x", {}, None, [1j], [[1.0], [1.0, 2.0]], 10**400]
NO_SCALARS = ["", None, [], {}, math.nan, 10**400, Decimal(1), 1j]
BATCHES_OF_2, BATCHES_OF_3 = np.ones((2, 3, 4)), np.ones((3, 3, 4))
SQUARE = np.ones((3, 4))


@pytest.mark.parametrize("value", NO_NUMBERS, ids=repr)
@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "gelu"])
def test_activations_of_no_numbers(name: str, value: Any) -> None:
    for function in (getattr(engine, name), getattr(engine, f"{name}_derivative")):
        with pytest.raises(EngineError) as caught:
            function(value)
        assert caught.value.argument == "x"


def test_the_slope_of_tanh_far_out() -> None:
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        assert engine.tanh_derivative([1e308, -1e308, math.inf]).tolist() == [0, 0, 0]
        np.testing.assert_allclose(engine.tanh_derivative([300.0]), [4 * math.exp(-600)])


@pytest.mark.parametrize(
    "call",
    [
        lambda q, k: engine.attention_scores("dot", q, k),
        lambda q, k: engine.attention_scores("scaled_dot", q, k),
        lambda q, k: engine.attention_scores("general", q, k, W=np.eye(4)),
        lambda q, k: engine.attention_scores(
            "additive", q, k, W_q=SQUARE, W_k=SQUARE, w_v=np.ones(3)
        ),
        lambda q, k: engine.additive_attention(q, k, k, SQUARE, SQUARE, np.ones(3)),
        lambda q, v: engine.additive_attention(q, q, v, SQUARE, SQUARE, np.ones(3)),
        lambda q, k: engine.scaled_dot_product_attention(q, k, k),
    ],
)
def test_batches_that_do_not_fit(call: Call) -> None:
    assert call(BATCHES_OF_2, BATCHES_OF_2) is not None
    assert call(BATCHES_OF_2, np.ones((1, 3, 4))) is not None
    with pytest.raises(EngineError) as caught:
        call(BATCHES_OF_2, BATCHES_OF_3)
    said = str(caught.value.message).replace("\\", "")
    assert "(2, 3" in said
    assert "(3, 3, 4)" in said


@pytest.mark.parametrize("value", NO_SCALARS, ids=repr)
@pytest.mark.parametrize(
    ("argument", "call"),
    [
        ("sigma_max", lambda value: engine.Flow(sigma_max=value)),
        ("bias", lambda value: engine.Flow(bias=value)),
        ("input_scale", lambda value: engine.Flow(input_scale=value)),
        ("steps", lambda value: engine.Flow(steps=value)),
        ("cell", lambda value: engine.Flow(cell=value)),
        ("cell", lambda value: engine.RecallTask(cell=value)),
        ("learning_rate", lambda value: engine.RecallTask(learning_rate=value)),
        ("forget_bias", lambda value: engine.RecallTask(forget_bias=value)),
        ("length", lambda value: engine.RecallTask(length=value)),
        ("lr", lambda value: engine.Adam(lr=value)),
        ("betas", lambda value: engine.Adam(betas=value)),
        ("betas", lambda value: engine.Adam(betas=(0.9, value))),
        ("max_norm", lambda value: engine.clip_by_norm([[3.0, 4.0]], value)),
        ("eps", lambda value: engine.clip_by_norm([[3.0, 4.0]], 1.0, eps=value)),
        ("clip_value", lambda value: engine.clip_by_value([[3.0, 4.0]], value)),
        ("eps", lambda value: engine.layer_norm([1.0, 2.0], eps=value)),
        ("proj_size", lambda value: engine.LstmWeights.drawn(0, 2, 3, proj_size=value)),
        ("smoothing", lambda value: engine.fit_markov("ABA", smoothing=value)),
        ("length", engine.pulses),
        ("sigma", lambda value: engine.random_walk(3, sigma=value)),
        ("kind", lambda value: engine.attention_scores(value, SQUARE, SQUARE)),
        ("nonlinearity", lambda value: engine.rnn(SQUARE, RNN, nonlinearity=value)),
    ],
)
def test_what_is_no_number_or_word(argument: str, call: Call, value: Any) -> None:
    with pytest.raises(EngineError) as caught:
        call(value)
    assert caught.value.argument == argument
    assert len(f"{caught.value.message} {caught.value.hint}") < 300


RNN = engine.RnnWeights.drawn(0, 4, 3)


def test_fractions_and_numbers_of_numpy_are_numbers() -> None:
    assert engine.noisy_sine(3, period=Fraction(8), sigma=Fraction(0))[1] == 1
    assert engine.fit_latent(np.sin(range(30)), ridge=Fraction(1, 3)).v.shape == (60,)
    assert engine.Flow(sigma_max=Fraction(1, 2), steps=np.int64(3)).steps == 3
    assert engine.fit_markov("ABA", smoothing=Fraction(1, 3)).exact[0][1] == Fraction(4, 5)


@pytest.mark.parametrize(
    ("argument", "call"),
    [
        ("steps", lambda: engine.Flow(steps=10**12)),
        ("steps", lambda: engine.Flow(cell="lstm", hidden_size=256, steps=100)),
        ("hidden_size", lambda: engine.LstmWeights.drawn(0, 10**4, 10**4)),
        ("seed", lambda: engine.MultiHeadWeights.drawn(0, 2048, 1)),
        ("n", lambda: engine.sinusoidal_positions(10**4, 10**4)),
        ("gradients", lambda: engine.global_norm([np.full(9, 1e308)])),
        ("gradients", lambda: engine.global_norm(3)),
        ("gradients", lambda: engine.Adam().stepped([np.ones(1)], [[1e200]])),
        ("length", lambda: engine.RecallTask(length=10**4)),
        ("hidden_size", lambda: engine.RecallTask(hidden_size=10**4)),
        ("count", lambda: engine.recall_accuracy(None, engine.RecallTask(), count=10**7)),
        ("learning_rate", lambda: engine.RecallTask(learning_rate=1e308)),
        ("gradients", lambda: engine.global_norm(np.ones(()))),
        ("weights", lambda: engine.residual_flow([[[1e200, -1e200], [0, 0]]], [1e200] * 2, [1, 1])),
        ("steps", lambda: engine.sufficient_bound([[1.0]], "tanh", 10**12)),
        ("steps", lambda: engine.activation_chain("tanh", 1.0, 10**12)),
        ("smoothing", lambda: engine.fit_markov("ABA", smoothing=Fraction(10**400))),
    ],
)
def test_sizes_that_would_take_memory_or_time(argument: str, call: Call) -> None:
    with pytest.raises(EngineError) as caught:
        call()
    assert caught.value.argument == argument
