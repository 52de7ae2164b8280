"""Record what frameworks count in attention and Transformers, in data/transformer_counts.json.

Every layer and model is really built, large ones on torch's meta device, and asked for its
weights. Written with torch 2.13.0, keras 3.15.1 (torch backend), flax 0.12.8 and
transformers 5.24.0. To run again, outside the project's own environment:

    python3 -m venv golden-venv
    golden-venv/bin/pip install torch==2.13.0 keras==3.15.1 flax==0.12.8 transformers==5.24.0
    KERAS_BACKEND=torch golden-venv/bin/python tests/golden/make_transformer_counts.py

Each line holds the engine function, its arguments, the total and the tensors in the
framework's order: name, shape and, where layers repeat, how often, with `*` for the number of
the layer. Names are those of `named_parameters()`, without the `transformer.` and `bert.` of
models with a head; Keras weight paths and Flax parameter paths without the layer's own name.
A tensor that two modules share is listed once, as `named_parameters()` has it.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "torch")

import flax
import jax
import keras
import torch
import transformers
from flax import linen

DATA = Path(__file__).parent / "data" / "transformer_counts.json"
Case = dict[str, Any]
Named = Iterable[tuple[str, tuple[int, ...]]]


def torch_attention() -> Iterator[Case]:
    """Yield multi-head attention over widths, heads, biases and sizes of keys and values."""
    shared = ((512, 8), (512, 64), (512, 1), (64, 4), (10, 5), (7, 7), (1, 1), (768, 12), (24, 3))
    others = (
        {"kdim": 256, "vdim": 128}, {"kdim": 100}, {"vdim": 100}, {"kdim": 512, "vdim": 512},
        {"kdim": 1, "vdim": 1}, {"kdim": 512, "vdim": 3},
    )  # fmt: skip
    configurations = [
        *({"embed_dim": d, "num_heads": h} for d, h in shared),
        *({"embed_dim": 512, "num_heads": 8, **other} for other in others),
        {"embed_dim": 12, "num_heads": 2, "kdim": 5, "vdim": 7},
    ]
    for sizes, bias in product(configurations, (True, False)):
        args = {**sizes, "bias": bias}
        module = torch.nn.MultiheadAttention(**args)
        yield case("attention_params", {**args, "convention": "pytorch"}, of_torch(module))


def keras_attention() -> Iterator[Case]:
    """Yield multi-head attention with sizes per head, built for queries, values and keys."""
    configurations: list[Case] = [
        {"embed_dim": 512, "num_heads": 8, "key_dim": 64},
        {"embed_dim": 512, "num_heads": 8, "key_dim": 512},
        {"embed_dim": 512, "num_heads": 8, "key_dim": 64, "value_dim": 32},
        {"embed_dim": 512, "num_heads": 8, "key_dim": 64, "output_shape": 100},
        {"embed_dim": 512, "num_heads": 8, "key_dim": 64, "vdim": 256},
        {"embed_dim": 512, "num_heads": 8, "key_dim": 64, "kdim": 128, "vdim": 256},
        {"embed_dim": 10, "num_heads": 3, "key_dim": 4, "value_dim": 5, "output_shape": 6},
        {"embed_dim": 10, "num_heads": 3, "key_dim": 4, "kdim": 7, "vdim": 8, "value_dim": 5},
        {"embed_dim": 1, "num_heads": 1, "key_dim": 1},
        {"embed_dim": 24, "num_heads": 5, "key_dim": 7},
    ]
    for sizes, bias in product(configurations, (True, False)):
        keras.utils.clear_session()
        layer = keras.layers.MultiHeadAttention(
            sizes["num_heads"],
            sizes["key_dim"],
            value_dim=sizes.get("value_dim"),
            output_shape=sizes.get("output_shape"),
            use_bias=bias,
        )
        value = sizes.get("vdim", sizes["embed_dim"])
        shapes = {"query_shape": (2, 3, sizes["embed_dim"]), "value_shape": (2, 5, value)}
        if "kdim" in sizes:
            shapes["key_shape"] = (2, 5, sizes["kdim"])
        layer.build(**shapes)
        tensors = [(one.path.split("/", 1)[1], tuple(one.shape)) for one in layer.weights]
        args = {**sizes, "bias": bias, "convention": "keras"}
        yield case("attention_params", args, tensors, counted=layer.count_params())


def flax_attention() -> Iterator[Case]:
    """Yield multi-head attention whose heads share `qkv_features`."""
    configurations: list[Case] = [
        {"embed_dim": 512, "num_heads": 8},
        {"embed_dim": 512, "num_heads": 8, "qkv_features": 256},
        {"embed_dim": 512, "num_heads": 8, "out_features": 100},
        {"embed_dim": 512, "num_heads": 8, "kdim": 128, "vdim": 256},
        {"embed_dim": 512, "num_heads": 8, "kdim": 128},
        {"embed_dim": 10, "num_heads": 3, "qkv_features": 12, "out_features": 7},
        {"embed_dim": 1, "num_heads": 1},
        {"embed_dim": 10, "num_heads": 4, "qkv_features": 4, "vdim": 9},
    ]
    for sizes, bias in product(configurations, (True, False)):
        own = {key: sizes[key] for key in ("qkv_features", "out_features") if key in sizes}
        layer = linen.MultiHeadDotProductAttention(sizes["num_heads"], use_bias=bias, **own)
        queries = jax.numpy.zeros((2, 3, sizes["embed_dim"]))
        inputs = [queries]
        if "kdim" in sizes or "vdim" in sizes:
            inputs.append(jax.numpy.zeros((2, 5, sizes.get("kdim", sizes["embed_dim"]))))
        if "vdim" in sizes:
            inputs.append(jax.numpy.zeros((2, 5, sizes["vdim"])))
        params = layer.init(jax.random.key(0), *inputs)["params"]
        tensors = [
            (f"{owner}/{name}", one.shape)
            for owner, weights in params.items()
            for name, one in weights.items()
        ]
        args = {**sizes, "bias": bias, "convention": "flax"}
        yield case("attention_params", args, tensors)


LAYERS = ((512, 8, 2048), (64, 4, 256), (10, 2, 24), (1, 1, 1), (7, 7, 7), (768, 12, 3072))


def torch_layers() -> Iterator[Case]:
    """Yield encoder and decoder layers, and stacks of encoder layers."""
    for name, layer in (
        ("encoder_layer_params", torch.nn.TransformerEncoderLayer),
        ("decoder_layer_params", torch.nn.TransformerDecoderLayer),
    ):
        for (d, h, f), bias in product(LAYERS, (True, False)):
            args = {"d_model": d, "nhead": h, "dim_feedforward": f, "bias": bias}
            yield case(name, {**args, "convention": "pytorch"}, of_torch(layer(**args)))
    for name, layer, stack in (
        ("encoder_layer_params", torch.nn.TransformerEncoderLayer, torch.nn.TransformerEncoder),
        ("decoder_layer_params", torch.nn.TransformerDecoderLayer, torch.nn.TransformerDecoder),
    ):
        for layers in (1, 2, 6):
            args = {"d_model": 12, "nhead": 3, "dim_feedforward": 20}
            module = stack(layer(**args), layers)
            yield {**case(name, args, of_torch(module)), "layers": layers}


def torch_transformers() -> Iterator[Case]:
    """Yield whole Transformers, without and with embeddings and an output layer."""
    configurations: list[Case] = [
        {},
        {"num_encoder_layers": 1, "num_decoder_layers": 1},
        {"num_encoder_layers": 3, "num_decoder_layers": 2},
        {"num_encoder_layers": 2, "num_decoder_layers": 12},
        {"d_model": 1024, "nhead": 16, "dim_feedforward": 4096},
        {"d_model": 10, "nhead": 2, "dim_feedforward": 24},
        {"d_model": 1, "nhead": 1, "dim_feedforward": 1},
    ]
    for sizes, bias in product(configurations, (True, False)):
        args = {**sizes, "bias": bias}
        with torch.device("meta"):
            module = torch.nn.Transformer(**args)
        yield case("transformer_params", args, of_torch(module))
    base = {"d_model": 512, "nhead": 8}
    small = {"d_model": 12, "nhead": 3, "num_encoder_layers": 2, "dim_feedforward": 20}
    both = {"src_vocab_size": 37_000, "tgt_vocab_size": 37_000}
    for args in (
        {**base, **both, "tie": "none"},
        {**base, **both, "tie": "output"},
        {**base, **both, "tie": "all"},
        {**base, **both, "tie": "all", "positions": "learned", "max_len": 512},
        {**small, "src_vocab_size": 50, "tgt_vocab_size": 60, "tie": "none"},
        {**small, "src_vocab_size": 50, "tgt_vocab_size": 60, "tie": "output"},
        {**small, "src_vocab_size": 50, "tgt_vocab_size": 60, "positions": "learned", "max_len": 9},
    ):
        with torch.device("meta"):
            module = Translator(**args)
            yield case("transformer_params", args, of_torch(module, "transformer."))


class Translator(torch.nn.Module):
    """`nn.Transformer` between embeddings and an output layer, as the paper has them."""

    def __init__(
        self,
        d_model: int,
        *,
        src_vocab_size: int,
        tgt_vocab_size: int,
        tie: str = "none",
        positions: str = "sinusoidal",
        max_len: int = 0,
        **rest: int,
    ) -> None:
        super().__init__()
        self.src_embedding = torch.nn.Embedding(src_vocab_size, d_model)
        if tie == "all":
            self.tgt_embedding = self.src_embedding
        else:
            self.tgt_embedding = torch.nn.Embedding(tgt_vocab_size, d_model)
        if positions == "learned":
            self.src_positions = torch.nn.Embedding(max_len, d_model)
            self.tgt_positions = torch.nn.Embedding(max_len, d_model)
        self.transformer = torch.nn.Transformer(d_model, **rest)
        self.generator = torch.nn.Linear(d_model, tgt_vocab_size, bias=False)
        if tie != "none":
            self.generator.weight = self.tgt_embedding.weight


def gpt() -> Iterator[Case]:
    """Yield GPT-2 models from their configurations, GPT-3's sizes among them."""
    configurations: list[Case] = [
        {},
        {"n_embd": 1024, "n_layer": 24, "n_head": 16},
        {"n_embd": 1280, "n_layer": 36, "n_head": 20},
        {"n_embd": 1600, "n_layer": 48, "n_head": 25},
        {"n_embd": 12288, "n_layer": 96, "n_head": 96, "n_positions": 2048},
        {"vocab_size": 100, "n_positions": 16, "n_embd": 12, "n_layer": 2, "n_head": 3},
        {
            "vocab_size": 100, "n_positions": 16, "n_embd": 12, "n_layer": 3, "n_head": 2,
            "n_inner": 20,
        },
        {"vocab_size": 1, "n_positions": 1, "n_embd": 1, "n_layer": 1, "n_head": 1},
    ]  # fmt: skip
    for sizes, tied in product(configurations, (True, False)):
        config = transformers.GPT2Config(**sizes)
        config.tie_word_embeddings = tied
        with torch.device("meta"):
            model = transformers.GPT2LMHeadModel(config)
            model.tie_weights()
        args = {**sizes, "tie_word_embeddings": tied}
        yield case("gpt_params", args, of_torch(model, "transformer."))


