"""Record what PyTorch and Keras count, tensor by tensor, in data/counts.json.

Every layer is really built and asked for its weights. Written with torch 2.13.0 and
keras 3.15.1 (torch backend). To run again, outside the project's own environment:

    python3 -m venv golden-venv && golden-venv/bin/pip install torch==2.13.0 keras==3.15.1
    KERAS_BACKEND=torch golden-venv/bin/python tests/golden/make_counts.py

Each line holds the engine function, its arguments, the total and the tensors in the
framework's order: name and shape. PyTorch names are those of `named_parameters()`. Keras
names are weight paths without the automatic `sequential/`, `bidirectional/`, `…_cell/` and
`rnn/` parts, and without the layer's own name where it stands alone.
"""

import json
import os
import re
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import torch

DATA = Path(__file__).parent / "data" / "counts.json"
Case = dict[str, Any]

TORCH = {"rnn_params": torch.nn.RNN, "lstm_params": torch.nn.LSTM, "gru_params": torch.nn.GRU}
KERAS = {
    "rnn_params": keras.layers.SimpleRNN,
    "lstm_params": keras.layers.LSTM,
    "gru_params": keras.layers.GRU,
}
SIZES = ((10, 24), (3, 4), (7, 7), (24, 10), (1, 1), (128, 256), (1, 16), (17, 5))
MLPS = (
    (784, 256, 128, 10),
    (784, 10),
    (1, 1),
    (2, 3, 1),
    (28, 128, 10),
    (3, 5, 7, 11, 13),
    (64, 64, 64),
    (100, 50, 25, 12, 6, 3, 2, 1),
    (1, 32, 1),
    (300, 4, 300),
)


def torch_recurrent() -> Iterator[Case]:
    """Yield RNN, LSTM and GRU over sizes, layers, directions, biases and projections."""
    for name, layer in TORCH.items():
        configurations = [
            *((d, h, 1, False, True, 0) for d, h in SIZES),
            *((10, 24, *rest, 0) for rest in product((1, 2, 3), (False, True), (False, True))),
            (5, 9, 4, True, True, 0),
            (9, 5, 2, False, True, 0),
            (9, 5, 2, True, False, 0),
        ]
        if name == "lstm_params":
            configurations += [
                (10, 24, layers, both, bias, p)
                for layers, both, bias, p in product((1, 2), (False, True), (False, True), (1, 8))
            ]
            configurations += [(10, 24, 3, True, True, 23), (3, 4, 1, False, True, 2)]
        for d, h, layers, both, bias, p in dict.fromkeys(configurations):
            args: Case = {
                "input_size": d,
                "hidden_size": h,
                "num_layers": layers,
                "bidirectional": both,
                "bias": bias,
            }
            if p:
                args["proj_size"] = p
            module = layer(**args)
            tensors = [[key, list(value.shape)] for key, value in module.named_parameters()]
            yield case(name, {**args, "convention": "pytorch"}, tensors)


def keras_recurrent() -> Iterator[Case]:
    """Yield SimpleRNN, LSTM and GRU, stacked and bidirectional, reset both ways."""
    for name, layer in KERAS.items():
        configurations = [
            *((d, h, 1, False, True) for d, h in SIZES),
            *((10, 24, *rest) for rest in product((1, 2, 3), (False, True), (False, True))),
        ]
        for resets in (True, False) if name == "gru_params" else (None,):
            for d, h, layers, both, bias in dict.fromkeys(configurations):
                keras.utils.clear_session()
                own = {} if resets is None else {"reset_after": resets}
                model = keras.Sequential([keras.Input((5, d))])
                for _ in range(layers):
                    cell = layer(h, use_bias=bias, return_sequences=True, **own)
                    model.add(keras.layers.Bidirectional(cell) if both else cell)
                tensors = [
                    [keras_name(weight.path, alone=layers == 1 and not both), list(weight.shape)]
                    for weight in model.weights
                ]
                args = {
                    "input_size": d,
                    "hidden_size": h,
                    "num_layers": layers,
                    "bidirectional": both,
                    "bias": bias,
                    **own,
                    "convention": "keras",
                }
                yield case(name, args, tensors, model.count_params())


def keras_name(path: str, *, alone: bool) -> str:
    """Return a weight's path without the parts that Keras adds by itself."""
    parts = [
        part
        for part in path.split("/")
        if not re.fullmatch(r"(sequential|bidirectional)(_\d+)?|\w+_cell(_\d+)?|rnn", part)
    ]
    return parts[-1] if alone else "/".join(parts)


def dense() -> Iterator[Case]:
    """Yield fully connected networks in both frameworks."""
    for sizes, bias in product(MLPS, (True, False)):
        pairs = list(pairwise(sizes))
        linear = [torch.nn.Linear(n, m, bias=bias) for n, m in pairs]
        module = linear[0] if len(linear) == 1 else torch.nn.Sequential(*linear)
        args = {"layer_sizes": list(sizes), "bias": bias}
        tensors = [[key, list(value.shape)] for key, value in module.named_parameters()]
        yield case("dense_params", {**args, "convention": "pytorch"}, tensors)

        keras.utils.clear_session()
        model = keras.Sequential([keras.Input((sizes[0],))])
        for _, m in pairs:
            model.add(keras.layers.Dense(m, use_bias=bias))
        tensors = [
            [keras_name(weight.path, alone=len(pairs) == 1), list(weight.shape)]
            for weight in model.weights
        ]
        yield case("dense_params", {**args, "convention": "keras"}, tensors, model.count_params())


def case(name: str, args: Case, tensors: list[Any], counted: int | None = None) -> Case:
    """Return one line of the file; the total is the framework's own where it prints one."""
    total = sum(torch.Size(shape).numel() for _, shape in tensors)
    if counted is not None and counted != total:
        raise AssertionError(f"{name} {args}: Keras counts {counted}, its tensors hold {total}")
    return {"function": name, "args": args, "total": total, "tensors": tensors}


def main() -> None:
    """Write the file, one case a line."""
    cases = [*torch_recurrent(), *keras_recurrent(), *dense()]
    lines = ",\n".join(json.dumps(one) for one in cases)
    head = json.dumps({"torch": torch.__version__.split("+")[0], "keras": keras.__version__})
    DATA.write_text(f'{{"made_with": {head}, "cases": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
