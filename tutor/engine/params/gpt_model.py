"""A model like GPT-2 to be counted: its sizes, and the parts that they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tutor.engine.params.addends import Addends, Part
from tutor.engine.params.block import layer_count, norm_count
from tutor.engine.params.polynomial import Polynomial, size
from tutor.engine.params.transformer_layer import TransformerLayer
from tutor.engine.params.weight import Weight, conv1d, norm, owned, table


@dataclass(frozen=True)
class GptModel:
    """What the count depends on.

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
    def total(self) -> int:
        """All parameters."""
        d = self.d
        f = 4 * d if self.f is None else self.f
        rows = self.vocabulary * (1 if self.tied else 2) + self.positions
        return rows * d + self.layers * layer_count(d, f) + norm_count(d)

    @property
    def layer(self) -> TransformerLayer:
        """One of its layers: a decoder's without the attention to an encoder."""
        f = 4 * self.d if self.f is None else self.f
        return TransformerLayer(self.d, self.heads, f, 1, four_fold=self.f is None)

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

    @cached_property
    def addends(self) -> Addends:
        """The count by part."""
        d = self.layer.width
        parts: dict[str, Part] = {
            "words": (1, self.words * d),
            "positions": (1, self.places * d),
            "layers": (self.times, self.layer.addends.polynomial),
            "norm": (1, norm_count(d)),
        }
        if not self.tied:
            parts["output"] = (1, self.words * d)
        return Addends(parts)

    def tensors(self) -> Iterator[Weight]:
        """Yield every weight tensor as GPT-2 has it, those of repeated layers once."""
        d = self.layer.width
        yield from table("wte", self.words, d)
        yield from table("wpe", self.places, d)
        yield from owned("h.*.", _layer_tensors(d, self.layer.inner), self.times)
        yield from norm("ln_f", d)
        if not self.tied:
            yield from table("lm_head", self.words, d)


def _layer_tensors(d: Polynomial, f: Polynomial) -> Iterator[Weight]:
    yield from norm("ln_1", d)
    yield from conv1d("attn.c_attn", d, 3 * d)
    yield from conv1d("attn.c_proj", d, d)
    yield from norm("ln_2", d)
    yield from conv1d("mlp.c_fc", d, f)
    yield from conv1d("mlp.c_proj", f, d)
