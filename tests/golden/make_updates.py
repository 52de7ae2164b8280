"""Record what PyTorch makes of gradients in data/updates.json.

Clipping by norm and by value, gradients down residual stacks, the steps of Adam, the softmax's
cross-entropy. Written with torch 2.13.0. To run again, outside the project's own environment:

    python3 -m venv golden-venv && golden-venv/bin/pip install torch==2.13.0 numpy
    golden-venv/bin/python tests/golden/make_updates.py

Everything is float64; JSON keeps all digits.
"""

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

DATA = Path(__file__).parent / "data" / "updates.json"

torch.set_default_dtype(torch.float64)
torch.manual_seed(20240608)


def leaf(*shape: int, scale: float = 1.0) -> Tensor:
    """Return a tensor of random numbers that gets a gradient."""
    return (torch.randn(*shape) * scale).requires_grad_()


def clip_cases() -> Iterator[dict[str, Any]]:
    """Yield clipping by norm and by value."""
    gradients: tuple[list[Tensor], ...] = (
        [torch.tensor([3.0, 4.0])],
        [torch.tensor([0.3, 0.4])],
        [torch.randn(3, 2) * 4, torch.randn(3), torch.randn(2, 2, 2)],
        [torch.randn(5) * 1e3],
        [torch.zeros(2)],
    )
    for given, limit in product(gradients, (1.0, 0.25, 5.0)):
        recorded: dict[str, Any] = {"gradients": [g.tolist() for g in given], "limit": limit}
        for name in ("norm", "value"):
            parameters = [nn.Parameter(torch.zeros_like(g)) for g in given]
            for parameter, g in zip(parameters, given, strict=True):
                parameter.grad = g.clone()
            if name == "norm":
                recorded["total"] = nn.utils.clip_grad_norm_(parameters, limit).item()
            else:
                nn.utils.clip_grad_value_(parameters, limit)
            recorded[name] = [p.grad.tolist() for p in parameters if p.grad is not None]
        yield recorded


def residual_cases() -> Iterator[dict[str, Any]]:
    """Yield gradients down stacks of tanh layers."""
    for L, gate, coupled in (
        (12, 0.0, False),
        (12, 1.0, False),
        (30, 1.0, False),
        (30, 0.0, False),
        (12, 0.8, False),
        (12, 0.7, True),
    ):
        weights, biases = torch.randn(L, 4, 4) * 0.3, torch.randn(L, 4) * 0.1
        x, gradient = leaf(4), torch.randn(4)
        values = [x]
        for W, b in zip(weights, biases, strict=True):
            branch = torch.tanh(W @ values[-1] + b)
            values.append(gate * values[-1] + (1 - gate if coupled else 1) * branch)
        slopes = torch.autograd.grad(values[-1], values, gradient)
        yield {
            "weights": weights.tolist(),
            "biases": biases.tolist(),
            "x": x.tolist(),
            "gradient": gradient.tolist(),
            "gate": gate,
            "coupled": coupled,
            "values": torch.stack(values).tolist(),
            "gradients": torch.stack(slopes).tolist(),
            "norms": [slope.norm().item() for slope in slopes],
        }


def adam_cases() -> Iterator[dict[str, Any]]:
    """Yield parameters after each of some steps of Adam."""
    for options in ({"lr": 0.1}, {"lr": 0.001}, {"lr": 0.02, "betas": (0.8, 0.95), "eps": 1e-4}):
        parameters = [nn.Parameter(torch.randn(2, 3)), nn.Parameter(torch.randn(3))]
        optimizer = torch.optim.Adam(parameters, **options)
        start = [p.tolist() for p in parameters]
        gradients, after = [], []
        for _ in range(8):
            for parameter in parameters:
                parameter.grad = torch.randn_like(parameter) * 3
            gradients.append([p.grad.tolist() for p in parameters if p.grad is not None])
            optimizer.step()
            after.append([p.tolist() for p in parameters])
        yield {"options": options, "start": start, "gradients": gradients, "after": after}


def cross_entropy_cases() -> Iterator[dict[str, Any]]:
    """Yield mean cross-entropies with the gradients of their scores."""
    for scale, (rows, classes) in product((1.0, 30.0), ((4, 3), (1, 2), (5, 8))):
        scores, targets = leaf(rows, classes, scale=scale), torch.randint(classes, (rows,))
        loss = nn.functional.cross_entropy(scores, targets)
        (slope,) = torch.autograd.grad(loss, scores)
        yield {
            "scores": scores.tolist(),
            "targets": targets.tolist(),
            "loss": loss.item(),
            "gradient": slope.tolist(),
        }


def main() -> None:
    """Write the file, one case a line."""
    parts = {
        "clip": clip_cases(),
        "residual": residual_cases(),
        "adam": adam_cases(),
        "cross_entropy": cross_entropy_cases(),
    }
    written = [f'"made_with": {json.dumps({"torch": torch.__version__.split("+")[0]})}']
    for part, cases in parts.items():
        lines = ",\n".join(json.dumps(case) for case in cases)
        written.append(f'"{part}": [\n{lines}\n]')
    DATA.write_text("{" + ",\n".join(written) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
