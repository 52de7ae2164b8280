"""A recurrent layer's parameters, worked out: what RNN, GRU and LSTM share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.engine.arguments import Arguments, Convention, Layers, Size
from tutor.engine.params.layer import BLOCKS, Cell, Layer, biases_of, resets_after
from tutor.engine.params.recurrent_mistakes import recurrent_mistakes
from tutor.engine.params.recurrent_steps import recurrent_lines
from tutor.engine.params.stack import Stack
from tutor.engine.params.tensors import tensors
from tutor.engine.worked import Mistake, Solution, Term, Variant, Worked
from tutor.text.message import Message, msg


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

    def layer(self, cell: Cell, *, proj_size: int = 0, reset_after: bool | None = None) -> Layer:
        """Return the layer that the arguments describe."""
        resets = resets_after(cell, self.convention) if reset_after is None else reset_after
        biases = biases_of(cell, self.convention, reset_after=resets) if self.bias else 0
        stack = Stack(
            blocks=BLOCKS[cell],
            d=self.input_size,
            h=self.hidden_size,
            biases=biases,
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
    return Worked(
        name=name,
        total=layer.stack.total,
        unit=msg("parameters"),
        solution=RecurrentSolution(layer),
    )


def _variants(layer: Layer) -> Iterator[Variant]:
    pytorch, textbook = layer.under("pytorch"), layer.under("textbook")
    yield Variant("pytorch", "PyTorch", pytorch.stack.total, _biases_sentence(pytorch))
    if layer.cell == "gru" and layer.stack.biases:
        for resets, label in ((True, "Keras"), (False, "Keras, `reset_after=False`")):
            keras = layer.under("keras", reset_after=resets)
            yield Variant("keras", label, keras.stack.total, _biases_sentence(keras))
    elif not layer.stack.p:  # Keras has no projection
        keras = layer.under("keras")
        yield Variant("keras", "Keras", keras.stack.total, _biases_sentence(keras))
    yield Variant("textbook", msg("textbook"), textbook.stack.total, _biases_sentence(textbook))


def _biases_sentence(layer: Layer) -> Message:
    """Say what the convention does with biases: the one thing in which counts differ."""
    match (layer.stack.biases, layer.convention, layer.cell):
        case (0, _, _):
            return msg("No biases.")
        case (2, "keras", _):
            return msg("Two biases for each row: the reset gate acts between them.")
        case (2, _, _):
            return msg("Two biases for each row: `bias_ih` and `bias_hh`.")
        case (_, "keras", "gru"):
            return msg("One bias for each row: the reset gate acts before the product.")
        case _:
            return msg("One bias for each row.")
