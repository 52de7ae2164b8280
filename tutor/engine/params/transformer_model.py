"""A Transformer to be counted: its sizes, and the parts that they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tutor.engine.params.addends import Addends, Part
from tutor.engine.params.block import layer_count, norm_count
from tutor.engine.params.polynomial import Polynomial, size
from tutor.engine.params.transformer_layer import TransformerLayer

Tie = Literal["none", "output", "all"]


@dataclass(frozen=True)
class TransformerModel:
    """What the count of a Transformer depends on.

    Attributes:
        d: size of the vectors between layers.
        heads: attention heads, which share it.
        encoder_layers: how many.
        decoder_layers: how many.
        f: inner size of the feed-forward networks.
        bias: whether linear layers and layer norms have biases.
        source: words of the source's vocabulary; 0 for a model without embeddings.
        target: words of the target's vocabulary; 0 likewise.
        tie: which tables of embeddings share their weights.
        learned: whether positions are learned.
        max_len: positions, where the question names their number.
    """

    d: int
    heads: int
    encoder_layers: int
    decoder_layers: int
    f: int
    bias: bool
    source: int
    target: int
    tie: Tie
    learned: bool
    max_len: int

    @property
    def total(self) -> int:
        """All parameters."""
        d, f, bias = self.d, self.f, self.bias
        rows = (2 if self.tie == "none" else 1) * self.target
        if self.tie != "all":
            rows += self.source
        if self.learned:
            rows += 2 * self.max_len
        return (
            rows * d
            + self.encoder_layers * layer_count(d, f, bias=bias, attention_bias=bias)
            + self.decoder_layers * layer_count(d, f, attentions=2, bias=bias, attention_bias=bias)
            + 2 * norm_count(d, bias=bias)
        )

    @property
    def width(self) -> Polynomial:
        """The size of the vectors between layers, in symbols."""
        return size("d", self.d)

    @property
    def source_words(self) -> Polynomial:
        """The words of the source's vocabulary, in symbols."""
        return size("V" if self.source == self.target else "V_s", self.source)

    @property
    def target_words(self) -> Polynomial:
        """The words of the target's vocabulary, in symbols."""
        return size("V" if self.source == self.target else "V_t", self.target)

    @property
    def places(self) -> Polynomial:
        """The number of positions, in symbols."""
        return size("n", self.max_len)

    @property
    def encoder_times(self) -> Polynomial:
        """The number of encoder layers, in symbols."""
        return size("L_e", self.encoder_layers)

    @property
    def decoder_times(self) -> Polynomial:
        """The number of decoder layers, in symbols."""
        return size("L_d", self.decoder_layers)

    def layer(self, *, attentions: int) -> TransformerLayer:
        """Return a layer of the encoder (one attention) or the decoder (two)."""
        return TransformerLayer(
            self.d, self.heads, self.f, attentions, bias=self.bias, attention_bias=self.bias
        )

    def tables(self, tie: Tie) -> Polynomial:
        """Return the parameters of embeddings and output layer, tied as given."""
        source, target, d = self.source_words, self.target_words, self.width
        match tie:
            case "none":
                return source * d + 2 * target * d
            case "output":
                return source * d + target * d
            case "all":
                return target * d

    @cached_property
    def addends(self) -> Addends:
        """The count by part."""
        parts: dict[str, Part] = {}
        if self.source:
            parts["tables"] = (1, self.tables(self.tie))
        if self.learned:
            parts["positions"] = (1, 2 * self.places * self.width)
        parts["encoder"] = (self.encoder_times, self.layer(attentions=1).addends.polynomial)
        parts["decoder"] = (self.decoder_times, self.layer(attentions=2).addends.polynomial)
        parts["norms"] = (1, 2 * norm_count(self.width, bias=self.bias))
        return Addends(parts)
