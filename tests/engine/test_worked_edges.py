"""What worked answers say at the edges: one step, one of a kind, a bound of 1, no way around."""

import math
from typing import Any

import numpy as np
import pytest

from tutor.engine import EngineError, compute
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
    ],
)
def test_one_is_no_plural(name: str, args: dict[str, Any]) -> None:
    worked = compute(name, args)
    said = f" {lines(worked)} " + " ".join(str(m.message) for m in worked.mistakes)
    for plural in (
        "steps", "matrices", "layers", "positions", "blocks", "bytes", "equations", "unknowns",
        "times",
    ):  # fmt: skip
        assert f" 1 {plural}" not in said
        assert f" $1$ {plural}" not in said
        assert f"= 1$ {plural}" not in said


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
