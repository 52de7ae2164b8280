"""Record PyTorch's gradients through time in data/gradients.json and data/decay.json.

- gradients.json: dL/d… of weights, inputs and first states of RNN, LSTM and GRU by autograd,
  whole and with the state detached every k steps.
- decay.json: spectral norms of ∂h_t/∂h_0 and ∂h_T/∂h_t by `torch.autograd.functional.jacobian`;
  where they leave the range of float64, as products of autograd's step Jacobians in mpmath.

Written with torch 2.13.0 and mpmath 1.3.0. To run again, outside the project's own environment:

    python3 -m venv golden-venv && golden-venv/bin/pip install torch==2.13.0 numpy mpmath
    golden-venv/bin/python tests/golden/make_gradients.py

Everything is float64; JSON keeps all digits. What torch has no module for (sigmoid RNN, peepholes,
reset before the product) is a loop of torch operations under autograd.
"""

import json
import math
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import mpmath
import torch
from torch import Tensor, nn
from torch.autograd.functional import jacobian

DATA = Path(__file__).parent / "data"
State = tuple[Tensor, ...]
Step = Callable[[Tensor, State], State]
PHI = {"tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid}

torch.set_default_dtype(torch.float64)
torch.manual_seed(20240607)


def leaf(*shape: int, scale: float = 1.0) -> Tensor:
    """Return a tensor of random numbers that gets a gradient."""
    return (torch.randn(*shape) * scale).requires_grad_()


def tensors(gates: int, d: int, h: int, *, bias: bool = True, p: int = 0) -> dict[str, Tensor]:
    """Return leaves named as PyTorch names the weights of a layer."""
    made = {
        "weight_ih": leaf(gates * h, d, scale=0.7),
        "weight_hh": leaf(gates * h, p or h, scale=0.7),
    }
    if bias:
        made |= {"bias_ih": leaf(gates * h, scale=0.5), "bias_hh": leaf(gates * h, scale=0.5)}
    if p:
        made["weight_hr"] = leaf(p, h)
    return made


def module(
    kind: str, w: dict[str, Tensor], nonlinearity: str
) -> Callable[[Tensor, State], tuple[Tensor, State]]:
    """Return PyTorch's own module, run with the given weights."""
    d = w["weight_ih"].shape[1]
    options: dict[str, Any] = {"bias": "bias_ih" in w}
    if kind == "rnn":
        made: nn.Module = nn.RNN(d, w["weight_ih"].shape[0], nonlinearity=nonlinearity, **options)
    elif kind == "gru":
        made = nn.GRU(d, w["weight_ih"].shape[0] // 3, **options)
    else:
        p = w["weight_hr"].shape[0] if "weight_hr" in w else 0
        made = nn.LSTM(d, w["weight_ih"].shape[0] // 4, proj_size=p, **options)
    named = {f"{name}_l0": tensor for name, tensor in w.items()}

    def run(x: Tensor, state: State) -> tuple[Tensor, State]:
        given = tuple(s.unsqueeze(0) for s in state)
        h, last = torch.func.functional_call(
            made, named, (x, given if kind == "lstm" else given[0])
        )
        last = last if kind == "lstm" else (last,)
        return h, tuple(s.squeeze(0) for s in last)

    return run


def loop(step: Step) -> Callable[[Tensor, State], tuple[Tensor, State]]:
    """Return a loop over the steps of a sequence."""

    def run(x: Tensor, state: State) -> tuple[Tensor, State]:
        hs = []
        for x_t in x:
            state = step(x_t, state)
            hs.append(state[0])
        return torch.stack(hs), state

    return run


def rnn_step(w: dict[str, Tensor], nonlinearity: str) -> Step:
    """Return one step of an RNN."""
    b = w.get("bias_ih", 0) + w.get("bias_hh", 0)
    return lambda x, s: (PHI[nonlinearity](x @ w["weight_ih"].T + s[0] @ w["weight_hh"].T + b),)


def lstm_step(w: dict[str, Tensor]) -> Step:
    """Return one step of an LSTM, maybe with peepholes and a projection."""

    def step(x: Tensor, state: State) -> State:
        h, c = state
        b = w.get("bias_ih", 0) + w.get("bias_hh", 0)
        a = x @ w["weight_ih"].T + h @ w["weight_hh"].T + b
        i, f, g, o = a.chunk(4, dim=-1)
        P = w.get("peepholes", torch.zeros(3, c.shape[-1]))
        i, f = torch.sigmoid(i + P[0] * c), torch.sigmoid(f + P[1] * c)
        c = f * c + i * torch.tanh(g)
        h = torch.sigmoid(o + P[2] * c) * torch.tanh(c)
        return (h @ w["weight_hr"].T if "weight_hr" in w else h), c

    return step


def gru_step(w: dict[str, Tensor], *, reset_after: bool) -> Step:
    """Return one step of a GRU in either form."""

    def step(x: Tensor, state: State) -> State:
        (h,) = state
        x_r, x_z, x_n = (x @ w["weight_ih"].T + w.get("bias_ih", 0)).chunk(3, dim=-1)
        U_r, U_z, U_n = w["weight_hh"].chunk(3)
        b_r, b_z, b_n = w["bias_hh"].chunk(3) if "bias_hh" in w else (0, 0, 0)
        r, z = torch.sigmoid(x_r + h @ U_r.T + b_r), torch.sigmoid(x_z + h @ U_z.T + b_z)
        inner = r * (h @ U_n.T + b_n) if reset_after else (r * h) @ U_n.T + b_n
        return ((1 - z) * torch.tanh(x_n + inner) + z * h,)

    return step


def case(
    kind: str,
    w: dict[str, Tensor],
    *,
    T: int,
    batch: tuple[int, ...] = (),
    truncation: int | None = None,
    nonlinearity: str = "tanh",
    reset_after: bool = True,
    dc: bool = False,
) -> dict[str, Any]:
    """Return one case: what went in, and the gradient of Σ dh ⊙ h (+ Σ dc ⊙ c_T) by autograd."""
    h_size, d = w["weight_hh"].shape[1], w["weight_ih"].shape[1]
    x, h_0 = leaf(T, *batch, d), leaf(*batch, h_size, scale=0.6)
    state: State = (h_0,)
    if kind == "lstm":
        state = (h_0, leaf(*batch, w["weight_ih"].shape[0] // 4))
    inputs = {"x": x, "h_0": h_0, **({"c_0": state[1]} if kind == "lstm" else {})}
    if kind == "rnn" and nonlinearity == "sigmoid":
        run = loop(rnn_step(w, nonlinearity))
    elif "peepholes" in w:
        run = loop(lstm_step(w))
    elif not reset_after:
        run = loop(gru_step(w, reset_after=False))
    else:
        run = module(kind, w, nonlinearity)
    pieces = []
    for piece in x.split(truncation or T):
        h, state = run(piece, state if not pieces else tuple(s.detach() for s in state))
        pieces.append(h)
    h = torch.cat(pieces)
    dh = torch.randn_like(h)
    loss = (dh * h).sum()
    recorded: dict[str, Any] = {"dh": dh.tolist()}
    if dc:
        end = torch.randn_like(state[1])
        loss = loss + (end * state[1]).sum()
        recorded["dc"] = end.tolist()
    leaves = {**w, **inputs}
    slopes = torch.autograd.grad(loss, list(leaves.values()), allow_unused=True)
    return {
        "cell": kind,
        "nonlinearity": nonlinearity,
        "reset_after": reset_after,
        "truncation": truncation,
        "weights": {name: t.tolist() for name, t in w.items()},
        "inputs": {name: t.tolist() for name, t in inputs.items()},
        **recorded,
        "loss": loss.item(),
        "gradients": {
            name: (torch.zeros_like(t) if slope is None else slope).tolist()
            for (name, t), slope in zip(leaves.items(), slopes, strict=True)
        },
    }


def gradient_cases() -> Iterator[dict[str, Any]]:
    """Yield gradients of every cell."""
    runs: tuple[dict[str, Any], ...] = (
        {"T": 6},
        {"T": 5, "batch": (2,)},
        {"T": 6, "batch": (2,), "truncation": 2},
        {"T": 4, "truncation": 1},
        {"T": 7, "truncation": 3},
    )
    for nonlinearity, run in product(PHI, runs):
        yield case("rnn", tensors(1, 2, 3), nonlinearity=nonlinearity, **run)
    yield case("rnn", tensors(1, 3, 4, bias=False), T=5, batch=(2,))
    for run in runs:
        yield case("lstm", tensors(4, 2, 3), **run)
    yield case("lstm", tensors(4, 2, 3), T=5, batch=(2,), dc=True)
    yield case("lstm", tensors(4, 2, 3), T=7, truncation=3, dc=True)
    yield case("lstm", tensors(4, 3, 2, bias=False), T=5)
    yield case("lstm", tensors(4, 2, 3, p=2), T=5, batch=(2,))
    yield case("lstm", tensors(4, 2, 3, p=2), T=6, truncation=2, dc=True)
    yield case("lstm", tensors(4, 2, 3, p=1, bias=False), T=4)
    for run in runs[1:3]:
        yield case("lstm", tensors(4, 2, 3) | {"peepholes": leaf(3, 3)}, dc=True, **run)
    yield case("lstm", tensors(4, 2, 3, p=2) | {"peepholes": leaf(3, 3)}, T=5)
    for reset_after, run in product((True, False), runs):
        yield case("gru", tensors(3, 2, 3), reset_after=reset_after, **run)
    for reset_after in (True, False):
        yield case("gru", tensors(3, 3, 2, bias=False), T=5, batch=(2,), reset_after=reset_after)


def scaled_norms(steps: list[Tensor], block: slice) -> list[float]:
    """Return log10 of the norms of the running products, multiplied with 60 digits."""
    mpmath.mp.dps = 60
    running = mpmath.eye(steps[0].shape[0])
    logs = []
    for step in steps:
        running = mpmath.matrix(step.tolist()) * running
        rows = [list(row) for row in running.tolist()][block]
        rows = [row[block] for row in rows]
        largest = max(abs(entry) for row in rows for entry in row)
        if largest == 0:
            logs.append(float("-inf"))
            continue
        near_one = torch.tensor([[float(entry / largest) for entry in row] for row in rows])
        norm = torch.linalg.matrix_norm(near_one, 2).item()
        logs.append(float(mpmath.log10(norm) + mpmath.log10(largest)))
    return logs


def decay_case(
    kind: str,
    w: dict[str, Tensor],
    *,
    T: int,
    nonlinearity: str = "tanh",
    reset_after: bool = True,
    whole: bool = True,
    input_scale: float = 1.0,
) -> dict[str, Any]:
    """Return norms of the Jacobians of one run; `whole` by autograd through all steps."""
    n = w["weight_hh"].shape[1]
    w = {name: t.detach() for name, t in w.items()}
    c = w["weight_ih"].shape[0] // 4
    x, h_0, c_0 = (
        torch.randn(T, w["weight_ih"].shape[1]) * input_scale,
        0.3 * torch.randn(n),
        torch.randn(c),
    )
    if kind == "rnn":
        step = rnn_step(w, nonlinearity)
    elif kind == "gru":
        step = gru_step(w, reset_after=reset_after)
    else:
        step = lstm_step(w)
    sizes = (n, c) if kind == "lstm" else (n,)

    def through(start: int, stop: int, joined: Tensor) -> Tensor:
        state = tuple(joined.split(sizes))
        states = []
        for t in range(start, stop):
            state = step(x[t], state)
            states.append(torch.cat(state))
        return torch.stack(states)

    first = torch.cat((h_0, c_0)[: len(sizes)])
    states = torch.cat((first[None], through(0, T, first)))
    blocks = {"from_start": slice(0, n)} | ({"memory": slice(n, None)} if kind == "lstm" else {})
    recorded: dict[str, Any] = {}
    if whole:
        all_from = jacobian(lambda s: through(0, T, s), first)  # (T, n, n)
        all_to = torch.stack(
            [jacobian(lambda s, t=t: through(t, T, s)[-1], states[t]) for t in range(T)]
        )
        for name, block in blocks.items():
            norms = torch.linalg.matrix_norm(all_from[:, block, block], 2)
            recorded[name] = norms.log10().tolist()
            end = "to_end" if name == "from_start" else "memory_to_end"
            recorded[end] = torch.linalg.matrix_norm(all_to[:, block, block], 2).log10().tolist()
    else:
        steps = [jacobian(lambda s, t=t: through(t, t + 1, s)[0], states[t]) for t in range(T)]
        for name, block in blocks.items():
            recorded[name] = scaled_norms(steps, block)
            end = "to_end" if name == "from_start" else "memory_to_end"
            recorded[end] = scaled_norms([s.T for s in reversed(steps)], block)[::-1]
    return {
        "cell": kind,
        "nonlinearity": nonlinearity,
        "reset_after": reset_after,
        "whole": whole,
        "weights": {name: t.tolist() for name, t in w.items()},
        "inputs": {
            "x": x.tolist(),
            "h_0": h_0.tolist(),
            **({"c_0": c_0.tolist()} if kind == "lstm" else {}),
        },
        "log10": {  # an exact zero has no logarithm
            name: [None if log == -math.inf else log for log in logs]
            for name, logs in recorded.items()
        },
    }


def recurrent(w: dict[str, Tensor], norm: float) -> dict[str, Tensor]:
    """Return the weights with the recurrent matrix scaled to a spectral norm."""
    w = {name: t.detach() for name, t in w.items()}
    return w | {"weight_hh": w["weight_hh"] * (norm / torch.linalg.matrix_norm(w["weight_hh"], 2))}


def decay_cases() -> Iterator[dict[str, Any]]:
    """Yield decay curves, the last ones over hundreds of orders of magnitude."""
    for nonlinearity, norm in (
        ("tanh", 1.2),
        ("tanh", 3.0),
        ("sigmoid", 4.5),
        ("relu", 1.1),
        ("relu", 2.5),
    ):
        yield decay_case("rnn", recurrent(tensors(1, 1, 4), norm), T=50, nonlinearity=nonlinearity)
    yield decay_case("rnn", recurrent(tensors(1, 1, 4), 0.9), T=100)
    yield decay_case("gru", tensors(3, 1, 4), T=40)
    yield decay_case("gru", tensors(3, 1, 3), T=100, reset_after=False)
    yield decay_case("lstm", tensors(4, 1, 3), T=100)
    yield decay_case("lstm", tensors(4, 2, 3, p=2), T=30)
    yield decay_case("lstm", tensors(4, 1, 3) | {"peepholes": leaf(3, 3)}, T=40)
    yield decay_case(
        "rnn", recurrent(tensors(1, 1, 3), 0.05), T=300, nonlinearity="sigmoid", whole=False
    )
    yield decay_case("rnn", recurrent(tensors(1, 1, 3), 0.4), T=300, whole=False)
    up = recurrent(tensors(1, 1, 3, bias=False), 40.0)
    up = up | {"weight_hh": up["weight_hh"].abs(), "weight_ih": up["weight_ih"].abs()}
    yield decay_case("rnn", up, T=150, nonlinearity="relu", whole=False, input_scale=0.0)
    yield decay_case("gru", tensors(3, 1, 3), T=300, whole=False, input_scale=3.0)
    low = tensors(4, 1, 3)
    low["bias_ih"] = low["bias_ih"].detach() - torch.tensor([0.0] * 3 + [6.0] * 3 + [0.0] * 6)
    yield decay_case("lstm", low, T=200, whole=False)


def write(name: str, **parts: Iterator[dict[str, Any]]) -> None:
    """Write a file, one case a line."""
    made_with = {"torch": torch.__version__.split("+")[0], "mpmath": mpmath.__version__}
    written = [f'"made_with": {json.dumps(made_with)}']
    for part, cases in parts.items():
        lines = ",\n".join(json.dumps(case) for case in cases)
        written.append(f'"{part}": [\n{lines}\n]')
    (DATA / name).write_text("{" + ",\n".join(written) + "}\n", encoding="utf-8")


def main() -> None:
    """Write the files."""
    write("gradients.json", cases=gradient_cases())
    write("decay.json", cases=decay_cases())


if __name__ == "__main__":
    main()
