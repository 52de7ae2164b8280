"""Record what Flax and ONNX count, and all frameworks for further layers, in layer_counts.json.

Every layer is really built and asked for its weights; every ONNX model passes onnx's checker and
is run once by onnxruntime, so its initializers have shapes that the operators accept. Written
with torch 2.13.0, keras 3.15.1 (torch backend), flax 0.12.8 (jax 0.10.2), onnx 1.23.2 and
onnxruntime 1.32.0. To run again, outside the project's own environment:

    python3 -m venv golden-venv
    golden-venv/bin/pip install torch==2.13.0 keras==3.15.1 flax==0.12.8 jax==0.10.2 \
        onnx==1.23.2 onnxruntime==1.32.0
    KERAS_BACKEND=torch golden-venv/bin/python tests/golden/make_layer_counts.py

Each line holds the engine function, its arguments, the total and the tensors: name and shape.

- PyTorch: the names of `named_parameters()`.
- Keras: weight paths as in make_counts.py, without the layer's own name where it stands alone.
- Flax: the paths of the `params` collection, sorted as JAX sorts a tree, joined by `/`, without
  the part `cell` that `nn.RNN` adds. Several layers are the parts of an `nn.Sequential`.
- ONNX: the operators' own names of their inputs, such as W, R, B; in a model of several layers
  after the layer's number, in one of several kinds after kind and number. The total is that of
  the initializers, less those that are no weights (shapes for Reshape).
"""

import json
import os
from collections.abc import Iterator
from itertools import pairwise, product
from math import prod
from pathlib import Path
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "torch")

import flax
import flax.linen as nn
import jax
import jax.numpy as jnp
import keras
import numpy as np
import onnx
import onnxruntime
import torch
from make_counts import MLPS, SIZES, keras_name
from onnx import TensorProto, helper, numpy_helper

DATA = Path(__file__).parent / "data" / "layer_counts.json"
Case = dict[str, Any]
Tensors = list[list[Any]]


def case(name: str, args: Case, tensors: Tensors, counted: int | None = None) -> Case:
    """Return one line of the file; the total is the framework's own where it prints one."""
    total = sum(prod(shape) for _, shape in tensors)
    if counted is not None and counted != total:
        raise AssertionError(f"{name} {args}: counted {counted}, its tensors hold {total}")
    return {"function": name, "args": args, "total": total, "tensors": tensors}


# Flax


def flax_tensors(module: nn.Module, *inputs: Any) -> Tensors:
    """Initialise a module and list its parameters."""
    tree = module.init(jax.random.key(0), *inputs).get("params", {})
    leaves = jax.tree_util.tree_flatten_with_path(tree)[0]
    return [
        ["/".join(step.key for step in path if step.key != "cell"), list(leaf.shape)]
        for path, leaf in leaves
    ]


FLAX = {"rnn_params": nn.SimpleCell, "lstm_params": nn.OptimizedLSTMCell, "gru_params": nn.GRUCell}


def flax_recurrent() -> Iterator[Case]:
    """Yield RNN, LSTM and GRU, stacked and bidirectional."""
    for name, cell in FLAX.items():
        shapes = [(d, h, 1, False) for d, h in SIZES]
        shapes += [(10, 24, *rest) for rest in product((1, 2, 3), (False, True))]
        for d, h, layers, both in dict.fromkeys(shapes):
            stack = [
                nn.Bidirectional(nn.RNN(cell(h)), nn.RNN(cell(h))) if both else nn.RNN(cell(h))
                for _ in range(layers)
            ]
            module = stack[0] if layers == 1 else nn.Sequential(stack)
            tensors = flax_tensors(module, jnp.zeros((2, 5, d)))
            args = {"input_size": d, "hidden_size": h, "num_layers": layers, "bidirectional": both}
            yield case(name, {**args, "convention": "flax"}, tensors)


def flax_dense() -> Iterator[Case]:
    """Yield fully connected networks."""
    for sizes, bias in product(MLPS, (True, False)):
        layers = [nn.Dense(m, use_bias=bias) for m in sizes[1:]]
        module = layers[0] if len(layers) == 1 else nn.Sequential(layers)
        args = {"layer_sizes": list(sizes), "bias": bias, "convention": "flax"}
        yield case("dense_params", args, flax_tensors(module, jnp.zeros((2, sizes[0]))))


