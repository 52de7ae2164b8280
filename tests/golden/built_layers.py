"""Cases of convolutions, embeddings, norms and additive attention in four frameworks."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import built  # noqa: F401 - sets the backend of Keras
import flax.linen as nn
import jax.numpy as jnp
import keras
import numpy as np
import torch
from built import Case, Graph, case, flax_tensors, keras_case, torch_tensors

CONVS: tuple[tuple[int, int, Any, int, bool], ...] = (
    (1, 32, 3, 1, True),
    (32, 64, 3, 1, True),
    (3, 8, 5, 1, False),
    (8, 8, 3, 8, True),
    (6, 4, (3, 5), 2, True),
    (4, 12, 1, 4, False),
    (12, 6, (1, 7), 3, False),
    (1, 1, 1, 1, True),
)


def conv() -> Iterator[Case]:
    """Yield convolutions in one to three dimensions and in groups, in four frameworks."""
    torch_kinds = (torch.nn.Conv1d, torch.nn.Conv2d, torch.nn.Conv3d)
    keras_kinds = (keras.layers.Conv1D, keras.layers.Conv2D, keras.layers.Conv3D)
    for (reads, gives, size, groups, bias), axes in product(CONVS, (1, 2, 3)):
        if not isinstance(size, int) and axes != len(size):
            continue
        window = (size,) * axes if isinstance(size, int) else size
        args = {
            "in_channels": reads,
            "out_channels": gives,
            "kernel_size": size if isinstance(size, int) else list(size),
            "dimensions": axes,
            "groups": groups,
            "bias": bias,
        }
        module = torch_kinds[axes - 1](reads, gives, window, groups=groups, bias=bias)
        yield case("conv_params", {**args, "convention": "pytorch"}, torch_tensors(module))
        layer = keras_kinds[axes - 1](gives, window, groups=groups, use_bias=bias)
        image = (9,) * axes
        yield keras_case("conv_params", args, layer, np.zeros((1, *image, reads), np.float32))
        linen = nn.Conv(gives, window, feature_group_count=groups, use_bias=bias)
        tensors = flax_tensors(linen, jnp.zeros((1, *image, reads)))
        yield case("conv_params", {**args, "convention": "flax"}, tensors)
        graph = Graph()
        inputs = ["x", graph.weight("W", gives, reads // groups, *window)]
        if bias:
            inputs.append(graph.weight("B", gives))
        y = graph.node("Conv", inputs, group=groups)
        tensors = graph.tensors(np.zeros((1, reads, *image), np.float32), y)
        yield case("conv_params", {**args, "convention": "onnx"}, tensors)


class _TokenAndPosition(nn.Module):
    """Two embeddings in Flax."""

    rows: int
    width: int
    most: int

    @nn.compact
    def __call__(self, x: Any) -> Any:
        """Add a token's vector and a position's."""
        token = nn.Embed(self.rows, self.width, name="token")(x)
        return token + nn.Embed(self.most, self.width, name="position")(x)


def embedding() -> Iterator[Case]:
    """Yield embeddings of tokens, alone and with learned positions."""
    for rows, width, most in ((100, 8, None), (7, 7, None), (1, 3, None), (50, 16, 12), (5, 2, 9)):
        args: Case = {"num_embeddings": rows, "embedding_dim": width}
        token = torch.nn.Embedding(rows, width)
        ids = np.zeros((1, 4), np.int64)
        if most is None:
            yield case("embedding_params", {**args, "convention": "pytorch"}, torch_tensors(token))
            yield keras_case("embedding_params", args, keras.layers.Embedding(rows, width), ids)
            tensors = flax_tensors(nn.Embed(rows, width), jnp.zeros((1, 4), int))
            yield case("embedding_params", {**args, "convention": "flax"}, tensors)
            graph = Graph()
            y = graph.node("Gather", [graph.weight("data", rows, width), "x"])
            tensors = graph.tensors(ids, y)
            yield case("embedding_params", {**args, "convention": "onnx"}, tensors)
            continue
        args["max_len"] = most
        both = torch.nn.ModuleDict({"token": token, "position": torch.nn.Embedding(most, width)})
        yield case("embedding_params", {**args, "convention": "pytorch"}, torch_tensors(both))
        layers = [
            keras.layers.Embedding(rows, width, name="token"),
            keras.layers.Embedding(most, width, name="position"),
        ]
        for layer in layers:
            layer(ids)
        tensors = [[one.path, list(one.shape)] for layer in layers for one in layer.weights]
        counted = sum(layer.count_params() for layer in layers)
        yield case("embedding_params", {**args, "convention": "keras"}, tensors, counted)
        tensors = flax_tensors(_TokenAndPosition(rows, width, most), jnp.zeros((1, 4), int))
        yield case("embedding_params", {**args, "convention": "flax"}, tensors)
        graph = Graph()
        parts = [
            graph.node("Gather", [graph.weight("token.data", rows, width), "x"]),
            graph.node("Gather", [graph.weight("position.data", most, width), "x"]),
        ]
        tensors = graph.tensors(ids, graph.node("Add", parts))
        yield case("embedding_params", {**args, "convention": "onnx"}, tensors)


def layer_norm() -> Iterator[Case]:
    """Yield layer norms over one axis and several, with and without scale and shift."""
    for shape, affine, bias in (
        ((8,), True, True),
        ((512,), True, True),
        ((1,), True, True),
        ((3, 4), True, True),
        ((2, 3, 4), True, True),
        ((8,), True, False),
        ((3, 4), True, False),
        ((8,), False, True),
    ):
        args = {"normalized_shape": list(shape), "elementwise_affine": affine, "bias": bias}
        name, axes = "layer_norm_params", list(range(-len(shape), 0))
        module = torch.nn.LayerNorm(shape, elementwise_affine=affine, bias=bias)
        yield case(name, {**args, "convention": "pytorch"}, torch_tensors(module))
        x = np.zeros((2, *shape), np.float32)
        has_shift = affine and bias
        layer = keras.layers.LayerNormalization(axis=axes, scale=affine, center=has_shift)
        yield keras_case(name, args, layer, x)
        linen = nn.LayerNorm(
            use_scale=affine, use_bias=has_shift, reduction_axes=axes, feature_axes=axes
        )
        yield case(name, {**args, "convention": "flax"}, flax_tensors(linen, jnp.array(x)))
        if affine:
            graph = Graph()
            inputs = ["x", graph.weight("Scale", *shape)]
            if bias:
                inputs.append(graph.weight("B", *shape))
            y = graph.node("LayerNormalization", inputs, axis=-len(shape))
            yield case(name, {**args, "convention": "onnx"}, graph.tensors(x, y))


def batch_norm() -> Iterator[Case]:
    """Yield batch norms; Keras lists the moving statistics, so does ONNX."""
    for channels, affine in product((1, 4, 32, 64), (True, False)):
        name, args = "batch_norm_params", {"num_features": channels, "affine": affine}
        module = torch.nn.BatchNorm2d(channels, affine=affine)
        yield case(name, {**args, "convention": "pytorch"}, torch_tensors(module))
        x = np.zeros((2, 5, 5, channels), np.float32)
        layer = keras.layers.BatchNormalization(scale=affine, center=affine)
        yield keras_case(name, args, layer, x)
        linen = nn.BatchNorm(use_running_average=False, use_scale=affine, use_bias=affine)
        yield case(name, {**args, "convention": "flax"}, flax_tensors(linen, jnp.array(x)))
        if affine:
            graph = Graph()
            inputs = [
                graph.weight(one, channels) for one in ("scale", "B", "input_mean", "input_var")
            ]
            y = graph.node("BatchNormalization", ["x", *inputs])
            tensors = graph.tensors(np.zeros((2, channels, 5, 5), np.float32), y)
            yield case(name, {**args, "convention": "onnx"}, tensors)


def additive_attention() -> Iterator[Case]:
    """Yield Bahdanau's score as Dive into Deep Learning builds it, and that of Keras."""
    name = "additive_attention_params"
    for q, k, a in ((20, 2, 8), (256, 512, 128), (1, 1, 1), (8, 8, 8), (5, 7, 11)):
        args = {"query_size": q, "key_size": k, "num_hiddens": a}
        for bias in (False, True):
            linear = torch.nn.ModuleDict(
                {
                    "W_q": torch.nn.Linear(q, a, bias=bias),
                    "W_k": torch.nn.Linear(k, a, bias=bias),
                    "w_v": torch.nn.Linear(a, 1, bias=bias),
                }
            )
            given = {**args, "bias": bias, "convention": "pytorch"}
            yield case(name, given, torch_tensors(linear))
        if q == k == a:
            x = np.zeros((1, 3, a), np.float32)
            yield keras_case(name, args, keras.layers.AdditiveAttention(), x, x)
