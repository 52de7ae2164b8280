"""A model that reads text to be counted: tables of embeddings, and layers built alike."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from tutor.engine.params.addends import Addends
from tutor.engine.params.polynomial import Polynomial, size
from tutor.engine.params.transformer_layer import TransformerLayer
from tutor.engine.params.weight import Weight


@dataclass(frozen=True, kw_only=True)
class TextModel(ABC):
    """What the count of models like BERT and GPT-2 depends on.

    Attributes:
        vocabulary: words, or word pieces.
        positions: the longest text it reads.
        d: size of the vectors between layers.
        layers: how many.
        heads: attention heads, which share d.
        f: inner size of the feed-forward networks; None for 4d.
        tied: whether the output layer is the table of the embeddings.
    """

    vocabulary: int
    positions: int
    d: int
    layers: int
    heads: int
    f: int | None
    tied: bool

    @property
    @abstractmethod
    def total(self) -> int:
        """All parameters."""

    @property
    @abstractmethod
    def addends(self) -> Addends:
        """The count by part; the part `layers` repeats one layer."""

    @abstractmethod
    def tensors(self) -> Iterator[Weight]:
        """Yield every weight tensor, those of repeated layers once."""

    @property
    def inner(self) -> int:
        """The inner size of the feed-forward networks."""
        return 4 * self.d if self.f is None else self.f

    @property
    def layer(self) -> TransformerLayer:
        """One of its layers, with one attention: none attends to an encoder."""
        return TransformerLayer(self.d, self.heads, self.inner, 1, four_fold=self.f is None)

    @property
    def words(self) -> Polynomial:
        """The size of the vocabulary, in symbols."""
        return size("V", self.vocabulary)

    @property
    def places(self) -> Polynomial:
        """The number of positions, in symbols."""
        return size("n", self.positions)

    @property
    def times(self) -> Polynomial:
        """The number of layers, in symbols."""
        return size("L", self.layers)

    def built_of(self, layer: Addends) -> Addends:
        """Return the count by part if its layers had these parts."""
        return self.addends.changed(layers=(self.times, layer.polynomial))
