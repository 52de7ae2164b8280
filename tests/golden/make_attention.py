"""Record attention and Transformer layers of PyTorch and Keras in data/attention.json.

All in float64, in evaluation mode, dropout 0. Written with torch 2.13.0 and keras 3.15.1 (torch
backend). To run again, outside the project's own environment:

    python3 -m venv golden-venv && golden-venv/bin/pip install torch==2.13.0 keras==3.15.1
    KERAS_BACKEND=torch golden-venv/bin/python tests/golden/make_attention.py

Each line holds the framework's function, its inputs and weights by the framework's names, its
options, and what it returned. Masks are those that were passed: True means what it means there.
"""

import json
import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import torch
from torch import nn
from torch.nn import functional

DATA = Path(__file__).parent / "data" / "attention.json"
Case = dict[str, Any]

torch.set_default_dtype(torch.float64)
keras.config.set_floatx("float64")
keras.config.set_dtype_policy("float64")
torch.backends.mha.set_fastpath_enabled(False)


def drawn(*shape: int) -> torch.Tensor:
    """Return normal numbers with few digits, so that the file stays small."""
    return torch.round(torch.randn(*shape) * 1000) / 1000


def shorten(module: nn.Module) -> dict[str, torch.Tensor]:
    """Draw all weights of a module anew, and return them."""
    with torch.no_grad():
        for name, weight in module.named_parameters():
            about = 1.0 if name.startswith("norm") and name.endswith("weight") else 0.0
            weight.copy_(about + torch.round(torch.randn(weight.shape) * 300) / 1000)
    return dict(module.eval().named_parameters())


def lists(value: Any) -> Any:
    """Return tensors as nested lists, in dictionaries too."""
    if isinstance(value, torch.Tensor):
        return value.detach().tolist()
    if isinstance(value, dict):
        return {key: lists(item) for key, item in value.items() if item is not None}
    return value


def case(
    function: str,
    inputs: Case,
    expected: Case,
    options: Case | None = None,
    weights: Case | None = None,
) -> Case:
    """Return one line of the file."""
    return lists(
        {
            "function": function,
            "inputs": inputs,
            "options": options or {},
            "weights": weights or {},
            "expected": expected,
        }
    )


def causal(n: int, m: int) -> torch.Tensor:
    """Return the mask that is True where a query may not look."""
    return torch.triu(torch.ones(n, m, dtype=torch.bool), diagonal=1)


def padding(lengths: list[int], m: int) -> torch.Tensor:
    """Return the mask that is True for padding."""
    return torch.arange(m) >= torch.tensor(lengths)[:, None]


def scaled_dot_product() -> Iterator[Case]:
    """Yield `F.scaled_dot_product_attention` with masks, causal, scaled and not."""
    some = torch.tensor([[True, False, True, True], [False, True, True, False], [True] * 4])
    shapes = [
        ((3, 2), (4, 2), (4, 3)),
        ((2, 3, 4), (2, 4, 4), (2, 4, 2)),
        ((2, 2, 3, 4), (2, 2, 4, 4), (2, 2, 4, 1)),
    ]
    for q, k, v in shapes:
        for options in ({}, {"is_causal": True}, {"scale": 1.0}, {"attn_mask": some}):
            inputs = {"query": drawn(*q), "key": drawn(*k), "value": drawn(*v)}
            output = functional.scaled_dot_product_attention(**inputs, **options)
            yield case("F.scaled_dot_product_attention", inputs, {"output": output}, options)
    for size, options in ((70, {"is_causal": True}), (66, {}), (5, {"scale": -2.5})):
        inputs = {"query": drawn(size, 2), "key": drawn(size, 2), "value": drawn(size, 1)}
        output = functional.scaled_dot_product_attention(**inputs, **options)
        yield case("F.scaled_dot_product_attention", inputs, {"output": output}, options)
    mask = torch.rand(2, 1, 5, 6) > 0.4
    mask[..., 0] = True
    inputs = {"query": drawn(2, 3, 5, 4), "key": drawn(2, 3, 6, 4), "value": drawn(2, 3, 6, 4)}
    output = functional.scaled_dot_product_attention(**inputs, attn_mask=mask)
    yield case("F.scaled_dot_product_attention", inputs, {"output": output}, {"attn_mask": mask})


