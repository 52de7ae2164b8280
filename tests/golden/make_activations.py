"""Record PyTorch's float64 activations and derivatives in data/activations.json.

Derivatives come from autograd, of the softmax as its Jacobian. Written with torch 2.13.0.
To run again, outside the project's own environment:

    python3 -m venv golden-venv && golden-venv/bin/pip install torch==2.13.0 numpy
    golden-venv/bin/python tests/golden/make_activations.py

Points are [x, value, derivative] for each function; JSON keeps all digits of a float64.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import torch

DATA = Path(__file__).parent / "data" / "activations.json"

FUNCTIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "gelu": torch.nn.functional.gelu,
}
FAR = (1e-8, 1e-3, 12.5, 20.0, 36.7, 50.0, 100.0, 709.0, 745.0, 1000.0)
POINTS = sorted({i / 8.0 + 0.01 * i for i in range(-60, 61)} | {*FAR} | {-x for x in FAR})
SCORES = (
    [1.0, 2.0, 3.0],
    [0.0, 0.0],
    [-1.5, 0.25, 0.25, 4.0],
    [1000.0, 999.0, -1000.0],
    [0.1 * i for i in range(10)],
    [-800.0, -801.5, -799.25],
    [5.0, -5.0],
)


def points() -> Iterator[tuple[str, list[list[float]]]]:
    """Yield each function's name and its points."""
    for name, function in FUNCTIONS.items():
        x = torch.tensor(POINTS, dtype=torch.float64, requires_grad=True)
        y = function(x)
        (slope,) = torch.autograd.grad(y.sum(), x)
        yield name, torch.stack((x, y, slope), dim=1).tolist()


def softmaxes() -> Iterator[dict[str, object]]:
    """Yield scores with their weights and the Jacobian of the weights."""
    for scores in SCORES:
        x = torch.tensor(scores, dtype=torch.float64)
        jacobian = torch.autograd.functional.jacobian(lambda s: torch.softmax(s, 0), x)
        yield {
            "scores": scores,
            "weights": torch.softmax(x, 0).tolist(),
            "jacobian": jacobian.tolist(),
        }


def main() -> None:
    """Write the file, one point a line."""
    parts = [f'"made_with": {json.dumps({"torch": torch.__version__.split("+")[0]})}']
    for name, rows in points():
        lines = ",\n".join(json.dumps(row) for row in rows)
        parts.append(f'"{name}": [\n{lines}\n]')
    lines = ",\n".join(json.dumps(row) for row in softmaxes())
    parts.append(f'"softmax": [\n{lines}\n]')
    DATA.write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
