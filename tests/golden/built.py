"""Modules really built in PyTorch, Keras, Flax and ONNX, and the weights they turn out to have."""

import os
from math import prod
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "torch")

import flax.linen as nn
import jax
import numpy as np
import onnx
import onnxruntime
import torch
from make_counts import keras_name
from onnx import TensorProto, helper, numpy_helper

Case = dict[str, Any]
Tensors = list[list[Any]]


def case(name: str, args: Case, tensors: Tensors, counted: int | None = None) -> Case:
    """Return one line of the file; the total is the framework's own where it prints one."""
    total = sum(prod(shape) for _, shape in tensors)
    if counted is not None and counted != total:
        raise AssertionError(f"{name} {args}: counted {counted}, its tensors hold {total}")
    return {"function": name, "args": args, "total": total, "tensors": tensors}


def flax_tensors(module: nn.Module, *inputs: Any) -> Tensors:
    """Initialise a module and list its parameters."""
    tree = module.init(jax.random.key(0), *inputs).get("params", {})
    leaves = jax.tree_util.tree_flatten_with_path(tree)[0]
    return [
        ["/".join(step.key for step in path if step.key != "cell"), list(leaf.shape)]
        for path, leaf in leaves
    ]


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


def torch_tensors(module: torch.nn.Module) -> Tensors:
    """List a module's parameters."""
    return [[name, list(value.shape)] for name, value in module.named_parameters()]


def keras_case(name: str, args: Case, layer: Any, *inputs: Any) -> Case:
    """Build a Keras layer on inputs and list its weights."""
    layer(inputs[0] if len(inputs) == 1 else list(inputs))
    tensors = [[keras_name(one.path, alone=True), list(one.shape)] for one in layer.weights]
    return case(name, {**args, "convention": "keras"}, tensors, layer.count_params())
