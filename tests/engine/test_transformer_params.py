"""Attention, Transformer, GPT-2 and BERT: the counts that are known, mistakes, bad input."""

from typing import Any

import pytest

from tests.engine.tex import said
from tutor.engine import EngineError, Worked, compute


def mistakes(worked: Worked) -> dict[str, int | float]:
    """Return the values of the mistakes by their ids."""
    return {mistake.id: mistake.value for mistake in worked.mistakes}


def test_attention_of_the_paper() -> None:
    args = {"embed_dim": 512, "num_heads": 8, "seq_len": 10, "batch_size": 32}
    worked = compute("attention_params", args)
    total = 1_050_624
    assert worked.total == total
    assert worked.formula == "4d^2 + 4d"
    assert worked.substituted == r"4 \cdot 512^2 + 4 \cdot 512"
    assert worked.coinciding == ()
    assert mistakes(worked) == {
        "times-heads": 8 * total,
        "heads-of-full-size": 3 * 8 * 512 * 513 + 512 * (8 * 512 + 1),
        "one-head": 3 * 64 * 513 + 512 * 65,
        "output-projection-forgotten": 3 * 512**2 + 3 * 512,
        "one-projection-for-all": 2 * 512**2 + 2 * 512,
        "no-bias": 4 * 512**2,
        "scores-counted": total + 10**2,
        "scores-of-heads-counted": total + 8 * 10**2,
        "times-steps": 10 * total,
        "times-batch": 32 * total,
    }
    assert {variant.convention: variant.total for variant in worked.variants} == {
        "pytorch": total,
        "keras": total,
        "flax": total,
        "textbook": 4 * 512**2,
    }


@pytest.mark.parametrize("heads", [1, 2, 4, 8, 16, 32, 64])
def test_heads_do_not_change_the_count(heads: int) -> None:
    for convention in ("pytorch", "keras", "flax"):
        args = {"embed_dim": 512, "num_heads": heads, "convention": convention}
        assert compute("attention_params", args).total == 1_050_624


def test_keras_counts_by_the_size_of_a_head() -> None:
    args = {"embed_dim": 512, "num_heads": 8, "convention": "keras", "key_dim": 512}
    worked = compute("attention_params", args)
    assert worked.total == 3 * 8 * 512 * 513 + 512 * (8 * 512 + 1)
    assert worked.formula == "h d_k(d + 1) + h d_k(d + 1) + h d_k(d + 1) + d(h d_k + 1)"
    assert mistakes(worked)["key-dim-as-total"] == 1_050_624
    assert [variant.convention for variant in worked.variants] == ["keras", "flax", "textbook"]


def test_encoder_and_decoder_layer() -> None:
    args = {"d_model": 512, "nhead": 8, "dim_feedforward": 2048, "seq_len": 10}
    encoder, decoder = (compute(f"{name}_layer_params", args) for name in ("encoder", "decoder"))
    assert encoder.total == 3_152_384
    assert encoder.formula == "4d^2 + 2df + 9d + f"
    assert decoder.formula == "8d^2 + 2df + 15d + f"
    assert decoder.count - encoder.count == 1_051_648
    network = 2 * 512 * 2048 + 2048 + 512
    assert mistakes(encoder) == {
        "one-layer-norm": 3_152_384 - 1024,
        "cross-attention-counted": decoder.total,
        "times-heads": 3_152_384 + 7 * 1_050_624,
        "output-projection-forgotten": 3_152_384 - 512 * 513,
        "layer-norms-forgotten": 3_152_384 - 2048,  # as without the inner bias: 4d = f
        "one-feedforward-layer": 3_152_384 - 512 * 2048 - 512,
        "feedforward-of-model-size": 3_152_384 - network + 2 * 512 * 513,
        "feedforward-doubled": 3_152_384 + network,
        "no-bias": 3_152_384 - 4 * 512 - 2048 - 512,
        "feedforward-per-position": 3_152_384 + 9 * network,
        "scores-counted": 3_152_384 + 100,
        "times-steps": 31_523_840,
    }
    assert encoder.coinciding == ()
    assert mistakes(decoder)["cross-attention-forgotten"] == decoder.count - 1_050_624
    assert mistakes(decoder)["decoder-as-encoder"] == encoder.total
    assert mistakes(decoder)["two-layer-norms"] == decoder.count - 1024