# ONNX


class Graph:
    """An ONNX model under construction; its weights are zeros of the right shapes."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: dict[str, tuple[int, ...]] = {}
        self.constants: list[Any] = []
        self._names = 0

    def node(self, op: str, inputs: list[str], outputs: int = 1, **attributes: Any) -> str:
        """Add a node; return the name of its first output."""
        self._names += 1
        names = [f"v{self._names}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(op, inputs, names, **attributes))
        return names[0]

    def weight(self, name: str, *shape: int) -> str:
        """Add an initializer."""
        self.weights[name] = shape
        return name

    def constant(self, value: list[int]) -> str:
        """Add a tensor of integers that is no weight."""
        self._names += 1
        name = f"c{self._names}"
        self.constants.append(numpy_helper.from_array(np.array(value, np.int64), name))
        return name

    def tensors(self, x: np.ndarray, y: str) -> Tensors:
        """Check and run the model; return its weights."""
        initializers = [
            numpy_helper.from_array(np.zeros(shape, np.float32), name)
            for name, shape in self.weights.items()
        ]
        is_lookup = x.dtype == np.int64
        kind = TensorProto.INT64 if is_lookup else TensorProto.FLOAT
        rank = x.ndim + is_lookup
        graph = helper.make_graph(
            self.nodes,
            "g",
            [helper.make_tensor_value_info("x", kind, x.shape)],
            [helper.make_tensor_value_info(y, TensorProto.FLOAT, [None] * rank)],
            [*initializers, *self.constants],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)])
        model.ir_version = 10
        onnx.checker.check_model(model, full_check=True)
        session = onnxruntime.InferenceSession(
            model.SerializeToString(), providers=["CPUExecutionProvider"]
        )
        session.run(None, {"x": x})
        constants = {constant.name for constant in self.constants}
        return [
            [one.name, list(one.dims)]
            for one in model.graph.initializer
            if one.name not in constants
        ]


ONNX = {"rnn_params": ("RNN", 1), "lstm_params": ("LSTM", 4), "gru_params": ("GRU", 3)}


def onnx_recurrent() -> Iterator[Case]:
    """Yield RNN, LSTM and GRU nodes, one for each layer; GRU resets both ways, LSTM peepholes."""
    for name, (op, blocks) in ONNX.items():
        shapes = [(d, h, 1, False, True) for d, h in SIZES]
        shapes += [(10, 24, *rest) for rest in product((1, 2, 3), (False, True), (True, False))]
        owns: list[Case] = [{}]
        if op == "GRU":
            owns = [{"reset_after": False}, {"reset_after": True}]
        if op == "LSTM":
            owns = [{}, {"peepholes": True}]
        for (d, h, layers, both, bias), own in product(dict.fromkeys(shapes), owns):
            ways, graph, x, reads = 1 + both, Graph(), "x", d
            for index in range(layers):
                at = f"{index}." if layers > 1 else ""
                inputs = [
                    x,
                    graph.weight(f"{at}W", ways, blocks * h, reads),
                    graph.weight(f"{at}R", ways, blocks * h, h),
                    graph.weight(f"{at}B", ways, 2 * blocks * h) if bias else "",
                ]
                attributes: Case = {
                    "hidden_size": h,
                    "direction": "bidirectional" if both else "forward",
                }
                if "reset_after" in own:
                    attributes["linear_before_reset"] = int(own["reset_after"])
                if own.get("peepholes"):
                    inputs += ["", "", "", graph.weight(f"{at}P", ways, 3 * h)]
                y = graph.node(op, inputs, 1, **attributes)
                y = graph.node("Transpose", [y], perm=[0, 2, 1, 3])
                x = graph.node("Reshape", [y, graph.constant([0, 0, ways * h])])
                reads = ways * h
            tensors = graph.tensors(np.zeros((5, 2, d), np.float32), x)
            args = {
                "input_size": d,
                "hidden_size": h,
                "num_layers": layers,
                "bidirectional": both,
                "bias": bias,
                **own,
                "convention": "onnx",
            }
            yield case(name, args, tensors)


def onnx_dense() -> Iterator[Case]:
    """Yield Gemm nodes with transposed weights, as PyTorch exports them."""
    for sizes, bias in product(MLPS, (True, False)):
        graph, x = Graph(), "x"
        for index, (n, m) in enumerate(pairwise(sizes)):
            at = f"{index}." if len(sizes) > 2 else ""
            inputs = [x, graph.weight(f"{at}B", m, n)]
            if bias:
                inputs.append(graph.weight(f"{at}C", m))
            x = graph.node("Gemm", inputs, transB=1)
        args = {"layer_sizes": list(sizes), "bias": bias, "convention": "onnx"}
        yield case("dense_params", args, graph.tensors(np.zeros((2, sizes[0]), np.float32), x))


# PyTorch and Keras


def torch_tensors(module: torch.nn.Module) -> Tensors:
    """List a module's parameters."""
    return [[name, list(value.shape)] for name, value in module.named_parameters()]


