"""How the count of a model that reads text comes about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from tutor.engine.params.addends_solution import AddendsSolution
from tutor.engine.params.phrases import layers_line
from tutor.engine.params.text_model import TextModel
from tutor.engine.params.weight import Weight
from tutor.text.message import Message, msg

T = TypeVar("T", bound=TextModel)


class TextSolution(AddendsSolution[T]):
    """What explains it; each kind of model has shares and mistakes of its own."""

    __slots__ = ()

    def weights(self) -> Iterator[Weight]:
        """Return every weight tensor; those of repeated layers once."""
        return self.counted.tensors()

    def layer_lines(self) -> Iterator[Message]:
        """Yield what one layer takes, and how many there are."""
        layer = self.counted.layer
        yield msg(
            "A layer has one attention, a feed-forward network and two layer norms:"
            r" $\val{formula} = \val{sum} = \val{count:,}$.",
            **layer.addends.words,
        )
        yield layers_line(self.counted.layers, layer.total)
