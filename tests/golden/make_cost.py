"""Record the FLOPs that PyTorch counts while layers run, in data/cost.json.

`torch.utils.flop_counter.FlopCounterMode` counts the products as they are called, a
multiply-add as 2. Written with torch 2.13.0. To run again, outside the project's own environment:

    python3 -m venv golden-venv && golden-venv/bin/pip install torch==2.13.0 numpy
    golden-venv/bin/python tests/golden/make_cost.py

Attention runs through the plain kernel, since fused ones count nothing on a CPU; so does a
recurrent layer, cell by cell. Sizes of tensors that a layer keeps are those of real tensors:
`nbytes` of the scores and of keys and values.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

DATA = Path(__file__).parent / "data" / "cost.json"
Case = dict[str, Any]


def flops(run: Callable[..., object], *inputs: object) -> int:
    """Return what a call costs."""
    with torch.no_grad(), sdpa_kernel(SDPBackend.MATH), FlopCounterMode(display=False) as counter:
        run(*inputs)
    return int(counter.get_total_flops())


def attention() -> Iterator[Case]:
    """Yield multi-head self-attention, as the module and as products around the plain kernel."""
    for N, d, h, B in (
        (10, 16, 4, 2),
        (7, 8, 1, 1),
        (33, 12, 3, 1),
        (128, 64, 8, 1),
        (5, 64, 2, 3),
    ):
        module = torch.nn.MultiheadAttention(d, h, batch_first=True)
        x = torch.zeros(B, N, d)
        args = {"seq_len": N, "embed_dim": d, "num_heads": h, "batch_size": B}
        total = flops(module, x, x, x)
        yield {"function": "attention_flops", "args": args, "total": total}
        q = torch.zeros(B, h, N, d // h)
        kernel = flops(torch.nn.functional.scaled_dot_product_attention, q, q, q)
        yield {
            "function": "attention_flops",
            "args": args,
            "terms": {"scores+weighted_sum": kernel},
        }
        linear = torch.nn.Linear(d, d)
        yield {
            "function": "attention_flops",
            "args": args,
            "terms": {"projections": 4 * flops(linear, x)},
        }


def feed_forward() -> Iterator[Case]:
    """Yield two linear layers."""
    for N, d, f, B in ((3, 8, 16, 5), (10, 16, 64, 1), (1, 5, 7, 1), (100, 32, 128, 4)):
        layers = torch.nn.Sequential(torch.nn.Linear(d, f), torch.nn.ReLU(), torch.nn.Linear(f, d))
        x = torch.zeros(B, N, d)
        args = {"seq_len": N, "d_model": d, "dim_feedforward": f, "batch_size": B}
        yield {"function": "ffn_flops", "args": args, "total": flops(layers, x)}


def encoder() -> Iterator[Case]:
    """Yield whole encoder layers: attention and feed-forward together."""
    for N, d, h, f in ((6, 8, 2, 32), (20, 16, 4, 40)):
        layer = torch.nn.TransformerEncoderLayer(d, h, f, batch_first=True)
        total = flops(layer, torch.zeros(1, N, d))
        yield {
            "function": "encoder",
            "args": {"seq_len": N, "d_model": d, "num_heads": h, "dim_feedforward": f},
            "total": total,
        }


def convolutions() -> Iterator[Case]:
    """Yield Conv1d and Conv2d over strides, paddings, dilations and groups."""
    one = (
        (4, 6, 3, 10, 1, 0, 1, 1, 2),
        (4, 6, 3, 10, 1, 1, 1, 2, 2),
        (3, 5, 2, 17, 3, 2, 2, 1, 1),
        (1, 1, 1, 1, 1, 0, 1, 1, 1),
    )
    two = (
        (1, 32, 3, (28, 28), 1, 0, 1, 1, 1),
        (32, 64, 3, (13, 13), 1, 1, 1, 1, 1),
        (8, 8, 5, (9, 20), 2, 2, 1, 8, 3),
        (6, 4, 3, (16, 12), 2, 1, 2, 2, 1),
    )
    for layer, cases in ((torch.nn.Conv1d, one), (torch.nn.Conv2d, two)):
        for c, o, k, size, stride, padding, dilation, groups, B in cases:
            module = layer(c, o, k, stride, padding, dilation, groups)
            extent = size if isinstance(size, tuple) else (size,)
            total = flops(module, torch.zeros(B, c, *extent))
            yield {
                "function": "conv_flops",
                "args": {
                    "in_channels": c, "out_channels": o, "kernel_size": k, "input_size": list(extent),
                    "stride": stride, "padding": padding, "dilation": dilation, "groups": groups,
                    "batch_size": B,
                },
                "total": total,
            }  # fmt: skip


def run_cells(cell: type, sizes: tuple[int, ...]) -> None:
    """Run a stack of cells over a sequence of zeros."""
    N, d, h, L, D, B = sizes
    width = d
    for _ in range(L):
        for _ in range(D):
            module, state = cell(width, h), None
            for _ in range(N):
                state = module(torch.zeros(B, width), state)
        width = D * h


def recurrent() -> Iterator[Case]:
    """Yield recurrent cells step by step, and stacks of them built from cells."""
    cells = {"rnn": torch.nn.RNNCell, "gru": torch.nn.GRUCell, "lstm": torch.nn.LSTMCell}
    for name, cell in cells.items():
        for N, d, h, L, D, B in (
            (1, 8, 12, 1, 1, 3),
            (7, 10, 24, 1, 1, 1),
            (5, 6, 4, 3, 1, 2),
            (4, 5, 7, 2, 2, 2),
        ):
            yield {
                "function": "recurrent_flops",
                "args": {
                    "cell": name, "seq_len": N, "input_size": d, "hidden_size": h, "num_layers": L,
                    "bidirectional": D == 2, "batch_size": B,
                },
                "total": flops(run_cells, cell, (N, d, h, L, D, B)),
            }  # fmt: skip


def memory() -> Iterator[Case]:
    """Yield sizes of tensors."""
    for N, h, B, dtype in (
        (64, 8, 1, "float32"),
        (100, 3, 2, "float16"),
        (17, 4, 1, "float64"),
        (32, 2, 5, "bfloat16"),
        (9, 1, 1, "int8"),
    ):
        scores = torch.empty(B, h, N, N, dtype=getattr(torch, dtype))
        args = {"seq_len": N, "num_heads": h, "batch_size": B, "dtype": dtype}
        yield {"function": "score_memory", "args": args, "total": scores.nbytes}
        for kept in (h, 1):
            kv = torch.empty(2, 3, B, kept, N, 16, dtype=getattr(torch, dtype))
            args = {
                "seq_len": N,
                "embed_dim": 16 * h,
                "num_heads": h,
                "num_kv_heads": kept,
                "num_layers": 3,
                "batch_size": B,
                "dtype": dtype,
            }
            yield {"function": "kv_cache", "args": args, "total": kv.nbytes}


def main() -> None:
    """Write the file, one case a line."""
    cases = [*attention(), *feed_forward(), *encoder(), *convolutions(), *recurrent(), *memory()]
    made_with = json.dumps({"torch": torch.__version__.split("+")[0]})
    lines = ",\n".join(json.dumps(case) for case in cases)
    DATA.write_text(f'{{"made_with": {made_with},\n"cases": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
