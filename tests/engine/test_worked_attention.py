"""Attention worked out: numbers, mistakes, words, and what is refused."""

import json
import math
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.engine import EngineError, compute
from tutor.engine.worked import Worked
from tutor.text import maths
from tutor.text.speaker import ENGLISH

GOLDEN = Path(__file__).parents[1] / "golden" / "data"
CASES: list[dict[str, Any]] = json.loads((GOLDEN / "attention.json").read_text("utf-8"))["cases"]
I3 = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
Q3 = [[1, 1, 0], [0, 1, 0], [2, 0, 0]]
LONG = [0.5 * i for i in range(12)]
EXAMPLES: list[tuple[str, dict[str, Any]]] = [
    ("attention", {"q": Q3, "k": I3, "v": [[1], [2], [3]], "is_causal": True}),
    ("attention", {"q": [[1, 1, 0]], "k": I3, "v": I3, "real_keys": 2, "scaled": False}),
    ("attention", {"q": [LONG], "k": [LONG] * 9, "v": [LONG] * 9, "temperature": 2}),
    ("attention_output", {"q": [1, 1, 0], "k": I3, "v": [1, 2, 3]}),
    ("attention_output", {"q": [1, 1, 0], "k": I3, "v": I3, "column": 2, "temperature": 0.5}),
    ("attention_output", {"q": LONG, "k": [LONG] * 9, "v": LONG[:9], "scaled": False}),
    ("attention_weight", {"q": Q3, "k": I3, "query": 2, "key": 1, "is_causal": True}),
    ("attention_weight", {"q": Q3, "k": I3, "query": 1, "key": 3, "is_causal": True}),
    ("attention_weight", {"q": Q3, "k": I3, "scaled": False, "temperature": 3}),
    ("attention_weight", {"q": [LONG], "k": [LONG, *[LONG[::-1]] * 9], "key": 2}),
    ("attention_divisor", {"embed_dim": 512, "num_heads": 8}),
    ("attention_divisor", {"embed_dim": 10**15}),
    ("allowed_pairs", {"T": 6}),
    ("allowed_pairs", {"T": 6, "real_keys": 4}),
    ("allowed_pairs", {"T": 6, "real_keys": 4, "is_causal": False}),
    ("allowed_pairs", {"T": 10**15, "is_causal": False}),
    ("score_variance", {"d_k": 64}),
    ("score_variance", {"d_k": 64, "scaled": True}),
    ("attention_entropy", {"scores": [3, 1, -5, 8], "d_k": 16}),
    ("attention_entropy", {"scores": LONG, "d_k": 16, "scaled": False}),
    ("positional_encoding", {"position": 3, "column": 4, "d_model": 16}),
    ("positional_encoding", {"position": 3, "column": 5, "d_model": 16, "base": 1e6}),
    ("positional_encoding", {"position": 10**15, "column": 0, "d_model": 1}),
    ("positional_encoding_matrix", {"seq_len": 3, "d_model": 4}),
    ("layer_norm", {"x": [1, 2, 6], "position": 3, "weight": [1, 1, -2], "bias": [0, 0, 1]}),
    ("layer_norm", {"x": LONG, "eps": 1}),
    ("softmax_jacobian", {"scores": [1, 2, 3], "row": 1, "column": 1}),
    ("softmax_jacobian", {"scores": [1, 2, 3], "row": 1, "column": 3}),
    ("additive_score", {"query": [1, 0], "key": [0, 1], "W_q": [[1, 2], [0.5, 1]], "W_k": [[0, 1], [-1, 1]], "w_v": [1, -2]}),
    ("multi_head_attention", {"seq_len": 3, "embed_dim": 4, "num_heads": 1, "is_causal": True}),
    ("multi_head_attention", {"seq_len": 2, "embed_dim": 8, "num_heads": 4}),
    ("encoder_layer", {"seq_len": 3, "d_model": 4, "nhead": 2, "dim_feedforward": 8}),
    ("encoder_layer", {"seq_len": 3, "d_model": 4, "nhead": 2, "dim_feedforward": 8, "norm_first": True, "activation": "gelu"}),
    ("decoder_layer", {"seq_len": 3, "memory_len": 2, "d_model": 4, "nhead": 2, "dim_feedforward": 8}),
    ("decoder_layer", {"seq_len": 1, "memory_len": 1, "d_model": 1, "nhead": 1, "dim_feedforward": 1, "norm_first": True}),
]  # fmt: skip