def multi_head() -> Iterator[Case]:
    """Yield `nn.MultiheadAttention`, with the weights of every head and their mean."""
    configurations = [
        (8, 1, {}, 3, 3, {}),
        (8, 2, {}, 3, 5, {}),
        (8, 4, {"bias": False}, 4, 4, {}),
        (8, 8, {}, 2, 3, {}),
        (6, 3, {"kdim": 4}, 3, 4, {}),
        (6, 2, {"kdim": 4, "vdim": 5}, 3, 4, {}),
        (6, 2, {"vdim": 5, "bias": False}, 3, 4, {}),
        (8, 2, {}, 4, 4, {"attn_mask": causal(4, 4)}),
        (8, 2, {}, 3, 5, {"key_padding_mask": padding([5, 2], 5)}),
        (8, 4, {}, 4, 4, {"attn_mask": causal(4, 4), "key_padding_mask": padding([4, 2], 4)}),
    ]
    for size, heads, own, n, m, masks in configurations:
        module = nn.MultiheadAttention(size, heads, batch_first=True, **own)
        weights = shorten(module)
        inputs = {
            "query": drawn(2, n, size),
            "key": drawn(2, m, own.get("kdim", size)),
            "value": drawn(2, m, own.get("vdim", size)),
        }
        output, per_head = module(**inputs, **masks, average_attn_weights=False)
        _, average = module(**inputs, **masks)
        expected = {"output": output, "per_head": per_head, "average": average}
        yield case(
            "nn.MultiheadAttention", inputs, expected, {"num_heads": heads, **masks}, weights
        )


def keras_multi_head() -> Iterator[Case]:
    """Yield Keras's `MultiHeadAttention`, whose key_dim is per head."""
    configurations = [
        ({"num_heads": 2, "key_dim": 3}, 6, 6, 6, {}),
        ({"num_heads": 3, "key_dim": 2, "value_dim": 4}, 5, 4, 3, {}),
        ({"num_heads": 2, "key_dim": 4, "value_dim": 1, "output_shape": 7}, 5, 5, 5, {}),
        ({"num_heads": 2, "key_dim": 3, "use_bias": False}, 4, 4, 4, {}),
        ({"num_heads": 2, "key_dim": 3}, 4, 4, 4, {"use_causal_mask": True}),
        (
            {"num_heads": 2, "key_dim": 2},
            4,
            4,
            4,
            {"attention_mask": ~padding([4, 2], 4)[:, None, :]},
        ),
    ]
    for own, q, k, v, options in configurations:
        layer = keras.layers.MultiHeadAttention(**own)
        inputs = {"query": drawn(2, 4, q), "value": drawn(2, 4, v), "key": drawn(2, 4, k)}
        layer(**inputs)
        layer.set_weights([drawn(*weight.shape).numpy() / 2 for weight in layer.weights])
        weights = {
            "/".join(w.path.split("/")[-2:]): torch.as_tensor(w.numpy()) for w in layer.weights
        }
        output, scores = layer(**inputs, **options, return_attention_scores=True)
        expected = {"output": output, "per_head": scores}
        yield case("keras.MultiHeadAttention", inputs, expected, {**own, **options}, weights)


def additive() -> Iterator[Case]:
    """Yield Keras's `AdditiveAttention`, which has a scale and no projections."""
    for (n, m, d, v), masked in product(((1, 3, 4, 4), (3, 5, 2, 3)), (False, True)):
        layer = keras.layers.AdditiveAttention()
        inputs = {"query": drawn(2, n, d), "value": drawn(2, m, v), "key": drawn(2, m, d)}
        mask = {"value_mask": ~padding([m, 2], m)} if masked else {}
        arguments = [inputs["query"], inputs["value"], inputs["key"]]
        layer(arguments)
        layer.set_weights([drawn(d).numpy()])
        masks = [None, mask["value_mask"]] if masked else None
        _, scores = layer(arguments, mask=masks, return_attention_scores=True)
        output = scores @ inputs["value"]  # Keras's own matmul gives float32 with this backend
        weights = {"scale": torch.as_tensor(layer.weights[0].numpy())}
        yield case(
            "keras.AdditiveAttention", inputs, {"output": output, "weights": scores}, mask, weights
        )


