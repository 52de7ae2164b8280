"""Record what recurrent layers compute, step by step, in data/cells.json.

Written with torch 2.13.0, keras 3.15.1 (torch backend, float64), onnxruntime 1.32.0 and onnx
1.23.2. To run again, outside the project's own environment:

    python3 -m venv golden-venv
    golden-venv/bin/pip install torch==2.13.0 keras==3.15.1 onnx==1.23.2 onnxruntime==1.32.0
    KERAS_BACKEND=torch golden-venv/bin/python tests/golden/make_cells.py

Each line holds the framework, the cell, its options, its weights as the framework has them,
the input, the start and the state after every step. Layers give the cell state of the last
step only, so it is asked for by running the layer on the first 1, 2, … steps. ONNX Runtime
refuses these operators in float64: it runs in float32, as `dtype` says, and the reference
evaluator of onnx runs the same in float64. Keras multiplies matrices in float32 whatever their
type, on every backend but TensorFlow; here it is told not to.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
import onnx
import onnxruntime
import torch
from keras.src.backend.common import dtypes
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

DATA = Path(__file__).parent / "data" / "cells.json"
Case = dict[str, Any]
T, B, D, H = 5, 2, 3, 4
RNG = np.random.default_rng(20)

TORCH = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}
KERAS = {"rnn": keras.layers.SimpleRNN, "lstm": keras.layers.LSTM, "gru": keras.layers.GRU}
BLOCKS = {"rnn": 1, "lstm": 4, "gru": 3}


def normal(*shape: int) -> np.ndarray:
    """Return numbers large enough for gates to open and close."""
    return RNG.normal(size=shape)


def torch_cases() -> Iterator[Case]:
    """Yield `torch.nn` layers: bias, batch, start, projection, long and wide ones."""
    configurations: list[tuple[str, int, int, int, int, bool, Case]] = [
        *((cell, T, 0, D, H, False, {}) for cell in TORCH),
        *((cell, T, B, D, H, True, {}) for cell in TORCH),
        *((cell, T, 0, D, H, True, {"bias": False}) for cell in TORCH),
        *((cell, 24, 0, 1, 2, False, {}) for cell in TORCH),
        *((cell, 1, 3, 1, 1, True, {}) for cell in TORCH),
        ("rnn", T, B, D, H, True, {"nonlinearity": "relu"}),
        ("rnn", T, 0, D, H, False, {"nonlinearity": "relu", "bias": False}),
        ("lstm", T, 0, D, H, False, {"proj_size": 2}),
        ("lstm", T, B, D, H, True, {"proj_size": 3}),
        ("lstm", T, B, D, H, True, {"proj_size": 1, "bias": False}),
    ]
    for cell, steps, batch, d, h, start, options in configurations:
        layer = TORCH[cell](d, h, dtype=torch.float64, **options)
        names = dict(layer.named_parameters())
        for parameter in names.values():
            parameter.data = torch.from_numpy(normal(*parameter.shape))
        middle = (batch,) if batch else ()
        x = normal(steps, *middle, d)
        h_0 = normal(*middle, options.get("proj_size") or h) if start else None
        c_0 = normal(*middle, h) if start and cell == "lstm" else None
        first = None
        if start:
            first = torch.from_numpy(h_0)[None]
            if cell == "lstm":
                first = (first, torch.from_numpy(c_0)[None])
        cs = []
        with torch.no_grad():
            output, _ = layer(torch.from_numpy(x), first)
            if cell == "lstm":
                for t in range(1, steps + 1):
                    _, (_, c) = layer(torch.from_numpy(x[:t]), first)
                    cs.append(c[0].tolist())
        weights = {name.removesuffix("_l0"): value.tolist() for name, value in names.items()}
        yield case("pytorch", cell, options, weights, x, h_0, c_0, output.tolist(), cs)


def keras_cases() -> Iterator[Case]:
    """Yield Keras layers: bias, start, nonlinearity, the reset before and after."""
    keras.backend.set_floatx("float64")
    dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"  # as on the TensorFlow backend
    configurations: list[tuple[str, bool, Case]] = [
        *((cell, start, {}) for cell in ("rnn", "lstm") for start in (False, True)),
        *(
            ("gru", start, {"reset_after": after})
            for start in (False, True)
            for after in (True, False)
        ),
        ("rnn", True, {"activation": "sigmoid"}),
        ("rnn", False, {"activation": "sigmoid", "use_bias": False}),
        ("rnn", True, {"activation": "relu"}),
        ("lstm", True, {"use_bias": False}),
        ("gru", True, {"use_bias": False, "reset_after": True}),
        ("gru", True, {"use_bias": False, "reset_after": False}),
    ]
    for cell, start, options in configurations:
        layer = KERAS[cell](H, return_sequences=True, return_state=True, **options)
        layer.build((B, T, D))
        weights = [normal(*weight.shape) for weight in layer.weights]
        layer.set_weights(weights)
        x = normal(T, B, D)
        h_0 = normal(B, H) if start else None
        c_0 = normal(B, H) if start and cell == "lstm" else None
        first = [torch.from_numpy(s) for s in (h_0, c_0) if s is not None] or None
        rows = torch.from_numpy(x.swapaxes(0, 1).copy())  # batch first
        output, *_ = layer(rows, initial_state=first)
        cs = []
        if cell == "lstm":
            for t in range(1, T + 1):
                *_, c = layer(rows[:, :t], initial_state=first)
                cs.append(keras.ops.convert_to_numpy(c).tolist())
        hs = keras.ops.convert_to_numpy(output).swapaxes(0, 1).tolist()
        names = {
            weight.name: value.tolist()
            for weight, value in zip(layer.weights, weights, strict=True)
        }
        yield case("keras", cell, options, names, x, h_0, c_0, hs, cs)


def onnx_cases() -> Iterator[Case]:
    """Yield ONNX operators: bias, start, peepholes, the reset before and after."""
    configurations: list[tuple[str, bool, tuple[str, ...], Case]] = [
        ("rnn", True, ("B",), {"activations": ["Tanh"]}),
        ("rnn", True, ("B",), {"activations": ["Relu"]}),
        ("rnn", False, (), {"activations": ["Sigmoid"]}),
        ("lstm", False, (), {}),
        ("lstm", True, ("B",), {}),
        ("lstm", True, ("B", "P"), {}),
        ("lstm", False, ("B", "P"), {}),
        ("gru", True, ("B",), {"linear_before_reset": 0}),
        ("gru", True, ("B",), {"linear_before_reset": 1}),
        ("gru", False, (), {"linear_before_reset": 0}),
        ("gru", False, (), {"linear_before_reset": 1}),
    ]
    for cell, start, extras, options in configurations:
        k = BLOCKS[cell]
        weights = {"W": normal(1, k * H, D), "R": normal(1, k * H, H)}
        if "B" in extras:
            weights["B"] = normal(1, 2 * k * H)
        if "P" in extras:
            weights["P"] = normal(1, 3 * H)
        inputs = {"X": normal(T, B, D), **weights}
        if start:
            inputs["initial_h"] = normal(1, B, H)
            if cell == "lstm":
                inputs["initial_c"] = normal(1, B, H)
        for dtype in ("float32", "float64"):
            if dtype == "float64" and cell == "rnn" and options["activations"] != ["Tanh"]:
                continue  # the reference evaluator knows no other activation
            given = {name: value.astype(dtype) for name, value in inputs.items()}
            runs = list(onnx_prefixes(cell, given, options, dtype))
            hs, cs = [run["h"] for run in runs], [run["c"] for run in runs if "c" in run]
            yield {
                **case(
                    "onnx",
                    cell,
                    options,
                    {name: given[name].tolist() for name in weights},
                    given["X"],
                    given["initial_h"][0] if "initial_h" in given else None,
                    given["initial_c"][0] if "initial_c" in given else None,
                    hs,
                    cs,
                ),
                "dtype": dtype,
            }


def onnx_prefixes(cell: str, given: Case, options: Case, dtype: str) -> Iterator[Case]:
    """Yield the state after every step, from a run on the steps up to it."""
    model = onnx_model(cell, given, options, dtype)
    for t in range(1, T + 1):
        feed = {**given, "X": given["X"][:t]}
        if dtype == "float32":
            session = onnxruntime.InferenceSession(
                model.SerializeToString(), providers=["CPUExecutionProvider"]
            )
            results = session.run(None, feed)
        else:
            results = ReferenceEvaluator(model).run(None, feed)
        last = [np.asarray(result)[0].tolist() for result in results]
        yield dict(zip("hc", last, strict=False))  # no c of an RNN or GRU


def onnx_model(cell: str, given: Case, options: Case, dtype: str) -> onnx.ModelProto:
    """Return a model of one operator; the reference evaluator gives no cell state."""
    order = ["X", "W", "R", "B", "", "initial_h", *(["initial_c", "P"] if cell == "lstm" else [])]
    names = [name if name in given else "" for name in order]
    while not names[-1]:
        names.pop()
    outputs = ["", "Y_h", *(["Y_c"] if cell == "lstm" and dtype == "float32" else [])]
    kind = TensorProto.FLOAT if dtype == "float32" else TensorProto.DOUBLE
    node = helper.make_node(cell.upper(), names, outputs, hidden_size=H, **options)
    graph = helper.make_graph(
        [node],
        cell,
        [
            helper.make_tensor_value_info(
                name, kind, [None, *value.shape[1:]] if name == "X" else value.shape
            )
            for name, value in given.items()
        ],
        [helper.make_tensor_value_info(name, kind, None) for name in outputs if name],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)


def case(  # noqa: PLR0917 - the fields of a line, in their order
    framework: str,
    cell: str,
    options: Case,
    weights: Case,
    x: np.ndarray,
    h_0: np.ndarray | None,
    c_0: np.ndarray | None,
    h: list[Any],
    c: list[Any],
) -> Case:
    """Return one line of the file."""
    return {
        "framework": framework,
        "cell": cell,
        "options": options,
        "dtype": "float64",
        "weights": weights,
        "x": x.tolist(),
        "h_0": None if h_0 is None else h_0.tolist(),
        "c_0": None if c_0 is None else c_0.tolist(),
        "h": h,
        "c": c or None,
    }


def main() -> None:
    """Write the file, one case a line."""
    cases = [*torch_cases(), *keras_cases(), *onnx_cases()]
    lines = ",\n".join(json.dumps(one) for one in cases)
    versions = {
        "torch": torch.__version__.split("+")[0],
        "keras": keras.__version__,
        "onnx": onnx.__version__,
        "onnxruntime": onnxruntime.__version__,
    }
    head = json.dumps(versions)
    DATA.write_text(f'{{"made_with": {head}, "cases": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
