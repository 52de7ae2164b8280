"""Attention, Transformer, GPT-2 and BERT counts: formulas, tensors, solutions and mistakes."""

import re
from collections.abc import Callable
from itertools import combinations
from math import prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine import EngineError, Worked, compute
from tutor.text import maths
from tutor.text.speaker import ENGLISH
from tutor.text.words import Words

Request = tuple[str, dict[str, Any]]
Draw = Callable[..., Any]

FUNCTIONS = (
    "attention_params", "bert_params", "decoder_layer_params", "encoder_layer_params",
    "gpt_params", "transformer_params",
)  # fmt: skip
sizes = st.one_of(st.integers(1, 64), st.integers(1, 10**15))
layers = st.one_of(st.integers(1, 12), st.integers(1, 10**15))
optional = st.none() | sizes
switches = st.booleans()


def of_heads(draw: Draw, width: str, heads: str) -> dict[str, int]:
    """Draw a width and a number of heads that divides it."""
    number = draw(st.one_of(st.integers(1, 16), st.integers(1, 10**6)))
    return {width: number * draw(st.one_of(st.integers(1, 64), st.integers(1, 10**9))),
            heads: number}  # fmt: skip


def drawn(draw: Draw, **strategies: st.SearchStrategy[Any]) -> dict[str, Any]:
    """Draw arguments, leaving some of the optional ones out."""
    values = {name: draw(strategy) for name, strategy in strategies.items()}
    return {name: value for name, value in values.items() if value is not None}


def attention(draw: Draw) -> dict[str, Any]:
    """Draw the arguments of an attention layer that its convention can build."""
    convention = draw(st.sampled_from(("pytorch", "keras", "flax", "textbook")))
    args = of_heads(draw, "embed_dim", "num_heads")
    args |= drawn(
        draw, kdim=optional, vdim=optional, bias=st.none() | switches, seq_len=optional,
        batch_size=optional,
    )  # fmt: skip
    if convention in {"keras", "textbook"}:
        args |= drawn(draw, key_dim=optional, value_dim=optional)
    if convention == "keras":
        args |= drawn(draw, output_shape=optional)
    if convention == "flax":
        args |= drawn(draw, out_features=optional)
        if draw(switches):
            args["qkv_features"] = args["num_heads"] * draw(st.integers(1, 64))
    return {**args, "convention": convention}


def layer(draw: Draw) -> dict[str, Any]:
    """Draw the arguments of an encoder or decoder layer."""
    convention = draw(st.sampled_from(("pytorch", "textbook")))
    rest = drawn(
        draw, dim_feedforward=sizes, bias=st.none() | switches, seq_len=optional,
        batch_size=optional,
    )  # fmt: skip
    return {**of_heads(draw, "d_model", "nhead"), **rest, "convention": convention}


def transformer(draw: Draw) -> dict[str, Any]:
    """Draw the arguments of a whole Transformer."""
    args: dict[str, Any] = of_heads(draw, "d_model", "nhead")
    args |= drawn(
        draw, num_encoder_layers=layers, num_decoder_layers=layers, dim_feedforward=sizes,
        bias=switches, max_len=optional,
    )  # fmt: skip
    if "max_len" in args:
        args["positions"] = draw(st.sampled_from(("sinusoidal", "learned")))
    if draw(switches):
        args["tie"] = draw(st.sampled_from(("none", "output", "all")))
        args["src_vocab_size"] = args["tgt_vocab_size"] = draw(sizes)
        if args["tie"] != "all" and draw(switches):
            args["tgt_vocab_size"] = draw(sizes)
    return args


def gpt(draw: Draw) -> dict[str, Any]:
    """Draw the arguments of a model like GPT-2."""
    rest = drawn(
        draw, vocab_size=sizes, n_positions=sizes, n_layer=layers, n_inner=optional,
        tie_word_embeddings=switches,
    )  # fmt: skip
    return {**of_heads(draw, "n_embd", "n_head"), **rest}