def bert() -> Iterator[Case]:
    """Yield BERT models from their configurations, with a pooler or the masked-word head."""
    configurations: list[Case] = [
        {},
        {
            "hidden_size": 1024, "num_hidden_layers": 24, "num_attention_heads": 16,
            "intermediate_size": 4096,
        },
        {
            "vocab_size": 100, "hidden_size": 12, "num_hidden_layers": 2,
            "num_attention_heads": 3, "intermediate_size": 20, "max_position_embeddings": 16,
            "type_vocab_size": 3,
        },
        {
            "vocab_size": 9, "hidden_size": 4, "num_hidden_layers": 1,
            "num_attention_heads": 1, "intermediate_size": 5, "max_position_embeddings": 6,
            "type_vocab_size": 1,
        },
    ]  # fmt: skip
    for args in configurations:
        config = transformers.BertConfig(**args)
        for pooler in (True, False):
            with torch.device("meta"):
                model = transformers.BertModel(config, add_pooling_layer=pooler)
            yield case("bert_params", {**args, "add_pooling_layer": pooler}, of_torch(model))
        for tied in (True, False):
            config = transformers.BertConfig(**args)
            config.tie_word_embeddings = tied
            with torch.device("meta"):
                model = transformers.BertForMaskedLM(config)
                model.tie_weights()
            own = {"add_pooling_layer": False, "mlm_head": True, "tie_word_embeddings": tied}
            yield case("bert_params", {**args, **own}, of_torch(model, "bert."))


