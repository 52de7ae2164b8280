"""Measure the engine: cells, attention and norms of Jacobians beside PyTorch, and counting.

    uv run --group golden python benchmarks/engine.py [recurrent] [attention] [jacobians] [counts]

Both libraries run on one thread. A case and its reference are called by turns, so that a busy
machine slows both; the ratio is the one of the medians, in brackets that of the minima. Without
PyTorch the engine is measured alone.
"""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when NumPy is loaded
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from tutor import engine

Call = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Case:
    """What is measured.

    Attributes:
        name: how it is printed.
        ours: a call of the engine.
        theirs: a call of PyTorch that computes the same; None if there is none.
        budget: what is promised, as it is printed.
        repeat: calls for each reading of the clock.
    """

    name: str
    ours: Call
    theirs: Call | None = None
    budget: str = ""
    repeat: int = 1


def recurrent(torch: ModuleType | None) -> Iterator[Case]:
    """Yield forward passes of LSTM, GRU and RNN.

    PyTorch runs an LSTM in float32 as one call of oneDNN. The labs compute in float64.
    """
    sizes = (
        (20, 1, 4, 8, np.float64, "< 1 for the LSTM"),
        (100, 1, 16, 32, np.float64, "< 1 for the LSTM"),
        (20, 1, 4, 8, np.float32, ""),
        (100, 1, 16, 32, np.float32, ""),
        (100, 32, 128, 256, np.float32, "<= 2.5 for the LSTM"),
    )
    cells = (
        ("LSTM", engine.lstm, engine.LstmWeights),
        ("GRU", engine.gru, engine.GruWeights),
        ("RNN", engine.rnn, engine.RnnWeights),
    )
    for T, batch, d, h, dtype, budget in sizes:
        for name, run, weights_type in cells:
            drawn = weights_type.drawn(1, d, h)
            tensors = [tensor.astype(dtype) for tensor in drawn.tensors if tensor is not None]
            weights = weights_type(*tensors)
            x = np.random.default_rng(2).normal(size=(T, batch, d)).astype(dtype)
            theirs = None
            if torch is not None:
                layer = getattr(torch.nn, name)(d, h).to(getattr(torch, dtype.__name__))
                with torch.no_grad():
                    for parameter, tensor in zip(layer.parameters(), tensors, strict=True):
                        parameter.copy_(torch.from_numpy(tensor))
                theirs = _without_gradient(torch, layer, torch.from_numpy(x))
                ours, recorded = run(x, weights).h, theirs()[0].numpy()
                np.testing.assert_allclose(ours, recorded, atol=1e-5)
            title = f"{name} T {T}, batch {batch}, {d} -> {h}, {dtype.__name__}"
            yield Case(
                title,
                lambda run=run, x=x, weights=weights: run(x, weights),
                theirs,
                budget if name == "LSTM" else "",
            )


def attention(torch: ModuleType | None) -> Iterator[Case]:
    """Yield causal attention with 8 heads of 64, forward."""
    for T, batch in ((64, 8), (1024, 1)):
        q, k, v = np.random.default_rng(3).normal(size=(3, batch, 8, T, 64)).astype(np.float32)
        theirs = None
        if torch is not None:
            function = torch.nn.functional.scaled_dot_product_attention
            theirs = _without_gradient(
                torch, function, *map(torch.from_numpy, (q, k, v)), is_causal=True
            )
        yield Case(
            f"causal attention T {T}, batch {batch}, 8 heads of 64, float32",
            lambda q=q, k=k, v=v: engine.scaled_dot_product_attention(q, k, v, is_causal=True),
            theirs,
        )


def jacobians(_: ModuleType | None) -> Iterator[Case]:
    """Yield the norms of all Jacobians of a cell over 100 steps; PyTorch has no such function."""
    for n in (4, 16, 64):
        for name, run, weights_type in (
            ("RNN", engine.rnn, engine.RnnWeights),
            ("LSTM", engine.lstm, engine.LstmWeights),
            ("GRU", engine.gru, engine.GruWeights),
        ):
            weights = weights_type.drawn(1, n, n)
            forward = run(np.random.default_rng(4).normal(size=(100, n)), weights)
            yield Case(
                f"norms of Jacobians, {name}, T 100, n {n}",
                lambda forward=forward, weights=weights: engine.jacobian_norms(forward, weights),
            )