def bert(draw: Draw) -> dict[str, Any]:
    """Draw the arguments of a model like BERT."""
    rest = drawn(
        draw, vocab_size=sizes, num_hidden_layers=layers, intermediate_size=sizes,
        max_position_embeddings=sizes, type_vocab_size=sizes, add_pooling_layer=st.none() | switches,
        mlm_head=switches,
    )  # fmt: skip
    if rest["mlm_head"]:
        rest["tie_word_embeddings"] = draw(switches)
    return {**of_heads(draw, "hidden_size", "num_attention_heads"), **rest}


ARGUMENTS = {
    "attention_params": attention,
    "bert_params": bert,
    "decoder_layer_params": layer,
    "encoder_layer_params": layer,
    "gpt_params": gpt,
    "transformer_params": transformer,
}


@st.composite
def requests(draw: Draw) -> Request:
    """Draw any function with arguments that it takes."""
    name = draw(st.sampled_from(FUNCTIONS))
    return name, ARGUMENTS[name](draw)


class Reader:
    """Evaluates a sum of products as the engine writes it, apart from the engine's algebra."""

    TOKEN = re.compile(r"\s*(\d{1,3}(?:,\d{3})+|\d+|[A-Za-z](?:_[A-Za-z])?|\\cdot|\\times|[-+^()])")

    def __init__(self, tex: str, symbols: dict[str, int]) -> None:
        assert not re.search(r"\d{4}", tex), "digits are grouped"
        self.tokens = self.TOKEN.findall(tex)
        assert "".join(self.tokens) == re.sub(r"\s", "", tex)
        self.symbols = symbols

    def next(self) -> str:
        """Return the token that comes next, or nothing at the end."""
        return self.tokens[0] if self.tokens else ""

    def sum(self) -> int:
        """Read a sum to its end."""
        value = self.product()
        while self.next() == "+":
            self.tokens.pop(0)
            value += self.product()
        return value

    def product(self) -> int:
        """Read factors, with or without a sign between them."""
        value = self.power()
        while self.next() not in {"", "+", ")"}:
            if self.next() in {r"\cdot", r"\times"}:
                self.tokens.pop(0)
            value *= self.power()
        return value

    def power(self) -> int:
        """Read a number, a symbol or a sum in parentheses, and its exponent."""
        part = self.tokens.pop(0)
        if part == "(":
            value = self.sum()
            assert self.tokens.pop(0) == ")"
        else:
            value = int(part.replace(",", "")) if part[0].isdigit() else self.symbols[part]
        if self.next() == "^":
            self.tokens.pop(0)
            value **= int(self.tokens.pop(0))
        return value


def value_of(tex: str, symbols: dict[str, int] | None = None) -> int:
    """Evaluate what the engine wrote."""
    reader = Reader(tex, symbols or {})
    value = reader.sum()
    assert not reader.tokens
    return value


