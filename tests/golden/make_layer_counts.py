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
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path

import built_layers
import built_networks
import flax
import flax.linen as nn
import jax
import jax.numpy as jnp
import keras
import numpy as np
import onnx
import onnxruntime
import torch
from built import Case, Graph, case, flax_tensors
from make_counts import MLPS, SIZES

DATA = Path(__file__).parent / "data" / "layer_counts.json"


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


def main() -> None:
    """Write the file, one case a line."""
    cases = [
        *flax_recurrent(),
        *onnx_recurrent(),
        *flax_dense(),
        *onnx_dense(),
        *built_layers.conv(),
        *built_layers.embedding(),
        *built_layers.layer_norm(),
        *built_layers.batch_norm(),
        *built_layers.additive_attention(),
        *built_networks.lenet5(),
        *built_networks.image_classifier(),
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
    modern = built_networks.modern_lenet()
    text = f'{{"made_with": {head}, "modern_lenet": {modern}, "cases": [\n{lines}\n]}}\n'
    DATA.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