# what each counting function is asked for; sizes like those in questions
COUNTED: dict[str, dict[str, Any]] = {
    "additive_attention_params": {"query_size": 64, "key_size": 128, "num_hiddens": 32},
    "attention_params": {"embed_dim": 512, "num_heads": 8},
    "batch_norm_params": {"num_features": 64},
    "bert_params": {},
    "conv_params": {"in_channels": 32, "out_channels": 64, "kernel_size": 3},
    "decoder_layer_params": {},
    "dense_params": {"layer_sizes": (784, 256, 128, 10)},
    "embedding_params": {"num_embeddings": 10_000, "embedding_dim": 128},
    "encoder_layer_params": {},
    "gpt_params": {},
    "gru_params": {"input_size": 10, "hidden_size": 24},
    "image_classifier_params": {"image_size": 28, "num_classes": 10, "hidden_sizes": (128,)},
    "layer_norm_params": {"normalized_shape": 512},
    "lenet5_params": {},
    "lstm_params": {"input_size": 10, "hidden_size": 24, "num_layers": 2, "bidirectional": True},
    "model_params": {"layers": "lstm(128, 256, num_layers=2) > dense(256, 10)"},
    "rnn_params": {"input_size": 10, "hidden_size": 24},
    "transformer_params": {},
}


GPT_3 = {"n_embd": 12_288, "n_layer": 96, "n_head": 96, "n_positions": 2048}
TOY = {"n_embd": 8, "n_layer": 1, "n_head": 2, "n_positions": 16, "vocab_size": 30}


def read_in_full(name: str, args: dict[str, Any]) -> object:
    """Count, and make all that can be shown: tensors, sums, lines, mistakes, conventions."""
    worked = engine.compute(name, args)
    return (worked.formula, worked.substituted, worked.terms, worked.steps, worked.mistakes,
            worked.variants)  # fmt: skip


def counts(_: ModuleType | None) -> Iterator[Case]:
    """Yield every counting function, from arguments in a mapping and from their model."""
    yield Case(
        "GPT-3 read in full, beside a toy",
        lambda: read_in_full("gpt_params", GPT_3),
        lambda: read_in_full("gpt_params", TOY),
        repeat=20,
    )
    for name in engine.names():
        if not name.endswith("_params"):
            continue
        if name not in COUNTED:
            print(f"{name}: no arguments in COUNTED, left out")
            continue
        args = COUNTED[name]
        model = engine.arguments(name).model_validate(args)
        for made, budget, given in (
            ("its model made before", "< 50 µs", model),  # a model is taken as it is
            ("with its model", "< 200 µs", args),
        ):
            yield Case(
                f"{name}, {made}",
                lambda name=name, given=given: engine.compute(name, given),
                budget=budget,
                repeat=100,
            )
        yield Case(f"{name}, read in full", lambda n=name, a=args: read_in_full(n, a), repeat=20)


def _without_gradient(
    torch: ModuleType, function: Callable[..., Any], *args: Any, **named: Any
) -> Call:
    def call() -> object:
        with torch.no_grad():
            return function(*args, **named)

    return call


def measured(case: Case, seconds: float) -> dict[str, list[float]]:
    """Return readings in microseconds a call, ours and theirs, taken by turns."""
    calls = {"ours": case.ours, **({"theirs": case.theirs} if case.theirs else {})}
    taken: dict[str, list[float]] = {side: [] for side in calls}
    for call in calls.values():
        call()  # what is made at the first call is not measured
    until = time.perf_counter() + seconds
    while time.perf_counter() < until or len(taken["ours"]) < 5:
        for side, call in calls.items():
            began = time.perf_counter()
            for _ in range(case.repeat):
                call()
            taken[side].append((time.perf_counter() - began) * 1e6 / case.repeat)
    return taken


def report(case: Case, taken: dict[str, list[float]]) -> None:
    """Print medians, minima in brackets, and the ratio."""
    ours = taken["ours"]
    line = f"{case.name:<58} {statistics.median(ours):9.1f} ({min(ours):9.1f}) µs"
    if "theirs" in taken:
        theirs = taken["theirs"]
        ratio = statistics.median(ours) / statistics.median(theirs)
        line += f"   torch {statistics.median(theirs):9.1f} ({min(theirs):9.1f}) µs"
        line += f"   ratio {ratio:5.2f} ({min(ours) / min(theirs):5.2f})"
    print(f"{line}   {case.budget}".rstrip(), flush=True)


def reference() -> ModuleType | None:
    """Return PyTorch on one thread, or None and a word about it."""
    try:
        import torch
    except ModuleNotFoundError:
        print("PyTorch is missing: the engine is measured alone.")
        print("With it: uv run --group golden python benchmarks/engine.py")
        return None
    torch.set_num_threads(1)
    print(f"torch {torch.__version__}, numpy {np.__version__}, one thread each")
    return torch


PARTS = {"recurrent": recurrent, "attention": attention, "jacobians": jacobians, "counts": counts}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument("--seconds", type=float, default=2.0, help="for each case")
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    torch = reference()
    for part in options.parts or PARTS:
        for case in PARTS[part](torch):
            report(case, measured(case, options.seconds))


if __name__ == "__main__":
    main()