def symbols_of(name: str, args: dict[str, Any]) -> dict[str, int]:
    """Return what each symbol of a formula stands for."""
    match name:
        case "attention_params":
            d, h = args["embed_dim"], args["num_heads"]
            keys = args.get("key_dim") or args.get("qkv_features", d) // h
            k, v = args.get("kdim"), args.get("vdim")
            if args["convention"] == "keras":
                k = k or v
            if args["convention"] == "flax":
                v = v or k
            return {
                "d": d,
                "h": h,
                "k": k or d,
                "v": v or d,
                "d_k": keys,
                "d_v": args.get("value_dim") or keys,
                "m": args.get("qkv_features", 0),
                "o": args.get("output_shape") or args.get("out_features") or d,
            }
        case "encoder_layer_params" | "decoder_layer_params":
            d, h = args["d_model"], args["nhead"]
            return {"d": d, "h": h, "d_k": d // h, "f": args["dim_feedforward"]}
        case "transformer_params":
            return {
                "d": args["d_model"],
                "f": args["dim_feedforward"],
                "V": args.get("src_vocab_size", 0),
                "V_s": args.get("src_vocab_size", 0),
                "V_t": args.get("tgt_vocab_size", 0),
                "n": args.get("max_len", 0),
                "L_e": args["num_encoder_layers"],
                "L_d": args["num_decoder_layers"],
            }
        case "gpt_params":
            return {
                "d": args["n_embd"],
                "f": args.get("n_inner", 0),
                "V": args["vocab_size"],
                "n": args["n_positions"],
                "L": args["n_layer"],
            }
        case _:
            return {
                "d": args["hidden_size"],
                "f": args["intermediate_size"],
                "V": args["vocab_size"],
                "n": args["max_position_embeddings"],
                "s": args["type_vocab_size"],
                "L": args["num_hidden_layers"],
            }


def said(words: Words) -> str:
    """Return the words in English, after checking that their maths can be drawn."""
    text = ENGLISH.say(words)
    assert text.count("$") % 2 == 0
    assert "\\val" not in text
    for tex in re.findall(r"\$([^$]+)\$", text):
        maths.inline(maths.parse(tex))
    assert not re.search(r"!|\bwrong\b", text, re.IGNORECASE)
    return text


@given(requests())
def test_everything_sums_to_the_total(request_: Request) -> None:
    worked = compute(*request_)
    assert type(worked.total) is int
    assert sum(term.value for term in worked.terms) == worked.total
    for term in worked.terms:
        assert term.shape
        assert term.times * prod(term.shape) == term.value
        assert value_of(term.substituted) == term.value
    assert value_of(worked.substituted) == worked.total
    assert len({term.id for term in worked.terms}) == len(worked.terms)
    assert all(term.id.isidentifier() for term in worked.terms)


@given(requests())
def test_symbols_have_the_numbers_value(request_: Request) -> None:
    worked = compute(*request_)
    symbols = symbols_of(*request_)
    assert value_of(worked.formula, symbols) == worked.total
    for term in worked.terms:
        assert value_of(term.symbol, symbols) == term.value


@given(requests())
def test_mistakes_are_told_apart(request_: Request) -> None:
    worked = compute(*request_)
    values = [worked.total, *(mistake.value for mistake in worked.mistakes)]
    assert all(a != b for a, b in combinations(values, 2))
    ids = [mistake.id for mistake in worked.mistakes] + list(worked.coinciding)
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in ids)


@given(requests())
def test_everything_can_be_said(request_: Request) -> None:
    worked = compute(*request_)
    for tex in (worked.formula, worked.substituted):
        maths.inline(maths.parse(tex))
    for term in worked.terms:
        maths.inline(maths.parse(term.symbol))
        maths.inline(maths.parse(term.substituted))
    for mistake in worked.mistakes:
        assert said(mistake.message).startswith(f"{mistake.value:,} ")
    assert [said(step.text) for step in worked.steps][-1] == (
        f"Parameters in total: {worked.total:,}."
    )
    for variant in worked.variants:
        assert said(variant.why).endswith(".")
        assert said(variant.label)


@given(requests())
def test_a_mistakes_sum_is_its_value(request_: Request) -> None:
    for mistake in compute(*request_).mistakes:
        sums = re.findall(r"\$([^$]+)\$", said(mistake.message))
        assert sums, mistake.id
        assert value_of(sums[0]) == mistake.value


@given(requests())
def test_the_lines_add_up(request_: Request) -> None:
    for step in compute(*request_).steps:
        for tex in re.findall(r"\$([^$]+)\$", said(step.text)):
            if tex.count("=") == 2:
                symbols, numbers, count = tex.split("=")
                assert value_of(numbers) == value_of(count)
                assert value_of(symbols, symbols_of(*request_)) == value_of(count)


@given(requests())
def test_a_convention_is_its_own_variant(request_: Request) -> None:
    name, args = request_
    worked = compute(name, args)
    if "convention" in args:
        totals = {variant.convention: variant.total for variant in worked.variants}
        assert totals[args["convention"]] == worked.total


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
    assert encoder.coinciding == ("inner-bias-forgotten",)
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


@pytest.mark.parametrize("name", FUNCTIONS)
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
