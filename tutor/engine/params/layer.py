"""A recurrent layer to be counted: the cell, its sizes and whose conventions it follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, assert_never

from tutor.engine.arguments import Convention
from tutor.engine.params.stack import Stack

Cell = Literal["rnn", "gru", "lstm"]

BLOCKS: dict[Cell, int] = {"rnn": 1, "gru": 3, "lstm": 4}


@dataclass(frozen=True, slots=True)
class Layer:
    """A stack of recurrent layers as one framework builds it.

    Attributes:
        cell: what each step computes.
        stack: its sizes.
        convention: the framework.
        reset_after: of a GRU, whether the reset gate acts after the recurrent product.
            ONNX calls it `linear_before_reset`.
        seq_len: steps of the sequence, if the question names them; the count ignores them.
        batch_size: examples in a batch, if the question names them; ignored likewise.
    """

    cell: Cell
    stack: Stack
    convention: Convention
    reset_after: bool = False
    seq_len: int | None = None
    batch_size: int | None = None

    def under(self, convention: Convention, *, reset_after: bool | None = None) -> Layer:
        """Return the same layer as another framework builds it."""
        resets = resets_after(self.cell, convention) if reset_after is None else reset_after
        biases, own = 0, 0
        if self.stack.biases:
            biases = biases_of(self.cell, convention, reset_after=resets)
            own = own_biases_of(self.cell, convention)
        return replace(
            self,
            stack=replace(self.stack, biases=biases, own_biases=own),
            convention=convention,
            reset_after=resets,
        )

    @property
    def default_biases(self) -> int:
        """Biases per weighted sum, if it had any."""
        return biases_of(self.cell, self.convention, reset_after=self.reset_after)


def biases_of(cell: Cell, convention: Convention, *, reset_after: bool) -> int:
    """Return the biases per weighted sum when a layer has them.

    PyTorch keeps two for cuDNN's sake, ONNX likewise; Keras's GRU keeps two when the reset
    gate acts after the product, as its inner bias is then not redundant (PyTorch, ONNX and
    Keras documentation).
    """
    match convention:
        case "pytorch" | "onnx":
            return 2
        case "keras":
            return 2 if cell == "gru" and reset_after else 1
        case "textbook" | "flax":
            return 1
    assert_never(convention)


def own_biases_of(cell: Cell, convention: Convention) -> int:
    """Return the bias vectors that only some blocks have, when a layer has biases.

    In Flax's GRU the candidate, whose recurrent bias sits inside the reset gate's product,
    has two biases; its gates have one (`flax.linen.GRUCell`).
    """
    return 1 if cell == "gru" and convention == "flax" else 0


def resets_after(cell: Cell, convention: Convention) -> bool:
    """Return a framework's default for a GRU's `reset_after`."""
    return cell == "gru" and convention not in {"textbook", "onnx"}