def keras_case(name: str, args: Case, layer: Any, *inputs: Any) -> Case:
    """Build a Keras layer on inputs and list its weights."""
    layer(inputs[0] if len(inputs) == 1 else list(inputs))
    tensors = [[keras_name(one.path, alone=True), list(one.shape)] for one in layer.weights]
    return case(name, {**args, "convention": "keras"}, tensors, layer.count_params())


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


class _LeNet5(torch.nn.Module):
    """LeNet-5 of 1998: S2 and S4 are trained, C3 reads the maps of table I."""

    TABLE = (
        (0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5),
        (0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5),
        (0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5), (0, 1, 2, 3, 4, 5),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.C1 = torch.nn.Conv2d(1, 6, 5)
        self.S2 = torch.nn.Conv2d(6, 6, 1, groups=6)  # a weight and a bias for each map
        self.C3 = torch.nn.ModuleList(torch.nn.Conv2d(len(maps), 1, 5) for maps in self.TABLE)
        self.S4 = torch.nn.Conv2d(16, 16, 1, groups=16)
        self.C5 = torch.nn.Conv2d(16, 120, 5)
        self.F6 = torch.nn.Linear(120, 84)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return F6's values for images of 32 × 32."""
        pool = torch.nn.functional.avg_pool2d
        x = torch.tanh(self.S2(pool(torch.tanh(self.C1(x)), 2)))
        maps = zip(self.C3, self.TABLE, strict=True)
        x = torch.cat([unit(x[:, list(reads)]) for unit, reads in maps], 1)
        x = torch.tanh(self.S4(pool(torch.tanh(x), 2)))
        return torch.tanh(self.F6(torch.tanh(self.C5(x)).flatten(1)))


def lenet5() -> Iterator[Case]:
    """Yield LeNet-5, its layers as terms: the engine counts a layer as one."""
    module = _LeNet5()
    assert module(torch.zeros(2, 1, 32, 32)).shape == (2, 84)
    terms = {
        name: sum(one.numel() for one in layer.parameters())
        for name, layer in module.named_children()
    }
    total = sum(one.numel() for one in module.parameters())
    yield {"function": "lenet5_params", "args": {}, "total": total, "terms": terms}


def modern_lenet() -> int:
    """Count LeNet as Dive into Deep Learning builds it."""
    module = torch.nn.Sequential(
        torch.nn.Conv2d(1, 6, 5, padding=2),
        torch.nn.AvgPool2d(2),
        torch.nn.Conv2d(6, 16, 5),
        torch.nn.AvgPool2d(2),
        torch.nn.Flatten(),
        torch.nn.Linear(400, 120),
        torch.nn.Linear(120, 84),
        torch.nn.Linear(84, 10),
    )
    module(torch.zeros(1, 1, 28, 28))
    return sum(one.numel() for one in module.parameters())


class _FlaxClassifier(nn.Module):
    """A small CNN or MLP in Flax."""

    args: Any

    @nn.compact
    def __call__(self, x: Any) -> Any:
        """Return the classes' scores."""
        args = self.args
        for channels in args["conv_channels"]:
            window = (args["kernel_size"],) * 2
            x = nn.Conv(channels, window, padding=args["padding"].upper())(x)
            pool = (args["pool_size"],) * 2
            x = nn.max_pool(x, pool, strides=pool)
        flat = args["head"] == "flatten"
        x = x.reshape((x.shape[0], -1)) if flat else x.mean(axis=(1, 2))
        for size in (*args["hidden_sizes"], args["num_classes"]):
            x = nn.Dense(size)(x)
        return x


CLASSIFIERS = (
    (28, 1, 10, (32, 64), "same", "flatten", (128,)),
    (28, 1, 10, (32, 64), "valid", "flatten", (128,)),
    (28, 1, 10, (32, 64), "same", "global_average_pooling", ()),
    (28, 1, 10, (), "same", "flatten", (256, 128)),
    (224, 3, 6, (32, 64), "same", "flatten", (128,)),
    (224, 3, 6, (32, 64), "same", "global_average_pooling", ()),
    ((20, 31), 2, 5, (4, 6, 8), "same", "flatten", (9, 7)),
    ((40, 31), 2, 5, (4, 6, 8), "valid", "flatten", ()),
    (17, 3, 2, (5,), "valid", "global_average_pooling", (4,)),
)


def image_classifier() -> Iterator[Case]:
    """Yield small image classifiers, run once on an image."""
    name = "image_classifier_params"
    for image, reads, classes, channels, padding, head, hidden in CLASSIFIERS:
        args: Case = {
            "image_size": image if isinstance(image, int) else list(image),
            "num_classes": classes,
            "in_channels": reads,
            "conv_channels": list(channels),
            "kernel_size": 3,
            "padding": padding,
            "pool_size": 2,
            "head": head,
            "hidden_sizes": list(hidden),
        }
        height, width = (image, image) if isinstance(image, int) else image
        yield case(name, {**args, "convention": "pytorch"}, torch_classifier(args, height, width))
        keras.utils.clear_session()
        model = keras.Sequential([keras.Input((height, width, reads))])
        for size in channels:
            model.add(keras.layers.Conv2D(size, 3, padding=padding))
            model.add(keras.layers.MaxPooling2D(2))
        flat = head == "flatten"
        model.add(keras.layers.Flatten() if flat else keras.layers.GlobalAveragePooling2D())
        for size in (*hidden, classes):
            model.add(keras.layers.Dense(size))
        tensors = [[keras_name(one.path, alone=False), list(one.shape)] for one in model.weights]
        yield case(name, {**args, "convention": "keras"}, tensors, model.count_params())
        frozen = flax.core.freeze(args)
        tensors = flax_tensors(_FlaxClassifier(frozen), jnp.zeros((1, height, width, reads)))
        yield case(name, {**args, "convention": "flax"}, tensors)


def torch_classifier(args: Case, height: int, width: int) -> Tensors:
    """Build a classifier with lazy dense layers, which find their inputs on an image."""
    module = torch.nn.ModuleDict({"conv": torch.nn.ModuleList(), "dense": torch.nn.ModuleList()})
    x = torch.zeros(1, args["in_channels"], height, width)
    reads = args["in_channels"]
    for size in args["conv_channels"]:
        layer = torch.nn.Conv2d(reads, size, args["kernel_size"], padding=args["padding"])
        module["conv"].append(layer)
        x, reads = torch.nn.functional.max_pool2d(layer(x), args["pool_size"]), size
    x = x.flatten(1) if args["head"] == "flatten" else x.mean((2, 3))
    for size in (*args["hidden_sizes"], args["num_classes"]):
        layer = torch.nn.LazyLinear(size)
        module["dense"].append(layer)
        x = layer(x)
    return torch_tensors(module)


def main() -> None:
    """Write the file, one case a line."""
    cases = [
        *flax_recurrent(),
        *onnx_recurrent(),
        *flax_dense(),
        *onnx_dense(),
        *conv(),
        *embedding(),
        *layer_norm(),
        *batch_norm(),
        *additive_attention(),
        *lenet5(),
        *image_classifier(),
    ]
    lines = ",\n".join(json.dumps(one) for one in cases)
    made = {
        "torch": torch.__version__.split("+")[0],
        "keras": keras.__version__,
        "flax": flax.__version__,
        "jax": jax.__version__,
        "onnx": onnx.__version__,
        "onnxruntime": onnxruntime.__version__,
    }
    head = json.dumps(made)
    text = f'{{"made_with": {head}, "modern_lenet": {modern_lenet()}, "cases": [\n{lines}\n]}}\n'
    DATA.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
