"""A model like BERT to be counted: the parts that its sizes lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tutor.engine.params.addends import Addends, Part
from tutor.engine.params.block import layer_count, norm_count
from tutor.engine.params.polynomial import Polynomial, size
from tutor.engine.params.text_model import TextModel
from tutor.engine.params.weight import Weight, linear, norm, owned, table


@dataclass(frozen=True, kw_only=True)
class BertModel(TextModel):
    """An encoder, and what BERT has besides.

    Attributes:
        types: kinds of tokens, such as first and second sentence.
        pooler: whether there is a linear layer on the first token.
        head: whether there is the head that guesses masked words, whose output layer may be
            tied.
    """

    types: int
    pooler: bool
    head: bool

    @property
    def total(self) -> int:
        """All parameters."""
        d, words = self.d, self.vocabulary
        total = (words + self.positions + self.types) * d + norm_count(d)
        total += self.layers * layer_count(d, self.inner)
        if self.pooler:
            total += d * d + d
        if self.head:
            total += d * d + d + norm_count(d) + words
            if not self.tied:
                total += words * d + words
        return total

    @property
    def kinds(self) -> Polynomial:
        """The kinds of tokens, in symbols."""
        return size("s", self.types)

    @cached_property
    def addends(self) -> Addends:
        """The count by part."""
        d, words = self.layer.width, self.words
        parts: dict[str, Part] = {
            "words": (1, words * d),
            "positions": (1, self.places * d),
            "types": (1, self.kinds * d),
            "norm": (1, norm_count(d)),
            "layers": (self.times, self.layer.addends.polynomial),
        }
        if self.pooler:
            parts["pooler"] = (1, d * d + d)
        if self.head:
            parts["head"] = (1, d * d + d + norm_count(d) + words)
            if not self.tied:
                parts["output"] = (1, words * d + words)
        return Addends(parts)

    def tensors(self) -> Iterator[Weight]:
        """Yield every weight tensor as Hugging Face has it, those of repeated layers once."""
        d = self.layer.width
        yield from table("embeddings.word_embeddings", self.words, d)
        yield from table("embeddings.position_embeddings", self.places, d)
        yield from table("embeddings.token_type_embeddings", self.kinds, d)
        yield from norm("embeddings.LayerNorm", d)
        yield from owned("encoder.layer.*.", _layer_tensors(d, self.layer.inner), self.times)
        if self.pooler:
            yield from linear("pooler.dense", d, d, bias=True)
        if self.head:
            yield from owned("cls.predictions.", self._head_tensors())

    def _head_tensors(self) -> Iterator[Weight]:
        d = self.layer.width
        yield Weight("bias", (self.words,))
        yield from linear("transform.dense", d, d, bias=True)
        yield from norm("transform.LayerNorm", d)
        if not self.tied:
            yield from linear("decoder", d, self.words, bias=True)


def _layer_tensors(d: Polynomial, f: Polynomial) -> Iterator[Weight]:
    for name in ("query", "key", "value"):
        yield from linear(f"attention.self.{name}", d, d, bias=True)
    yield from linear("attention.output.dense", d, d, bias=True)
    yield from norm("attention.output.LayerNorm", d)
    yield from linear("intermediate.dense", d, f, bias=True)
    yield from linear("output.dense", f, d, bias=True)
    yield from norm("output.LayerNorm", d)