def of_torch(module: torch.nn.Module, prefix: str = "") -> Named:
    """Return a module's tensors, each shared one once."""
    return [
        (name.removeprefix(prefix), tuple(value.shape)) for name, value in module.named_parameters()
    ]


def case(name: str, args: Case, named: Named, counted: int | None = None) -> Case:
    """Return one line of the file; the total is the framework's own where it prints one."""
    total = sum(torch.Size(shape).numel() for _, shape in named)
    if counted is not None and counted != total:
        raise AssertionError(f"{name} {args}: Keras counts {counted}, its tensors hold {total}")
    return {"function": name, "args": args, "total": total, "tensors": folded(named)}


def folded(named: Named) -> list[list[Any]]:
    """Return the tensors with those of repeated layers as one, counted."""
    times: dict[tuple[str, tuple[int, ...]], int] = {}
    for name, shape in named:
        key = (re.sub(r"\.\d+\.", ".*.", f".{name}")[1:], shape)
        times[key] = times.get(key, 0) + 1
    return [[name, list(shape), count] for (name, shape), count in times.items()]


def main() -> None:
    """Write the file, one case a line."""
    cases = [
        *torch_attention(), *keras_attention(), *flax_attention(), *torch_layers(),
        *torch_transformers(), *gpt(), *bert(),
    ]  # fmt: skip
    lines = ",\n".join(json.dumps(one) for one in cases)
    head = json.dumps(
        {
            "torch": torch.__version__.split("+")[0],
            "keras": keras.__version__,
            "flax": flax.__version__,
            "transformers": transformers.__version__,
        }
    )
    DATA.write_text(f'{{"made_with": {head}, "cases": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
