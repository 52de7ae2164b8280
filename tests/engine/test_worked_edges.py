"""What worked answers say at the edges: one step, one of a kind, a bound of 1, no way around."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tutor.engine import EngineError, compute
from tutor.engine.sequence import ar, markov, series
from tutor.engine.worked import Worked


def lines(worked: Worked) -> str:
    return " ".join(str(step.text) for step in worked.steps)


def mistake(worked: Worked, name: str) -> float:
    (value,) = [m.value for m in worked.mistakes if m.id == name]
    return value


def test_scaling_after_the_softmax_leaves_the_scores_unscaled() -> None:
    q, k, v = [1.0, 1.0, 0.0], np.eye(3).tolist(), [1.0, 2.0, 4.0]
    e = np.exp([1.0, 1.0, 0.0])
    expected = (e / e.sum()) @ v / math.sqrt(3)
    worked = compute("attention_output", {"q": q, "k": k, "v": v})
    assert mistake(worked, "scaled-after-softmax") == pytest.approx(expected, abs=1e-12)


def test_a_bound_of_one_does_not_allow_exploding() -> None:
    said = lines(compute("gradient_flow", {"sigma_max": 1.0, "steps": 50}))
    assert "explode" not in said
    assert "is sufficient" not in said
    shrinking = lines(compute("gradient_flow", {"sigma_max": 0.9, "steps": 50}))
    assert "is sufficient" in shrinking
    sigmoid = lines(compute("gradient_flow", {"activation": "sigmoid", "sigma_max": 3.9}))
    assert "is sufficient" in sigmoid


def test_a_plain_stack_has_no_way_around() -> None:
    assert "a path on which" not in lines(compute("residual_flow", {"gate": 0.0}))
    assert "a path on which" in lines(compute("residual_flow", {"gate": 0.5}))


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("gradient_flow", {"steps": 1}),
        ("residual_flow", {"layers": 1}),
        ("bptt", {"steps": 1}),
        ("gradient_chain", {"activation": "sigmoid", "w": 1.0, "steps": 1}),
        ("vanishing_bound", {"activation": "sigmoid", "sigma_max": 2.0, "steps": 1}),
        ("train_recall", {"steps": 1, "length": 2, "hidden_size": 2}),
        ("ar_fit", {"series": [1, 2], "order": 1, "intercept": False}),
        ("ar_forecast", {"coefficients": [0.5], "history": [1], "step": 6}),
        ("latent_ar", {"series": [1, 2, 3, 4, 5, 6], "w_h": 0.5}),
        ("markov_distribution", {"P": [[0.9, 0.1], [0.5, 0.5]], "start": [1, 0], "steps": 6}),
        ("markov_distribution", {"P": [[0.9, 0.1], [0.5, 0.5]], "start": [1, 0], "steps": 1}),
        ("markov_probability", {"sequence": "AB", "state": "B", "given": "A"}),
        ("markov_stationary", {"P": [[1, 0], [0.5, 0.5]]}),
        ("activation_memory", {"layer": "rnn", "seq_len": 1, "hidden_size": 3}),
        ("ffn_flops", {"seq_len": 1, "d_model": 3, "dim_feedforward": 4}),
        ("recurrent_flops", {"cell": "rnn", "seq_len": 1, "input_size": 2, "hidden_size": 3}),
        ("score_memory", {"seq_len": 1, "dtype": "int8"}),
        ("conv_flops", {"in_channels": 1, "out_channels": 1, "kernel_size": 1, "input_size": [1]}),
        ("path_length", {"layer": "convolution", "seq_len": 2}),
        ("path_length", {"layer": "attention", "seq_len": 2}),
        ("sequential_steps", {"layer": "attention", "seq_len": 2}),
        ("sequential_steps", {"layer": "recurrent", "seq_len": 1}),
        ("allowed_pairs", {"T": 1}),
        ("allowed_pairs", {"T": 2, "real_keys": 1}),
        ("activation_memory", {"layer": "rnn", "seq_len": 1, "hidden_size": 1, "dtype": "int8"}),
        ("flash_attention", {"seq_len": 1, "dtype": "int8"}),
        ("kv_cache", {"seq_len": 1, "embed_dim": 1, "num_heads": 1, "dtype": "int8"}),
        ("ffn_flops", {"seq_len": 1, "d_model": 1, "dim_feedforward": 1}),
        ("recurrence_crossover", {"d_model": 1, "cell": "gru"}),
        ("recurrence_crossover", {"d_model": 1}),
        ("scores_crossover", {"d_model": 1, "dim_feedforward": 1}),
        ("attention_flops", {"seq_len": 1, "embed_dim": 1}),
        ("attention_divisor", {"embed_dim": 1, "num_heads": 1}),
        ("score_variance", {"d_k": 1}),
        ("multi_head_attention", {"seq_len": 1, "embed_dim": 1, "num_heads": 1}),
        ("attention_weight", {"q": [[1]], "k": [[1]], "key": 1}),
        ("attention_output", {"q": [1], "k": [[1]], "v": [1]}),
        ("attention_entropy", {"scores": [1, 1], "d_k": 1}),
        ("layer_norm", {"x": [1, 2]}),
        ("encoder_layer", {"seq_len": 1, "d_model": 2, "nhead": 1, "dim_feedforward": 1}),
        ("compare_models", {"example": "noisy_sine", "steps": 1, "hidden_size": 1, "order": 1}),
    ],
)
def test_one_is_no_plural(name: str, args: dict[str, Any]) -> None:
    worked = compute(name, args)
    said = f" {lines(worked)} " + " ".join(str(m.message) for m in worked.mistakes)
    said += f" {worked.total} {worked.unit}"
    check_singular(said)


PLURALS = (
    "steps", "matrices", "layers", "positions", "blocks", "bytes", "equations", "unknowns",
    "times", "pairs", "tokens", "numbers", "entries", "rows", "columns", "heads", "units", "keys",
    "weights", "states", "scores", "values", "letters", "elements", "coefficients",
)  # fmt: skip


def check_singular(said: str) -> None:
    for plural in PLURALS:
        assert f" 1 {plural}" not in said
        assert f" $1$ {plural}" not in said
        assert f"= 1$ {plural}" not in said


ONE = {"P": [[1.0]]}


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("ar_fit", {"series": [1], "order": 1}),
        ("ar_forecast", {"coefficients": [1, 1], "history": [1]}),
        ("compare_models", {"series": [1.0], "steps": 1}),
        ("markov_distribution", ONE | {"start": [1, 0], "steps": 1}),
        ("markov_distribution", {"P": [[1, 0], [0, 1]], "start": [1], "steps": 1}),
        ("markov_distribution", ONE | {"start": [1], "steps": 1, "state": 2}),
        ("markov_stationary", {"P": [[0.5, 0.5]]}),
        ("markov_stationary", {"P": [[1], [1]]}),
        ("markov_probability", {"sequence": "A", "state": "A", "given": "A"}),
        ("clip_norm", {"vector": [1], "max_norm": 1, "position": 2}),
        ("vanishing_bound", {"activation": "tanh", "steps": 3, "weight_hh": [[1, 2]]}),
        ("conv_flops", {"in_channels": 1, "out_channels": 1, "kernel_size": 2, "input_size": [1]}),
        ("allowed_pairs", {"T": 1, "real_keys": 2}),
        ("attention_weight", {"q": [[1]], "k": [[1]], "key": 2}),
        ("softmax", {"scores": [1], "position": 2}),
        ("positional_encoding", {"position": 1, "column": 2, "d_model": 2}),
    ],
)
def test_one_is_no_plural_in_a_refusal(name: str, args: dict[str, Any]) -> None:
    with pytest.raises(EngineError) as caught:
        compute(name, args)
    check_singular(f" {caught.value.message} {caught.value.hint} ".replace("\\", ""))


@pytest.mark.parametrize(
    "call",
    [
        lambda: series.checked_series([1.0]),
        lambda: markov.fit_markov("A"),
        lambda: ar.forecast_ar(ar.given_ar([1e100]), [1e90], 9),
    ],
)
def test_one_is_no_plural_where_arrays_are_refused(call: Callable[[], object]) -> None:
    with pytest.raises(EngineError) as caught:
        call()
    check_singular(f" {caught.value.message} {caught.value.hint} ")


def test_a_product_that_no_float_holds_is_refused() -> None:
    with pytest.raises(EngineError) as caught:
        compute("gate_product", {"f": 0.5, "steps": 10**6})
    assert caught.value.argument == "steps"
    assert compute("gate_product", {"f": 0.0, "steps": 10**6}).total == 0
    assert compute("gate_product", {"f": 1.0, "steps": 10**15}).total == 1


def test_heads_of_attention_divide_its_width() -> None:
    size = {"seq_len": 7, "hidden_size": 24, "num_heads": 5}
    with pytest.raises(EngineError) as caught:
        compute("activation_memory", {"layer": "attention", **size})
    assert caught.value.argument == "num_heads"
    for name in ("attention_flops", "kv_cache"):
        with pytest.raises(EngineError, match="does not divide"):
            compute(name, {"seq_len": 7, "embed_dim": 24, "num_heads": 5})


def test_a_periodic_chain_is_not_said_to_tend_anywhere() -> None:
    worked = compute("markov_stationary", {"P": [[0, 0.3, 0.7], [1, 0, 0], [1, 0, 0]]})
    messages = " ".join(str(m.message) for m in worked.mistakes)
    assert "tends to" not in messages
    assert "long run is" not in messages


def test_a_double_root_on_the_unit_circle_lets_shocks_grow() -> None:
    assert "a shock grows" in lines(compute("ar_root", {"coefficients": [2, -1]}))
    for coefficients in ([1], [0, -1], [0, 1], [1.5, -0.5]):
        assert "never dies away" in lines(compute("ar_root", {"coefficients": coefficients}))