def can_be_said(worked: Worked) -> None:
    """Check that all words and maths of an answer can be written, and that mistakes differ."""
    words = [ENGLISH.say(step.text) for step in worked.steps]
    words += [ENGLISH.say(mistake.message) for mistake in worked.mistakes]
    words += [f"${tex}$" for term in worked.terms for tex in (term.symbol, term.substituted)]
    words += [f"${worked.formula}$", f"${worked.substituted}$"]
    words += [str(term.label) for term in worked.terms]
    for text in words:
        assert "!" not in text
        assert "nan" not in text.split()
        for tex in re.findall(r"\$([^$]+)\$", text):
            maths.inline(maths.parse(tex))
    if not isinstance(worked.total, tuple):
        values = [worked.total, *(mistake.value for mistake in worked.mistakes)]
        assert all(math.isfinite(value) for value in values)
        assert all(a != b for a, b in combinations(values, 2))
    ids = [mistake.id for mistake in worked.mistakes]
    assert len(set(ids)) == len(ids)
    names = [term.id for term in worked.terms]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("name", "args"), EXAMPLES)
def test_everything_can_be_said(name: str, args: dict[str, Any]) -> None:
    worked = compute(name, args)
    can_be_said(worked)
    assert worked == compute(name, args)
    assert hash(worked.solution) == hash(compute(name, args).solution)


reals = st.one_of(st.floats(-5, 5), st.integers(-3, 3), st.floats(-1e6, 1e6))
rows = st.lists(reals, min_size=2, max_size=2)


@settings(max_examples=40)  # each says some hundred formulas
@given(rows, st.lists(rows, min_size=3, max_size=3), st.lists(reals, min_size=3, max_size=3),
       st.booleans(), st.sampled_from([0.5, 1.0, 3.0]))  # fmt: skip
def test_outputs_can_be_said(
    q: list[float], k: list[list[float]], v: list[float], scaled: bool, temperature: float
) -> None:
    worked = compute(
        "attention_output", {"q": q, "k": k, "v": v, "scaled": scaled, "temperature": temperature}
    )
    can_be_said(worked)
    assert min(v) - 1e-6 <= worked.total <= max(v) + 1e-6
    can_be_said(compute("attention_weight", {"q": [q] * 3, "k": k, "query": 2, "is_causal": True}))
    can_be_said(compute("layer_norm", {"x": [*q, *v], "position": 2}))
    can_be_said(compute("attention_entropy", {"scores": v, "d_k": 4}))
    can_be_said(compute("softmax_jacobian", {"scores": v, "row": 2, "column": 3}))
    can_be_said(compute("softmax_jacobian", {"scores": v, "row": 2, "column": 2}))
    can_be_said(
        compute("additive_score", {"query": q, "key": v, "W_q": [q], "W_k": [v], "w_v": v[:1]})
    )


