"""The weight tensors of a layer that multiplies and adds, under every convention."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.arguments import Convention
from tutor.engine.params.conventions import is_by_column
from tutor.engine.params.tensor import tensor
from tutor.engine.worked import Term

Dim = tuple[str, int]


def kernel(
    convention: Convention,
    *,
    gives: Dim,
    reads: Dim,
    window: tuple[Dim, ...] = (),
    bias: bool,
    owner: str = "",
    tag: str = "",
) -> Iterator[Term]:
    """Yield a weight tensor and its bias, in the framework's order.

    Args:
        convention: the framework.
        gives: symbol and number of the outputs.
        reads: of the inputs that each output reads.
        window: of each axis that a convolution's kernel spans; nothing of a dense layer.
        bias: whether there is a bias for every output.
        owner: what stands before the names, with its dot or slash.
        tag: what follows the ids, and the textbook's names.
    """
    shape = (*window, reads, gives) if is_by_column(convention) else (gives, reads, *window)
    match convention:
        case "pytorch":
            names = (f"{owner}weight", f"{owner}bias")
        case "keras" | "flax":
            names = (f"{owner}kernel", f"{owner}bias")
        case "onnx":  # inputs of the nodes Conv and Gemm
            weight, added = ("W", "B") if window else ("B", "C")
            names = (f"{owner}{weight}", f"{owner}{added}")
        case "textbook":
            names = (f"W{tag}", f"b{tag}")
    weights = tensor(f"W{tag}", names[0], *shape)
    if not bias:
        yield weights
        return
    biases = tensor(f"b{tag}", names[1], gives)
    # Flax's tensors are sorted by name, as JAX lists a tree
    yield from (biases, weights) if convention == "flax" else (weights, biases)
