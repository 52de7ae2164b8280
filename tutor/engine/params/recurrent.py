"""A recurrent layer's parameters, worked out: what RNN, GRU and LSTM share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from tutor.engine.arguments import Arguments, Convention, Layers, Size
from tutor.engine.error import EngineError
from tutor.engine.params.answer import params_worked
from tutor.engine.params.conventions import LABELS
from tutor.engine.params.layer import (
    BLOCKS,
    Cell,
    Layer,
    biases_of,
    own_biases_of,
    resets_after,
)
from tutor.engine.params.recurrent_mistakes import recurrent_mistakes
from tutor.engine.params.recurrent_steps import recurrent_lines
from tutor.engine.params.stack import Stack
from tutor.engine.params.tensors import tensors
from tutor.engine.worked import Mistake, Solution, Term, Variant, Worked
from tutor.text.message import Message, msg
from tutor.text.words import Words


class RecurrentParams(Arguments):
    """PyTorch's argument names, for every convention.

    `seq_len` and `batch_size` change nothing; naming them lets the answer name the mistake
    of multiplying by them.
    """

    input_size: Size
    hidden_size: Size
    num_layers: Layers = 1
    bidirectional: bool = False
    bias: bool = True
    convention: Convention = "pytorch"
    seq_len: Size | None = None
    batch_size: Size | None = None

    def layer(
        self,
        cell: Cell,
        *,
        proj_size: int = 0,
        reset_after: bool | None = None,
        peepholes: bool = False,
    ) -> Layer:
        """Return the layer that the arguments describe.

        Raises:
            EngineError: no biases in Flax, whose cells always have them.
        """
        if not self.bias and self.convention == "flax":
            raise EngineError(
                msg("`bias` is `false`, but the recurrent cells of Flax always have biases."),
                msg("Leave `bias` out, or choose another convention."),
                argument="bias",
            )
        resets = resets_after(cell, self.convention) if reset_after is None else reset_after
        biases = biases_of(cell, self.convention, reset_after=resets) if self.bias else 0
        stack = Stack(
            blocks=BLOCKS[cell],
            d=self.input_size,
            h=self.hidden_size,
            biases=biases,
            own_biases=own_biases_of(cell, self.convention),
            peepholes=3 if peepholes else 0,
            layers=self.num_layers,
            directions=2 if self.bidirectional else 1,
            p=proj_size,
        )
        return Layer(cell, stack, self.convention, resets, self.seq_len, self.batch_size)


@dataclass(frozen=True, slots=True)
class RecurrentSolution(Solution):
    """How the count of a recurrent layer comes about."""

    layer: Layer

    def formula(self) -> str:
        """Return the count in symbols."""
        return self.layer.stack.formula

    def substituted(self) -> str:
        """Return the count in numbers."""
        return self.layer.stack.substituted

    def terms(self) -> tuple[Term, ...]:
        """Return every weight tensor."""
        return tensors(self.layer)

    def lines(self) -> Iterator[Message]:
        """Return the rows, what each takes, further layers, and the total."""
        return recurrent_lines(self.layer)

    def mistakes(self) -> tuple[Mistake, ...]:
        """Return what people count wrongly."""
        return recurrent_mistakes(self.layer)

    def variants(self) -> Iterator[Variant]:
        """Return the count under every convention."""
        return _variants(self.layer)


def recurrent_worked(name: str, layer: Layer) -> Worked:
    """Return the count of a recurrent layer with its solution and mistakes."""
    return params_worked(name, layer.stack.total, RecurrentSolution(layer))


def _variants(layer: Layer) -> Iterator[Variant]:
    for convention, label in LABELS.items():
        if not _has(convention, layer):
            continue
        if convention == "keras" and layer.cell == "gru" and layer.stack.biases:
            for resets, named in ((True, label), (False, "Keras (`reset_after=False`)")):
                yield _variant(layer.under(convention, reset_after=resets), named)
        else:
            yield _variant(layer.under(convention), label)


def _variant(layer: Layer, label: Words) -> Variant:
    return Variant(layer.convention, label, layer.stack.total, _biases_sentence(layer))


def _has(convention: Convention, layer: Layer) -> bool:
    """Return whether a convention has such a layer at all."""
    stack = layer.stack
    match convention:
        case "pytorch":
            return not stack.peepholes
        case "keras":
            return not (stack.peepholes or stack.p)
        case "textbook":
            return True
        case "flax":
            return not (stack.peepholes or stack.p) and stack.biases > 0
        case "onnx":
            return not stack.p
    assert_never(convention)


def _biases_sentence(layer: Layer) -> Message:
    """Say what the convention does with biases: the one thing in which counts differ."""
    match (layer.stack.biases, layer.cell, layer.convention):
        case (0, _, _):
            return msg("No biases.")
        case (_, "gru", "flax"):
            return msg("One bias for each row, and a second one in the candidate.")
        case (2, "gru", _) if layer.reset_after:
            return msg("Two biases for each row: the reset gate acts between them.")
        case (2, _, _):
            return msg("Two biases for each row.")
        case (_, "gru", _):
            return msg("One bias for each row: the reset gate acts before the product.")
        case _:
            return msg("One bias for each row.")