@settings(max_examples=40)
@given(st.integers(1, 10**15), st.data())
def test_counts_can_be_said(size: int, data: st.DataObject) -> None:
    real = data.draw(st.one_of(st.none(), st.integers(1, size)))
    for causal in (True, False):
        can_be_said(compute("allowed_pairs", {"T": size, "real_keys": real, "is_causal": causal}))
    for scaled in (True, False):
        can_be_said(compute("score_variance", {"d_k": size, "scaled": scaled}))
    can_be_said(compute("attention_divisor", {"embed_dim": 4 * size // 4, "num_heads": 1}))
    column = data.draw(st.integers(0, size - 1))
    position = data.draw(st.integers(0, 10**6))
    can_be_said(
        compute("positional_encoding", {"position": position, "column": column, "d_model": size})
    )


@pytest.mark.parametrize(
    ("name", "args", "total"),
    [
        ("attention_output", {"q": [1, 1, 0], "k": I3, "v": [1, 2, 3]}, 1.829),
        ("attention_output", {"q": [0, 0, 0], "k": I3, "v": [1, 2, 6]}, 3),
        ("attention_weight", {"q": Q3, "k": I3, "query": 1, "key": 1, "is_causal": True}, 1),
        ("attention_divisor", {"embed_dim": 512, "num_heads": 8}, 8),
        ("attention_divisor", {"embed_dim": 96, "num_heads": 8}, 3.464),
        ("allowed_pairs", {"T": 5}, 15),
        ("allowed_pairs", {"T": 5, "real_keys": 3}, 12),
        ("allowed_pairs", {"T": 5, "is_causal": False}, 25),
        ("score_variance", {"d_k": 1024}, 1024),
        ("positional_encoding", {"position": 0, "column": 5, "d_model": 8}, 1),
        ("layer_norm", {"x": [1, 3], "position": 2}, 1.0),
        ("softmax_jacobian", {"scores": [0, 0], "row": 1, "column": 2}, -0.25),
    ],
)
def test_known_answers(name: str, args: dict[str, Any], total: float) -> None:
    assert compute(name, args).total == pytest.approx(total, abs=5e-4)
    assert type(compute("attention_divisor", {"embed_dim": 512, "num_heads": 8}).total) is int


@given(st.integers(1, 12), st.data())
def test_pairs_are_those_of_the_mask(T: int, data: st.DataObject) -> None:
    real = data.draw(st.integers(1, T))
    causal = data.draw(st.booleans())
    mask = np.ones((T, T)) * (np.arange(T) < real)
    expected = (np.tril(mask) if causal else mask).sum()
    worked = compute("allowed_pairs", {"T": T, "real_keys": real, "is_causal": causal})
    assert worked.total == expected
    assert sum(term.count for term in worked.terms) == worked.total


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ({"T": 1}, False),
        ({"T": 4, "real_keys": 1}, False),
        ({"T": 4, "real_keys": 2}, True),
        ({"T": 2}, True),
    ],
)
def test_query_2_sees_two_keys_where_there_are_two(args: dict[str, Any], said: bool) -> None:
    worked = compute("allowed_pairs", args)
    assert any("query 2" in str(step.text) for step in worked.steps) == said


@pytest.mark.parametrize(
    ("q", "said"),
    [([0, 0, 0], False), ([1, 1, 0], False), ([0.1 + 0.2, 0.3, 0], False), ([2, 1, 0], True)],
)
def test_no_key_wins_a_tie(q: list[float], said: bool) -> None:
    worked = compute("attention_output", {"q": q, "k": I3, "v": [1, 2, 6]})
    assert ("winner-takes-all" in {mistake.id for mistake in worked.mistakes}) == said


def test_mistakes_of_the_output() -> None:
    worked = compute("attention_output", {"q": [1, 1, 0], "k": I3, "v": [1, 2, 3]})
    assert {mistake.id: round(mistake.value, 3) for mistake in worked.mistakes} == {
        "unscaled": 1.733,
        "scale-not-root": 1.896,
        "scale-multiplied": 1.622,
        "plain-average": 2,
        "not-exponentiated": 1.5,
        "scaled-after-softmax": 1.001,
    }


@pytest.mark.parametrize(
    ("name", "args", "mistakes"),
    [
        ("allowed_pairs", {"T": 6}, {"mask-forgotten": 36, "diagonal-hidden": 15, "half-of-all": 18, "one-per-query": 6}),
        ("attention_divisor", {"embed_dim": 512, "num_heads": 4}, {"heads-forgotten": math.sqrt(512), "scale-not-root": 128, "model-size": 512, "heads-instead": 4, "root-then-heads": math.sqrt(512) / 4}),
        ("score_variance", {"d_k": 64}, {"deviation-instead": 8, "variance-stays": 1, "variance-squared": 4096, "variances-added-per-entry": 128}),
        ("softmax_jacobian", {"scores": [0, math.log(3)], "row": 1, "column": 2}, {"diagonal-rule": 0.1875 + 0, "sign-flipped": 0.1875, "weights-independent": 0, "mixed-rule": 0.0625, "value-instead": 0.25}),
    ],
)  # fmt: skip
def test_mistakes(name: str, args: dict[str, Any], mistakes: dict[str, float]) -> None:
    found = {mistake.id: mistake.value for mistake in compute(name, args).mistakes}
    if name == "softmax_jacobian":  # of two weights, both rules give one number
        del mistakes["sign-flipped"]
    assert found == pytest.approx(mistakes)


def test_a_common_size_poses_all_mistakes_apart() -> None:
    assert compute("allowed_pairs", {"T": 6}).coinciding == ()
    assert compute("allowed_pairs", {"T": 12, "real_keys": 10}).coinciding == ()
    assert compute("attention_divisor", {"embed_dim": 768, "num_heads": 12}).coinciding == ()
    assert compute("score_variance", {"d_k": 64}).coinciding == ()


def test_worked_attention_agrees_with_pytorch() -> None:
    for case in CASES:
        inputs, options = case["inputs"], case["options"]
        if case["function"] != "F.scaled_dot_product_attention" or "attn_mask" in options:
            continue
        if np.ndim(inputs["query"]) != 2 or len(inputs["query"]) > 60:
            continue
        if options.get("scale", 1.0) != 1.0:
            continue
        shown = {
            "q": inputs["query"],
            "k": inputs["key"],
            "is_causal": options.get("is_causal", False),
            "scaled": "scale" not in options,
        }
        worked = compute("attention", {**shown, "v": inputs["value"]})
        expected = np.array(case["expected"]["output"])
        np.testing.assert_allclose(worked.total, expected, rtol=0, atol=1e-12)
        terms = {term.id: np.array(term.value) for term in worked.terms}
        np.testing.assert_allclose(terms["weights"] @ inputs["value"], expected, atol=1e-12)
        for i, j in np.ndindex(terms["weights"].shape):
            weight = compute("attention_weight", {**shown, "query": i + 1, "key": j + 1})
            assert weight.total == pytest.approx(terms["weights"][i, j], abs=1e-12)


def test_worked_numbers_agree_with_pytorch() -> None:
    for case in CASES:
        if case["function"] == "layer_norm" and np.ndim(case["inputs"]["x"]) == 1:
            args = {"x": case["inputs"]["x"], **case["weights"], **case["options"]}
            for i, expected in enumerate(case["expected"]["output"], 1):
                found = compute("layer_norm", {**args, "position": i}).total
                assert found == pytest.approx(expected, abs=1e-12)
        if case["function"] == "positions":
            n, d, base = case["options"].values()
            table = compute(
                "positional_encoding_matrix", {"seq_len": n, "d_model": d, "base": base}
            )
            np.testing.assert_allclose(table.total, case["expected"]["output"], atol=1e-12)
            for position, column in np.ndindex(n, d):
                args = {"position": position, "column": column, "d_model": d, "base": base}
                entry = compute("positional_encoding", args).total
                expected = case["expected"]["output"][position][column]
                assert entry == pytest.approx(expected, abs=1e-12)
    recorded = json.loads((GOLDEN / "activations.json").read_text("utf-8"))["softmax"]
    for row in recorded:
        for i, j in np.ndindex(np.shape(row["jacobian"])):
            args = {"scores": row["scores"], "row": i + 1, "column": j + 1}
            found = compute("softmax_jacobian", args).total
            assert found == pytest.approx(row["jacobian"][i][j], abs=1e-12)


def test_drawn_layers_differ_by_seed_and_repeat() -> None:
    args = {"seq_len": 3, "d_model": 4, "nhead": 2, "dim_feedforward": 5}
    one, two = compute("encoder_layer", args), compute("encoder_layer", {**args, "seed": 1})
    assert one.total == compute("encoder_layer", args).total
    assert one.total != two.total
    decoder = compute("decoder_layer", {**args, "memory_len": 2})
    weights = next(term for term in decoder.terms if term.id == "weights")
    assert weights.shape == (2, 3, 3)
    assert not np.triu(np.array(weights.value), 1).any()


@pytest.mark.parametrize(
    ("name", "args", "argument", "words"),
    [
        ("attention", {"q": Q3, "k": [[1, 2]], "v": [[1]]}, "k", "d_k = 3"),
        ("attention", {"q": Q3, "k": I3, "v": [[1]]}, "v", "m = 3"),
        ("attention", {"q": Q3, "k": I3, "v": I3, "real_keys": 4}, "real_keys", "from 1 to 3"),
        ("attention", {"q": Q3, "k": I3, "v": I3, "temperature": 0}, "temperature", "number from"),
        ("attention", {"q": Q3, "k": I3, "v": I3, "scale": 1}, "scale", "scaled"),
        ("attention", {"q": [[1.0]] * 300, "k": [[1.0]] * 300, "v": [[1.0]] * 300}, "k", "65,536"),
        ("attention_output", {"q": [1, 1], "k": I3, "v": [1, 2, 3]}, "k", "d_k = 2"),
        ("attention_output", {"q": [1, 1, 0], "k": I3, "v": [1, 2]}, "v", "m = 3"),
        ("attention_output", {"q": [1, 1, 0], "k": I3, "v": [1, 2, 3], "column": 2}, "column", "from 1 to 1"),
        ("attention_output", {"q": [1, 1, 0], "k": I3, "v": [1, "a", 3]}, "v", "number"),
        ("attention_output", {"q": [1, 1, 0], "k": I3, "v": 3}, "v", "rows"),
        ("attention_weight", {"q": Q3, "k": I3, "query": 4}, "query", "from 1 to 3"),
        ("attention_weight", {"q": Q3, "k": I3, "key": 4}, "key", "from 1 to 3"),
        ("attention_divisor", {"embed_dim": 10, "num_heads": 3}, "num_heads", "does not divide"),
        ("attention_divisor", {"embed_dim": 10**16}, "embed_dim", "whole number"),
        ("allowed_pairs", {"T": 3, "real_keys": 4}, "real_keys", "from 1 to 3"),
        ("allowed_pairs", {"T": 2.5}, "T", "whole number"),
        ("score_variance", {"d_k": 0}, "d_k", "whole number"),
        ("attention_entropy", {"scores": [1, math.nan]}, "scores", "nan"),
        ("positional_encoding", {"position": 0, "column": 4, "d_model": 4}, "column", "0 to 3"),
        ("positional_encoding", {"position": -1, "column": 0, "d_model": 4}, "position", "whole"),
        ("positional_encoding_matrix", {"seq_len": 512, "d_model": 512}, "seq_len", "65,536"),
        ("layer_norm", {"x": [1, 2], "position": 3}, "position", "from 1 to 2"),
        ("layer_norm", {"x": [1, 2], "weight": [1]}, "weight", "d = 2"),
        ("layer_norm", {"x": [1, 2], "eps": 0}, "eps", "number from"),
        ("softmax_jacobian", {"scores": [1, 2], "row": 3}, "row", "from 1 to 2"),
        ("softmax_jacobian", {"scores": [1, 2], "column": 3}, "column", "from 1 to 2"),
        ("additive_score", {"query": [1], "key": [1], "W_q": [[1, 2]], "W_k": [[1]], "w_v": [1]}, "W_q", "q = 1"),
        ("multi_head_attention", {"seq_len": 2, "embed_dim": 5, "num_heads": 2}, "num_heads", "does not divide"),
        ("encoder_layer", {"seq_len": 2, "d_model": 5, "nhead": 2, "dim_feedforward": 3}, "nhead", "`nhead` = 2"),
        ("encoder_layer", {"seq_len": 512, "d_model": 4, "nhead": 2, "dim_feedforward": 3}, "seq_len", "65,536"),
        ("decoder_layer", {"seq_len": 2, "memory_len": 2, "d_model": 4, "nhead": 2, "dim_feedforward": 3, "activation": "tanh"}, "activation", "relu, gelu"),
    ],
)  # fmt: skip
def test_what_is_refused(name: str, args: dict[str, Any], argument: str, words: str) -> None:
    with pytest.raises(EngineError) as caught:
        compute(name, args)
    said = f"{caught.value.message} {caught.value.hint}".replace("\\", "")
    assert caught.value.argument == argument
    assert words in said
