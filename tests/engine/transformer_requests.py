"""Draws what the counting functions of attention and Transformers take."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

Request = tuple[str, dict[str, Any]]
Draw = Callable[..., Any]

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
    name = draw(st.sampled_from(sorted(ARGUMENTS)))
    return name, ARGUMENTS[name](draw)


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
