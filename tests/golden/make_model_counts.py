"""Record what PyTorch and Keras count in whole models, in data/model_counts.json.

Every model is really built, its layers one after the other, and asked for its weights; tied
weights are one tensor in it. Written with torch 2.13.0 and keras 3.15.1 (torch backend). To run
again, outside the project's own environment:

    python3 -m venv golden-venv && golden-venv/bin/pip install torch==2.13.0 keras==3.15.1
    KERAS_BACKEND=torch golden-venv/bin/python tests/golden/make_model_counts.py

Each line holds the model as the engine reads it, the pairs of tensors that are tied, the
convention, the total and the tensors in the framework's order: name and shape. PyTorch names are
those of `named_parameters()` of the Sequential. Keras names are weight paths without the
automatic `sequential/`, `functional/`, `bidirectional/`, `…_cell/` and `rnn/` parts; the moving
averages of batch normalisation are among them, as in Keras's own `count_params()`.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import torch
from torch import nn

DATA = Path(__file__).parent / "data" / "model_counts.json"
Case = dict[str, Any]
k = keras.layers


def torch_cases() -> Iterator[Case]:
    """Yield models of torch modules."""
    yield torch_case(
        "embedding(10_000, 128) > lstm(128, 256, num_layers=2) > dense(256, 10)",
        [nn.Embedding(10_000, 128), nn.LSTM(128, 256, num_layers=2), nn.Linear(256, 10)],
    )
    yield torch_case(
        "embedding(500, 32) > gru(32, 48, bidirectional=true) > dropout(0.3) > dense(96, 5)",
        [
            nn.Embedding(500, 32),
            nn.GRU(32, 48, bidirectional=True),
            nn.Dropout(0.3),
            nn.Linear(96, 5),
        ],
    )
    yield torch_case(
        "rnn(10, 24) > dense(24, 3, bias=false)",
        [nn.RNN(10, 24), nn.Linear(24, 3, bias=False)],
    )
    yield torch_case(
        "rnn(10, 24, bias=false) > rnn(24, 7) > dense(7, 1)",
        [nn.RNN(10, 24, bias=False), nn.RNN(24, 7), nn.Linear(7, 1)],
    )
    yield torch_case(
        "lstm(10, 24, proj_size=8) > dense(8, 3)",
        [nn.LSTM(10, 24, proj_size=8), nn.Linear(8, 3)],
    )
    yield torch_case(
        "lstm(6, 5, num_layers=2, bidirectional=true, proj_size=3) > gru(6, 4) > linear(4, 2)",
        [
            nn.LSTM(6, 5, num_layers=2, bidirectional=True, proj_size=3),
            nn.GRU(6, 4),
            nn.Linear(4, 2),
        ],
    )
    yield torch_case(
        "dense(784, 256) > relu > dropout(0.2) > dense(256, 128) > relu > dense(128, 10)",
        [
            nn.Linear(784, 256), nn.ReLU(), nn.Dropout(0.2), nn.Linear(256, 128), nn.ReLU(),
            nn.Linear(128, 10),
        ],
    )  # fmt: skip
    yield torch_case(
        "input(1, 28, 28) > conv2d(1, 32, 3, padding=1) > relu > max_pool(2) >"
        " conv2d(32, 64, 3, padding=1) > relu > max_pool(2) > flatten > dense(3136, 128) > relu >"
        " dense(128, 10)",
        [
            nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(3136, 128), nn.ReLU(), nn.Linear(128, 10),
        ],
        through=(1, 1, 28, 28),
    )  # fmt: skip
    yield torch_case(
        "input(3, 32, 32) > conv2d(3, 16, (3, 5), stride=2) > batch_norm(16) > relu >"
        " conv2d(16, 32, 3, groups=4, bias=false) > global_average_pooling > dense(32, 6)",
        [
            nn.Conv2d(3, 16, (3, 5), stride=2), nn.BatchNorm2d(16), nn.ReLU(),
            nn.Conv2d(16, 32, 3, groups=4, bias=False),
            nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()), nn.Linear(32, 6),
        ],
        through=(2, 3, 32, 32),
    )  # fmt: skip
    yield torch_case(
        "input(1, 28, 28) > conv2d(1, 6, 5, padding=2) > tanh > avg_pool(2) > conv2d(6, 16, 5) >"
        " tanh > avg_pool(2) > flatten > dense(400, 120) > tanh > dense(120, 84) > tanh >"
        " dense(84, 10)",
        [
            nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5),
            nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(400, 120), nn.Tanh(),
            nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10),
        ],
        through=(1, 1, 28, 28),
    )  # fmt: skip
    yield torch_case(
        "input(8, 100) > conv1d(8, 16, 5, stride=2, dilation=3) > relu > max_pool(3) > flatten >"
        " dense(224, 2)",
        [
            nn.Conv1d(8, 16, 5, stride=2, dilation=3), nn.ReLU(), nn.MaxPool1d(3), nn.Flatten(),
            nn.Linear(224, 2),
        ],
        through=(1, 8, 100),
    )  # fmt: skip
    yield torch_case(
        "embedding(50, 12) > layer_norm(12) > lstm(12, 12) > layer_norm(12) > dense(12, 50)",
        [
            nn.Embedding(50, 12),
            nn.LayerNorm(12),
            nn.LSTM(12, 12),
            nn.LayerNorm(12),
            nn.Linear(12, 50),
        ],
    )
    embedding, output = nn.Embedding(1000, 64), nn.Linear(64, 1000, bias=False)
    output.weight = embedding.weight
    yield torch_case(
        "embedding(1000, 64) > lstm(64, 64) > dense(64, 1000, bias=false)",
        [embedding, nn.LSTM(64, 64), output],
        [["embedding", "dense"]],
    )
    embedding, output = nn.Embedding(1000, 64), nn.Linear(64, 1000)
    output.weight = embedding.weight
    yield torch_case(
        "embedding(1000, 64) > gru(64, 128) > dense(128, 64) > dense(64, 1000)",
        [embedding, nn.GRU(64, 128), nn.Linear(128, 64), output],
        [["0.weight", "3.weight"]],
    )
    first, second, third = nn.Linear(30, 30), nn.Linear(30, 30), nn.Linear(30, 30)
    second.weight = third.weight = first.weight
    third.bias = first.bias
    yield torch_case(
        "dense(30, 30) > tanh > dense(30, 30) > tanh > dense(30, 30)",
        [first, nn.Tanh(), second, nn.Tanh(), third],
        [["0.weight", "2.weight"], ["0.weight", "4.weight"], ["0.bias", "4.bias"]],
    )
    yield torch_case(
        "lstm(10, 24) > attention(24, 4) > dense(24, 3)",
        [nn.LSTM(10, 24), nn.MultiheadAttention(24, 4), nn.Linear(24, 3)],
    )
    yield torch_case(
        "embedding(1000, 64) > encoder_layer(64, 4, 128) > encoder_layer(64, 4, 128) >"
        " layer_norm(64) > dense(64, 2)",
        [
            nn.Embedding(1000, 64), nn.TransformerEncoderLayer(64, 4, 128),
            nn.TransformerEncoderLayer(64, 4, 128), nn.LayerNorm(64), nn.Linear(64, 2),
        ],
    )  # fmt: skip
    embedding, output = nn.Embedding(300, 32), nn.Linear(32, 300, bias=False)
    output.weight = embedding.weight
    yield torch_case(
        "embedding(300, 32) > decoder_layer(32, 2, 64) > dense(32, 300, bias=false)",
        [embedding, nn.TransformerDecoderLayer(32, 2, 64), output],
        [["embedding", "dense"]],
    )


def torch_case(
    line: str, modules: list[nn.Module], tied: list[list[str]] | None = None, **check: Any
) -> Case:
    """Return one line of the file; a model of plain modules is also run."""
    built = nn.Sequential(*modules)
    if check:
        built(torch.zeros(check["through"]))
    tensors = [[name, list(value.shape)] for name, value in built.named_parameters()]
    return case(line, tied or [], "pytorch", tensors, sum(p.numel() for p in built.parameters()))


def keras_cases() -> Iterator[Case]:
    """Yield models of Keras layers."""
    yield keras_case(
        "embedding(10_000, 128) > lstm(128, 256, num_layers=2) > dense(256, 10)",
        (7,),
        lambda: [
            k.Embedding(10_000, 128),
            k.LSTM(256, return_sequences=True),
            k.LSTM(256),
            k.Dense(10),
        ],
    )
    yield keras_case(
        "embedding(500, 32) > gru(32, 48, bidirectional=true) > dropout(0.3) > dense(96, 5)",
        (7,),
        lambda: [k.Embedding(500, 32), k.Bidirectional(k.GRU(48)), k.Dropout(0.3), k.Dense(5)],
    )
    yield keras_case(
        "gru(10, 24, reset_after=false) > dense(24, 3, bias=false)",
        (7, 10),
        lambda: [k.GRU(24, reset_after=False), k.Dense(3, use_bias=False)],
    )
    yield keras_case(
        "rnn(10, 24, bias=false) > rnn(24, 7) > dense(7, 1)",
        (7, 10),
        lambda: [
            k.SimpleRNN(24, use_bias=False, return_sequences=True),
            k.SimpleRNN(7),
            k.Dense(1),
        ],
    )
    yield keras_case(
        "lstm(6, 5, bidirectional=true) > lstm(10, 4) > dense(4, 2)",
        (7, 6),
        lambda: [
            k.Bidirectional(k.LSTM(5, return_sequences=True), name="bidirectional"),
            k.LSTM(4),
            k.Dense(2),
        ],
    )
    yield keras_case(
        "input(784) > dense(784, 256) > relu > dropout(0.2) > dense(256, 128) > relu >"
        " dense(128, 10)",
        (784,),
        lambda: [
            k.Dense(256), k.ReLU(), k.Dropout(0.2), k.Dense(128), k.ReLU(), k.Dense(10),
        ],
    )  # fmt: skip
    yield keras_case(
        "input(28, 28, 1) > conv2d(1, 32, 3) > max_pool(2) > conv2d(32, 64, 3) > max_pool(2) >"
        " flatten > dense(1600, 128) > dense(128, 10)",
        (28, 28, 1),
        lambda: [
            k.Conv2D(32, 3), k.MaxPooling2D(2), k.Conv2D(64, 3), k.MaxPooling2D(2), k.Flatten(),
            k.Dense(128), k.Dense(10),
        ],
    )  # fmt: skip
    yield keras_case(
        "input(32, 32, 3) > conv2d(3, 16, 3, padding=same, stride=2) > batch_norm(16) > relu >"
        " conv2d(16, 32, 3, bias=false) > batch_norm(32) > global_average_pooling > dense(32, 6)",
        (32, 32, 3),
        lambda: [
            k.Conv2D(16, 3, padding="same", strides=2), k.BatchNormalization(), k.ReLU(),
            k.Conv2D(32, 3, use_bias=False), k.BatchNormalization(), k.GlobalAveragePooling2D(),
            k.Dense(6),
        ],
    )  # fmt: skip
    yield keras_case(
        "input(100, 8) > conv1d(8, 16, 5, stride=2) > max_pool(3) > flatten > dense(256, 2)",
        (100, 8),
        lambda: [k.Conv1D(16, 5, strides=2), k.MaxPooling1D(3), k.Flatten(), k.Dense(2)],
    )
    yield keras_case(
        "embedding(50, 12) > layer_norm(12) > lstm(12, 12) > layer_norm(12) > dense(12, 50)",
        (7,),
        lambda: [
            k.Embedding(50, 12), k.LayerNormalization(), k.LSTM(12), k.LayerNormalization(),
            k.Dense(50),
        ],
    )  # fmt: skip
    yield keras_tied()


class Turned(k.Layer):
    """An output layer that shares the table of an embedding."""

    def __init__(self, embedding: k.Embedding) -> None:
        super().__init__()
        self.embedding = embedding

    def call(self, x: Any) -> Any:
        """Return a score for every word."""
        return keras.ops.matmul(x, keras.ops.transpose(self.embedding.embeddings))


def keras_tied() -> Case:
    """Return a model whose output layer is the embedding's table, transposed."""
    keras.utils.clear_session()
    embedding = k.Embedding(1000, 64)
    built = keras.Sequential([keras.Input((7,)), embedding, k.LSTM(64), Turned(embedding)])
    built(keras.ops.zeros((1, 7)))
    tensors = [[keras_name(w.path), list(w.shape)] for w in built.weights]
    return case(
        "embedding(1000, 64) > lstm(64, 64) > dense(64, 1000, bias=false)",
        [["embedding", "dense"]],
        "keras",
        tensors,
        built.count_params(),
    )