def test_the_papers_attention_has_no_biases() -> None:
    args = {"d_model": 512, "nhead": 8, "dim_feedforward": 2048, "convention": "textbook"}
    assert compute("encoder_layer_params", args).total == 3_152_384 - 4 * 512
    assert compute("encoder_layer_params", {**args, "bias": True}).total == 3_152_384
    assert compute("encoder_layer_params", {**args, "bias": False}).total == 3_145_728 + 1024


def test_transformer_base() -> None:
    both = {"src_vocab_size": 37_000, "tgt_vocab_size": 37_000}
    tied = compute("transformer_params", {**both, "tie": "all", "max_len": 512})
    assert tied.total == 63_084_544
    assert tied.formula == "Vd + L_e(4d^2 + 2df + 9d + f) + L_d(8d^2 + 2df + 15d + f) + 4d"
    assert mistakes(tied)["untied"] == 100_972_544
    assert mistakes(tied)["embeddings-forgotten"] == compute("transformer_params", {}).total
    assert mistakes(tied)["sinusoid-counted"] == 63_084_544 + 512 * 512
    assert mistakes(tied)["final-norms-forgotten"] == 63_084_544 - 2048
    untied = compute("transformer_params", both)
    assert untied.total == 100_972_544
    assert mistakes(untied)["all-tied"] == 63_084_544
    assert compute("transformer_params", {**both, "tie": "output"}).total == 82_028_544


def test_gpt_2_and_gpt_3() -> None:
    small = compute("gpt_params", {})
    assert small.total == 124_439_808
    assert small.formula == "Vd + nd + L(12d^2 + 13d) + 2d"
    assert mistakes(small)["untied"] == 163_037_184
    assert mistakes(small)["layer-matrices-only"] == 12 * 12 * 768**2 == 84_934_656
    assert compute("gpt_params", {"tie_word_embeddings": False}).total == 163_037_184
    large = compute(
        "gpt_params", {"n_embd": 12_288, "n_layer": 96, "n_head": 96, "n_positions": 2048}
    )
    assert large.total == 174_604_259_328
    assert len(large.terms) == len(small.terms) == 16
    assert {term.times for term in large.terms} == {1, 96}


def test_bert_base() -> None:
    base = compute("bert_params", {})
    assert base.total == 109_482_240
    assert mistakes(base)["pooler-forgotten"] == 108_891_648
    head = compute("bert_params", {"mlm_head": True})
    assert head.total == 109_514_298
    assert head.count - 108_891_648 == 768**2 + 3 * 768 + 30_522
    assert mistakes(head)["pooler-counted"] == 109_514_298 + 768**2 + 768


HEADS = {
    "attention_params": ({"embed_dim": 10, "num_heads": 3}, "num_heads", "embed_dim"),
    "bert_params": ({"num_attention_heads": 7}, "num_attention_heads", "hidden_size"),
    "decoder_layer_params": ({"nhead": 7}, "nhead", "d_model"),
    "encoder_layer_params": ({"nhead": 7}, "nhead", "d_model"),
    "gpt_params": ({"n_head": 7}, "n_head", "n_embd"),
    "transformer_params": ({"nhead": 7}, "nhead", "d_model"),
}


@pytest.mark.parametrize("name", HEADS)
def test_heads_that_do_not_divide_the_width(name: str) -> None:
    args, heads, width = HEADS[name]
    with pytest.raises(EngineError) as caught:
        compute(name, args)
    assert caught.value.argument == heads
    assert f"`{heads}`" in said(caught.value.message)
    assert f"`{width}`" in said(caught.value.message)


REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("attention_params", {"convention": "onnx"}, "convention", "already projected"),
    ("attention_params", {"convention": "jax"}, "convention", "`jax`"),
    ("attention_params", {"key_dim": 4}, "key_dim", "`pytorch`"),
    ("attention_params", {"qkv_features": 4, "convention": "keras"}, "qkv_features", "`keras`"),
    ("attention_params", {"output_shape": 4, "convention": "flax"}, "output_shape", "`flax`"),
    ("attention_params", {"qkv_features": 9, "convention": "flax"}, "num_heads", "qkv_features"),
    ("attention_params", {"embed_dim": 0}, "embed_dim", "`0`"),
    ("attention_params", {"embed_dim": -8}, "embed_dim", "-8`"),
    ("attention_params", {"embed_dim": 8.0}, "embed_dim", "`8.0`"),
    ("attention_params", {"embed_dim": float("nan")}, "embed_dim", "`nan`"),
    ("attention_params", {"embed_dim": 10**16}, "embed_dim", "`10000000000000000`"),
    ("attention_params", {"num_heads": True}, "num_heads", "`True`"),
    ("attention_params", {"kdim": 0}, "kdim", "`0`"),
    ("encoder_layer_params", {"convention": "keras"}, "convention", "`keras`"),
    ("decoder_layer_params", {"dim_feedforward": 0}, "dim_feedforward", "`0`"),
    ("transformer_params", {"src_vocab_size": 9}, "tgt_vocab_size", "`src_vocab_size`"),
    ("transformer_params", {"tgt_vocab_size": 9}, "src_vocab_size", "`tgt_vocab_size`"),
    ("transformer_params", {"tie": "all"}, "tie", "embeddings"),
    (
        "transformer_params",
        {"tie": "all", "src_vocab_size": 9, "tgt_vocab_size": 8},
        "tie",
        "`src_vocab_size` is 9",
    ),
    ("transformer_params", {"positions": "learned"}, "max_len", "`max_len`"),
    ("transformer_params", {"num_encoder_layers": 0}, "num_encoder_layers", "`0`"),
    ("gpt_params", {"n_layer": 1.5}, "n_layer", "`1.5`"),
    ("gpt_params", {"n_layers": 12}, "n_layers", "no argument"),
    ("bert_params", {"tie_word_embeddings": False}, "tie_word_embeddings", "no head"),
    ("bert_params", {"vocab_size": "9"}, "vocab_size", "`'9'`"),
]


@pytest.mark.parametrize(("name", "args", "argument", "words"), REFUSED)
def test_refused(name: str, args: dict[str, Any], argument: str, words: str) -> None:
    if name == "attention_params":
        args = {"embed_dim": 8, "num_heads": 2, **args}
    with pytest.raises(EngineError) as caught:
        compute(name, args)
    assert caught.value.argument == argument
    assert words in said(caught.value.message)
    assert caught.value.hint is not None
    assert said(caught.value.hint)


@pytest.mark.parametrize("d", [64, 256, 512, 768])
@pytest.mark.parametrize("convention", ["pytorch", "textbook"])
def test_the_usual_sizes_tell_all_mistakes_apart(d: int, convention: str) -> None:
    layer = {"d_model": d, "nhead": 8, "dim_feedforward": 4 * d, "convention": convention}
    heads = {"embed_dim": d, "num_heads": 8, "convention": convention, "seq_len": 10}
    for worked in (
        compute("encoder_layer_params", {**layer, "seq_len": 10}),
        compute("decoder_layer_params", layer),
        compute("attention_params", heads),
        compute("gpt_params", {"n_embd": d, "n_head": 4}),
        compute("bert_params", {"hidden_size": d, "num_attention_heads": 4}),
    ):
        assert worked.coinciding == ()