def layer_norms() -> Iterator[Case]:
    """Yield `F.layer_norm` and `nn.LayerNorm`."""
    for shape, eps in (
        ((5,), 1e-5),
        ((3, 4), 1e-5),
        ((2, 3, 6), 1e-3),
        ((2, 1), 1e-5),
        ((4, 2), 0.5),
    ):
        x = drawn(*shape)
        expected = {"output": functional.layer_norm(x, shape[-1:], eps=eps)}
        yield case("layer_norm", {"x": x}, expected, {"eps": eps})
        module = nn.LayerNorm(shape[-1], eps=eps)
        weights = shorten(module)
        yield case(
            "layer_norm", {"x": 5 + 3 * x}, {"output": module(5 + 3 * x)}, {"eps": eps}, weights
        )
    flat = torch.full((2, 4), 3.0)
    yield case(
        "layer_norm", {"x": flat}, {"output": functional.layer_norm(flat, (4,))}, {"eps": 1e-5}
    )


def encoder_layers() -> Iterator[Case]:
    """Yield `nn.TransformerEncoderLayer`."""
    for norm_first, activation, masked in product((False, True), ("relu", "gelu"), (0, 1, 2)):
        own = {"norm_first": norm_first, "activation": activation}
        module = nn.TransformerEncoderLayer(4, 2, 6, dropout=0.0, batch_first=True, **own)
        weights = shorten(module)
        x = drawn(2, 4, 4)
        masks = {}
        if masked == 1:
            masks = {"src_mask": causal(4, 4)}
        elif masked == 2:
            masks = {"src_key_padding_mask": padding([4, 3], 4)}
        options = {"nhead": 2, **own, **masks}
        expected = {"output": module(x, **masks)}
        yield case("nn.TransformerEncoderLayer", {"x": x}, expected, options, weights)


def decoder_layers() -> Iterator[Case]:
    """Yield `nn.TransformerDecoderLayer`."""
    for norm_first, activation, masked in product((False, True), ("relu", "gelu"), (0, 1, 2)):
        own = {"norm_first": norm_first, "activation": activation}
        module = nn.TransformerDecoderLayer(4, 2, 6, dropout=0.0, batch_first=True, **own)
        weights = shorten(module)
        x, memory = drawn(2, 3, 4), drawn(2, 5, 4)
        masks = {"tgt_mask": causal(3, 3)} if masked else {}
        if masked == 2:
            masks["tgt_key_padding_mask"] = padding([3, 2], 3)
            masks["memory_key_padding_mask"] = padding([5, 2], 5)
        options = {"nhead": 2, **own, **masks}
        expected = {"output": module(x, memory, **masks)}
        yield case(
            "nn.TransformerDecoderLayer", {"x": x, "memory": memory}, expected, options, weights
        )


def positions() -> Iterator[Case]:
    """Yield the formula of the paper, 3.5, written out in torch, number by number."""
    for n, d, base in (
        (6, 8, 10000.0),
        (40, 6, 10000.0),
        (5, 2, 100.0),
        (4, 5, 10000.0),
        (2, 1, 10.0),
    ):
        table = torch.zeros(n, d)
        for position, column in product(range(n), range(d)):
            i = column // 2
            angle = torch.tensor(float(position)) / torch.tensor(base) ** (2 * i / d)
            table[position, column] = torch.cos(angle) if column % 2 else torch.sin(angle)
        yield case("positions", {}, {"output": table}, {"n": n, "d": d, "base": base})


def main() -> None:
    """Write the file, one case a line."""
    torch.manual_seed(14)
    cases = [
        *scaled_dot_product(),
        *multi_head(),
        *keras_multi_head(),
        *additive(),
        *layer_norms(),
        *encoder_layers(),
        *decoder_layers(),
        *positions(),
    ]
    lines = ",\n".join(json.dumps(one) for one in cases)
    head = json.dumps({"torch": torch.__version__.split("+")[0], "keras": keras.__version__})
    DATA.write_text(f'{{"made_with": {head}, "cases": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