def keras_case(line: str, shape: tuple[int, ...], layers: Any) -> Case:
    """Return one line of the file."""
    keras.utils.clear_session()
    built = keras.Sequential([keras.Input(shape), *layers()])
    tensors = [[keras_name(w.path), list(w.shape)] for w in built.weights]
    return case(line, [], "keras", tensors, built.count_params())


def keras_name(path: str) -> str:
    """Return a weight's path without the parts that Keras adds by itself."""
    return "/".join(
        part
        for part in path.split("/")
        if not re.fullmatch(
            r"(sequential|functional|bidirectional)(_\d+)?|\w+_cell(_\d+)?|rnn", part
        )
    )


def case(line: str, tied: list[list[str]], convention: str, tensors: list[Any], total: int) -> Case:
    """Return one line of the file, its total checked against its tensors."""
    if total != sum(torch.Size(shape).numel() for _, shape in tensors):
        raise AssertionError(f"{line}: {total} is not what its tensors hold")
    return {
        "layers": line,
        "tied": tied,
        "convention": convention,
        "total": total,
        "tensors": tensors,
    }


def main() -> None:
    """Write the file, one case a line."""
    cases = [*torch_cases(), *keras_cases()]
    lines = ",\n".join(json.dumps(one) for one in cases)
    head = json.dumps({"torch": torch.__version__.split("+")[0], "keras": keras.__version__})
    DATA.write_text(f'{{"made_with": {head}, "cases": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
