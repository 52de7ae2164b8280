"""What is logged of a mistake is its id; what is said of it tells it from the others."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.engine.test_cost import SAFE
from tests.engine.test_told_apart import DRAWN, draws
from tutor.cli.language import catalogue
from tutor.engine import EngineError, compute, names
from tutor.text.speaker import ENGLISH, Speaker
from tutor.text.words import LANGS

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MATRIX = [[0.9, 0.1], [0.5, 0.5]]
IDENTITY = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
WORKED: dict[str, dict[str, Any]] = {
    "additive_score": {
        "query": [1, 0], "key": [0, 1], "W_q": [[1, 2], [0.5, 1]], "W_k": [[0, 1], [-1, 1]],
        "w_v": [1, -2],
    },
    "allowed_pairs": {"T": 6, "real_keys": 4},
    "ar_fit": {"series": [1, 3, 2, 5, 4, 6, 5, 9], "order": 2, "lag": 2},
    "ar_forecast": {
        "coefficients": [0.5, 0.2], "history": [1, 2, 4], "intercept": 0.1, "step": 3,
        "future": [3, 3],
    },
    "ar_root": {"coefficients": [1.745, 2.0]},
    "attention_divisor": {"embed_dim": 512, "num_heads": 8},
    "attention_entropy": {"scores": [1.8, 1, -3], "d_k": 4},
    "attention_output": {"q": [1, 1, 0], "k": IDENTITY, "v": IDENTITY, "column": 2},
    "attention_weight": {"q": [[1, 1, 0], [0, 1, 0], [2, 0, 0]], "k": IDENTITY, "temperature": 3},
    "clip_norm": {"vector": [3, 4], "max_norm": 2, "position": 2},
    "clip_value": {"vector": [3, -4], "clip_value": 1, "position": 2},
    "gate_product": {"f": 0.4, "steps": 5},
    "gelu": {"x": 0.5},
    "gelu_derivative": {"x": 0.5},
    "gradient_chain": {"activation": "sigmoid", "w": 2.0, "steps": 3, "preactivation": 1.0},
    "gradient_flow": {"cell": "lstm", "hidden_size": 4, "steps": 12, "sigma_max": 1.5},
    "gru_step": {"z": 0.73, "h": 4, "n": -0.94},
    "latent_ar": {
        "series": [1], "w_h": 0.5, "w_x": 2, "w_out": 3, "activation": "tanh", "start": 1,
    },
    "layer_norm": {"x": [1, 2, 6], "position": 3, "weight": [1, 1, -2], "bias": [0, 0, 1]},
    "lstm_step": {"asked": "h", "i": 0.9, "f": 0.2, "c": -4, "g": -0.19, "o": 0.91},
    "markov_distribution": {"P": [[0.44, 0.56], [0.01, 0.99]], "start": [0.25, 0.75], "steps": 3},
    "markov_probability": {"sequence": "ABAABA", "state": "B", "given": "A", "smoothing": 1},
    "markov_stationary": {"P": MATRIX},
    "positional_encoding": {"position": 3, "column": 4, "d_model": 16},
    "relu": {"x": -2},
    "relu_derivative": {"x": -2},
    "residual_flow": {},
    "rnn_step": {"x": 1, "h": 2.2, "w_x": -0.6, "w_h": 0.5, "b": -0.01, "nonlinearity": "relu"},
    "scalar_bptt": {"activation": "tanh", "w": 0.5, "u": 0.7, "x": [1.0, -0.5], "h_0": 0.2},
    "score_variance": {"d_k": 64},
    "sequence_probability": {"P": MATRIX, "start": [0.5, 0.5], "sequence": [1, 1, 2, 2]},
    "sigmoid": {"x": 0.8},
    "sigmoid_derivative": {"x": 0.8},
    "softmax": {"scores": [1.0, 2.0, 3.0], "position": 1},
    "softmax_jacobian": {"scores": [1, 2, 3], "row": 1, "column": 1},
    "tanh": {"x": 0.8},
    "tanh_derivative": {"x": 0.8},
    "train_recall": {"length": 2, "steps": 1, "hidden_size": 2},
    "vanishing_bound": {"activation": "tanh", "weight_hh": [[0, 2], [1, 0]], "steps": 3},
}  # fmt: skip
# their answers are arrays, of which no single value is asked
ARRAYS = {
    "attention", "bptt", "compare_models", "decoder_layer", "encoder_layer", "gru", "lstm",
    "multi_head_attention", "positional_encoding_matrix", "rnn",
}  # fmt: skip
ASKED = [
    *((name, args) for name, choices in DRAWN.items() for args in draws(choices)),
    *SAFE,
    *WORKED.items(),
]
SPEAKERS = (ENGLISH, *(Speaker(lang, catalogue(lang)) for lang in LANGS))


def test_every_function_is_asked() -> None:
    assert {name for name, _ in ASKED} | ARRAYS == set(names())


@pytest.mark.parametrize("name", sorted({name for name, _ in ASKED}))
def test_ids_are_kebab_case_and_messages_tell_them_apart(name: str) -> None:
    found: set[str] = set()
    for args in (args for asked, args in ASKED if asked == name):
        try:
            mistakes = tuple(compute(name, args).solution.mistakes())
        except EngineError:  # a convention without such a layer
            continue
        ids = [mistake.id for mistake in mistakes]
        assert len(set(ids)) == len(ids), ids
        found.update(ids)
        for speaker in SPEAKERS:
            said = [speaker.say(mistake.message) for mistake in mistakes]
            assert all(said)
            assert len(set(said)) == len(said), said
    assert found
    assert all(KEBAB.fullmatch(name) for name in found), found
