"""Attention and Transformer layers on arrays: properties, and what is refused."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor import engine
from tutor.engine import EngineError, activations, noise
from tutor.engine.attention import scaled_dot_product

seeds = st.integers(0, 2**32)
sizes = st.integers(1, 6)


def drawn(seed: int, *shape: int) -> np.ndarray:
    return noise.normal(seed, *shape)


@given(seeds, sizes, sizes, st.booleans(), st.booleans())
def test_rows_sum_to_one_and_hidden_pairs_are_zero(
    seed: int, n: int, m: int, causal: bool, padded: bool
) -> None:
    q, k, v = drawn(seed, 2, n, 3) * 9, drawn(seed + 1, 2, m, 3), drawn(seed + 2, 2, m, 3)
    mask = noise.uniform(seed, 2, n, m) < 0.5
    mask[..., 0] = True
    real = engine.padding_mask([m, max(m - 1, 1)], m) if padded else None
    run = engine.scaled_dot_product_attention(q, k, v, mask=mask, real_keys=real, is_causal=causal)
    allowed = run.visible.all()
    assert allowed is not None
    np.testing.assert_allclose(run.weights.sum(axis=-1), 1, atol=1e-12)
    assert (run.weights[~allowed] == 0).all()
    assert np.isneginf(run.masked[~allowed]).all()
    assert not (np.triu(run.weights, 1) != 0).any() or not causal
    np.testing.assert_allclose(run.weights @ v, run.output, atol=1e-12)
    assert (run.entropy >= -1e-15).all()
    assert (run.entropy <= math.log(m) + 1e-12).all()


@given(seeds, st.integers(60, 140), st.integers(60, 140), st.booleans())
def test_blocks_give_what_one_piece_gives(seed: int, n: int, m: int, masked: bool) -> None:
    q, k, v = drawn(seed, 2, n, 3), drawn(seed + 1, 1, m, 3), drawn(seed + 2, 2, m, 2)
    mask = None
    if masked:
        mask = noise.uniform(seed, n, m) < 0.3
        mask[:, 0] = True
    run = engine.scaled_dot_product_attention(q, k, v, mask=mask, is_causal=True)
    allowed = np.tri(n, m, dtype=bool) if mask is None else np.tri(n, m, dtype=bool) & mask
    scores = np.where(allowed, q @ k.mT / math.sqrt(3), -np.inf)
    np.testing.assert_allclose(run.output, activations.softmax(scores) @ v, atol=1e-12)


@given(seeds, st.integers(2, 6))
def test_permuted_tokens_give_permuted_outputs_unless_positioned(seed: int, T: int) -> None:
    x = drawn(seed, T, 4)
    order = np.argsort(noise.uniform(seed + 1, T))
    weights = engine.EncoderLayerWeights.drawn(seed, 4, 2, 8)
    plain = engine.encoder_layer(x, weights, 2).output
    np.testing.assert_allclose(
        engine.encoder_layer(x[order], weights, 2).output, plain[order], atol=1e-10
    )
    positions = engine.sinusoidal_positions(T, 4)
    there = engine.encoder_layer(x + positions, weights, 2).output
    here = engine.encoder_layer(x[order] + positions, weights, 2).output
    moved = not np.array_equal(order, np.arange(T))
    assert np.allclose(here, there[order], atol=1e-10) != moved


@given(seeds, sizes, sizes)
def test_a_zero_query_gives_the_average(seed: int, m: int, d: int) -> None:
    k, v = drawn(seed, m, d), drawn(seed + 1, m, 2)
    run = engine.scaled_dot_product_attention(np.zeros((1, d)), k, v)
    np.testing.assert_allclose(run.output[0], v.mean(axis=0), atol=1e-12)
    np.testing.assert_allclose(run.entropy, math.log(m), atol=1e-12)


@given(seeds, st.integers(2, 6))
def test_identical_keys_share(seed: int, m: int) -> None:
    q, k, v = drawn(seed, 3, 4), drawn(seed + 1, m, 4), drawn(seed + 2, m, 2)
    k[1] = k[0]
    run = engine.scaled_dot_product_attention(q, k, v)
    np.testing.assert_allclose(run.weights[:, 0], run.weights[:, 1], rtol=1e-12)


@given(seeds, st.integers(2, 6), st.booleans(), st.integers(0, 4))
def test_causal_output_does_not_depend_on_later_tokens(
    seed: int, T: int, norm_first: bool, at: int
) -> None:
    at = min(at, T - 2)
    weights = engine.DecoderLayerWeights.drawn(seed, 6, 3, 5)
    x, memory = drawn(seed, T, 6), drawn(seed + 1, 3, 6)
    other = x.copy()
    other[at + 1 :] += 1 + drawn(seed + 2, T - at - 1, 6)
    one, two = (
        engine.decoder_layer(tokens, memory, weights, 3, norm_first=norm_first).output
        for tokens in (x, other)
    )
    np.testing.assert_allclose(one[: at + 1], two[: at + 1], atol=1e-12)
    assert not np.allclose(one[at + 1 :], two[at + 1 :])


@given(seeds, st.integers(1, 6))
def test_the_softmax_jacobian_is_the_finite_difference(seed: int, n: int) -> None:
    scores = drawn(seed, n) * 3
    jacobian = activations.softmax_jacobian(scores)
    for j in range(n):
        step = np.zeros(n)
        step[j] = 1e-5
        slope = (activations.softmax(scores + step) - activations.softmax(scores - step)) / 2e-5
        np.testing.assert_allclose(jacobian[:, j], slope, atol=1e-9)
    np.testing.assert_allclose(jacobian.sum(axis=0), 0, atol=1e-15)


@given(seeds, sizes, st.floats(0.1, 10))
def test_temperature_divides_the_scaled_scores(seed: int, m: int, temperature: float) -> None:
    q, k, v = drawn(seed, 2, 3), drawn(seed + 1, m, 3), drawn(seed + 2, m, 1)
    warm = engine.scaled_dot_product_attention(q, k, v, temperature=temperature)
    same = engine.scaled_dot_product_attention(q / temperature, k, v)
    np.testing.assert_allclose(warm.weights, same.weights, atol=1e-12)


@given(seeds, st.integers(1, 3), st.integers(1, 3))
def test_heads_are_attentions_of_their_own(seed: int, heads: int, size: int) -> None:
    E = heads * size
    weights = engine.MultiHeadWeights.drawn(seed, E, heads)
    x = drawn(seed, 2, 4, E)
    mask = np.array([np.tri(4), np.ones((4, 4))]) > 0
    run = engine.multi_head_attention(x, x, x, weights, heads, mask=mask)
    assert len(run.heads) == heads
    for i, head in enumerate(run.heads):
        alone = engine.scaled_dot_product_attention(head.q, head.k, head.v, mask=mask)
        np.testing.assert_allclose(head.output, alone.output, atol=1e-12)
        np.testing.assert_allclose(head.weights, run.weights[:, i], atol=1e-12)
        np.testing.assert_array_equal(head.output, run.concatenated[..., i * size : (i + 1) * size])


@given(seeds, st.integers(1, 8))
def test_normalised_vectors_have_mean_0_and_variance_1(seed: int, d: int) -> None:
    run = engine.layer_norm(5 + 3 * drawn(seed, 2, d), eps=1e-3)
    np.testing.assert_allclose(run.output.mean(axis=-1), 0, atol=1e-12)
    variance = run.variance[..., 0]
    np.testing.assert_allclose(run.output.var(axis=-1), variance / (variance + 1e-3), atol=1e-12)


@given(seeds)
def test_scores_are_those_of_the_attentions(seed: int) -> None:
    q, k, v = drawn(seed, 2, 3), drawn(seed + 1, 4, 3), drawn(seed + 2, 4, 1)
    dot = engine.attention_scores("dot", q, k)
    scaled = engine.attention_scores("scaled_dot", q, k)
    run = engine.scaled_dot_product_attention(q, k, v)
    np.testing.assert_allclose(dot, run.scores, atol=1e-12)
    np.testing.assert_allclose(scaled, run.scaled, atol=1e-12)
    np.testing.assert_allclose(engine.attention_scores("general", q, k, W=np.eye(3)), dot)
    W_q, W_k, w_v = drawn(seed + 3, 5, 3), drawn(seed + 4, 5, 3), drawn(seed + 5, 5)
    additive = engine.attention_scores("additive", q, k, W_q=W_q, W_k=W_k, w_v=w_v)
    expected = [[w_v @ np.tanh(W_q @ one + W_k @ key) for key in k] for one in q]
    np.testing.assert_allclose(additive, expected, atol=1e-12)
    bahdanau = engine.additive_attention(q, k, v, W_q, W_k, w_v)
    np.testing.assert_allclose(bahdanau.scores, additive, atol=1e-12)


def test_scaling_keeps_the_softmax_from_saturating() -> None:
    entropies = []
    for seed in range(300):
        q, k = drawn(seed, 1, 1024), drawn(10**6 + seed, 8, 1024)
        run = [
            engine.scaled_dot_product_attention(q, k, np.ones((8, 1)), scale=scale)
            for scale in (None, 1.0)
        ]
        entropies.append([float(one.entropy[0]) for one in run])
    scaled, unscaled = np.mean(entropies, axis=0)
    assert (round(scaled, 1), round(unscaled, 1)) == (1.7, 0.1)


def test_masks() -> None:
    assert engine.causal_mask(5).sum() == 15
    assert engine.padding_mask([3, 1], 3).tolist() == [[True] * 3, [True, False, False]]
    assert engine.sinusoidal_positions(1, 6).tolist() == [[0, 1, 0, 1, 0, 1]]


def test_float32_stays_float32() -> None:
    x = drawn(1, 2, 70, 4).astype(np.float32)
    weights = engine.MultiHeadWeights(*(np.eye(4, dtype=np.float32),) * 4)
    run = engine.multi_head_attention(x, x, x, weights, 2, is_causal=True)
    assert {a.dtype for a in (run.output, run.weights, run.attention.scaled)} == {np.dtype("f4")}
    assert engine.layer_norm(x).output.dtype == np.float32


def test_a_run_holds_the_weights_only_when_they_are_read() -> None:
    x = drawn(1, 3, 2)
    run = engine.scaled_dot_product_attention(x, x, x)
    assert "weights" not in vars(run)
    assert run.weights is run.weights
    assert scaled_dot_product.BLOCK < 140, "the test of the blocks has more than one"


ONES = np.ones((2, 3))
EYE = np.eye(4)
WEIGHTS = engine.MultiHeadWeights(EYE, EYE, EYE, EYE)
X = np.ones((2, 4))
LAYER = engine.EncoderLayerWeights.drawn(0, 4, 2, 3)


@pytest.mark.parametrize(
    ("call", "argument", "words"),
    [
        (lambda: engine.scaled_dot_product_attention(ONES, np.ones((4, 2)), ONES), "k", "d_k = 3 (`q`)"),
        (lambda: engine.scaled_dot_product_attention(ONES, ONES, np.ones((4, 2))), "v", "m = 2 (`k`)"),
        (lambda: engine.scaled_dot_product_attention(np.ones((2, 2, 3)), np.ones((3, 2, 3)), ONES), "k", "(2, 2, 3)"),
        (lambda: engine.scaled_dot_product_attention([[math.nan, 1, 1]], ONES, ONES), "q", "nan at [0, 0]"),
        (lambda: engine.scaled_dot_product_attention(ONES, ONES, [[math.inf]] * 2), "v", "inf at [0, 0]"),
        (lambda: engine.scaled_dot_product_attention([[1, 2], [3]], ONES, ONES), "q", "rows of one length"),
        (lambda: engine.scaled_dot_product_attention(1e200 * ONES, 1e200 * ONES, ONES), "q", "overflow"),
        (lambda: engine.scaled_dot_product_attention(ONES, ONES, 1e308 * ONES), "v", "overflow"),
        (lambda: engine.scaled_dot_product_attention(ONES, ONES, ONES, scale=math.inf), "scale", "finite"),
        (lambda: engine.scaled_dot_product_attention(ONES, ONES, ONES, temperature=0), "temperature", "above 0"),
        (lambda: engine.scaled_dot_product_attention(ONES, ONES, ONES, mask=[[1, 0], [1, 1]]), "mask", "True and False"),
        (lambda: engine.scaled_dot_product_attention(ONES, ONES, ONES, mask=[[True], [True, False]]), "mask", "True and False"),
        (lambda: engine.scaled_dot_product_attention(ONES, ONES, ONES, mask=[[True] * 3] * 2), "mask", "(2, 3)"),
        (lambda: engine.scaled_dot_product_attention(ONES, ONES, ONES, mask=[[True] * 2, [False] * 2]), "mask", "query [1]"),
        (lambda: engine.scaled_dot_product_attention(ONES, ONES, ONES, real_keys=[False, True], is_causal=True), "real_keys", "query [0]"),
        (lambda: engine.scaled_dot_product_attention(np.ones((2, 2, 3)), ONES, ONES, real_keys=[[True] * 2, [False] * 2]), "real_keys", "query [1, 0]"),
        (lambda: engine.scaled_dot_product_attention(ONES, ONES, ONES, real_keys=[True] * 3), "real_keys", "(3)"),
        (lambda: engine.multi_head_attention(X, X, X, WEIGHTS, 3), "num_heads", "`embed_dim` = 4"),
        (lambda: engine.multi_head_attention(X, X, X, WEIGHTS, 0), "num_heads", "from 1 on"),
        (lambda: engine.multi_head_attention(ONES, X, X, WEIGHTS, 2), "q_proj_weight", "d_q = 3"),
        (lambda: engine.multi_head_attention(X, X, X, WEIGHTS, 2, mask=[[True], []]), "mask", "True and False"),
        (lambda: engine.multi_head_attention(1e300 * X, X, X, engine.MultiHeadWeights(1e300 * EYE, EYE, EYE, EYE), 2), None, "smaller"),
        (lambda: engine.MultiHeadWeights.drawn(0, 10, 4), "num_heads", "`num_heads` = 4"),
        (lambda: engine.MultiHeadWeights.drawn(-1, 8, 4), "seed", "from 0 on"),
        (lambda: engine.MultiHeadWeights.drawn(0, 10**12, 4), "seed", "At most"),
        (lambda: engine.MultiHeadWeights.drawn(0, 2.5, 1), "embed_dim", "whole number"),
        (lambda: engine.MultiHeadWeights.from_pytorch({"out_proj.weight": EYE}), "q_proj_weight", "no `q_proj_weight`"),
        (lambda: engine.MultiHeadWeights.from_pytorch({"bias_k": EYE}), "bias_k", "add_bias_kv"),
        (lambda: engine.MultiHeadWeights.from_keras(np.ones((3, 2, 4)), np.ones((3, 2, 5)), np.ones((3, 2, 4)), np.ones((2, 4, 3))), "key_kernel", "k = 4 (`query_kernel`)"),
        (lambda: engine.additive_attention(ONES, ONES, ONES, ONES, np.ones((3, 3)), np.ones(2)), "W_k", "a = 2"),
        (lambda: engine.additive_attention(ONES, ONES, ONES, ONES, ONES, np.ones(2), real_keys=[False] * 2), "real_keys", "query [0]"),
        (lambda: engine.attention_scores("cosine", ONES, ONES), "kind", "dot, scaled_dot, general, additive"),
        (lambda: engine.attention_scores("general", ONES, ONES), "W", "needs `W`"),
        (lambda: engine.attention_scores("dot", ONES, ONES, W=EYE), "W", "has no `W`"),
        (lambda: engine.attention_scores("dot", 1e200 * ONES, 1e200 * ONES), None, "smaller"),
        (lambda: engine.layer_norm(ONES, np.ones(2)), "weight", "d = 3"),
        (lambda: engine.layer_norm(ONES, eps=0), "eps", "above 0"),
        (lambda: engine.layer_norm([1e200, -1e200]), "x", "overflows"),
        (lambda: engine.softmax_jacobian([]), "scores", "(..., n)"),
        (lambda: engine.softmax_jacobian(3.0), "scores", "(..., n)"),
        (lambda: engine.softmax_jacobian([math.inf, 1.0]), "scores", "inf at [0]"),
        (lambda: engine.sinusoidal_positions(0, 4), "n", "from 1 on"),
        (lambda: engine.sinusoidal_positions(4, 4, base=-1.0), "base", "above 0"),
        (lambda: engine.sinusoidal_positions(10**12, 4), "n", "At most"),
        (lambda: engine.causal_mask(10**12), "T", "At most"),
        (lambda: engine.causal_mask(2.0), "T", "whole number"),
        (lambda: engine.padding_mask([0, 2], 3), "lengths", "from 1 to T = 3"),
        (lambda: engine.padding_mask([1.5], 3), "lengths", "from 1 to T = 3"),
        (lambda: engine.encoder_layer(X, LAYER, 3), "nhead", "does not divide"),
        (lambda: engine.encoder_layer(np.ones((2, 6)), LAYER, 2), "q_proj_weight", "d_q = 6"),
        (lambda: engine.encoder_layer(X, LAYER, 2, activation="tanh"), "activation", "relu, gelu"),
        (lambda: engine.EncoderLayerWeights.drawn(0, 4, 3, 8), "nhead", "`nhead` = 3"),
        (lambda: engine.DecoderLayerWeights.drawn(0, 4, 2, 0), "dim_feedforward", "from 1 on"),
    ],
)  # fmt: skip
def test_what_is_refused(call: Callable[[], Any], argument: str | None, words: str) -> None:
    with pytest.raises(EngineError) as caught:
        call()
    said = f"{caught.value.message} {caught.value.hint}".replace("\\", "")
    assert caught.value.argument == argument
    assert words in said
