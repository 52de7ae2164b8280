"""One layer of a Transformer's encoder or decoder, and its count worked out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tutor.engine.arguments import Arguments, Size
from tutor.engine.heads import head_width
from tutor.engine.params.addends import Addends, Part
from tutor.engine.params.block import (
    attention_count,
    feedforward_count,
    layer_count,
    norm_count,
)
from tutor.engine.params.polynomial import Polynomial, size

LayerConvention = Literal["pytorch", "textbook"]


class TransformerLayerParams(Arguments):
    """PyTorch's argument names, for every convention.

    `bias` None is true; but the textbook, which follows Vaswani et al. 2017, then has no
    biases in the projections of attention, only in the feed-forward network and the layer
    norms. `seq_len` and `batch_size` change nothing; naming them lets the answer name the
    mistake of counting by them.
    """

    d_model: Size = 512
    nhead: Size = 8
    dim_feedforward: Size = 2048
    bias: bool | None = None
    convention: LayerConvention = "pytorch"
    seq_len: Size | None = None
    batch_size: Size | None = None

    def layer(self, *, attentions: int) -> TransformerLayer:
        """Return the layer to be counted.

        Raises:
            EngineError: heads that do not divide the width.
        """
        head_width("d_model", self.d_model, "nhead", self.nhead)
        return TransformerLayer(
            d=self.d_model,
            heads=self.nhead,
            f=self.dim_feedforward,
            attentions=attentions,
            bias=self.bias is not False,
            attention_bias=self.convention != "textbook" if self.bias is None else self.bias,
        )


@dataclass(frozen=True, slots=True)
class TransformerLayer:
    """What the count of a layer depends on.

    Attributes:
        d: size of the vectors between layers.
        heads: attention heads, which share it.
        f: inner size of the feed-forward network.
        attentions: 1 in an encoder, 2 in a decoder.
        bias: whether feed-forward network and layer norms have biases.
        attention_bias: whether the projections of attention have.
        four_fold: whether f is 4d by definition, so that formulas write 4d.
    """

    d: int
    heads: int
    f: int
    attentions: int
    bias: bool = True
    attention_bias: bool = True
    four_fold: bool = False

    @property
    def total(self) -> int:
        """All parameters."""
        return layer_count(
            self.d,
            self.f,
            attentions=self.attentions,
            bias=self.bias,
            attention_bias=self.attention_bias,
        )

    @property
    def width(self) -> Polynomial:
        """The size of the vectors between layers, in symbols."""
        return size("d", self.d)

    @property
    def inner(self) -> Polynomial:
        """The inner size of the feed-forward network, in symbols."""
        return 4 * self.width if self.four_fold else size("f", self.f)

    @property
    def attention(self) -> Polynomial:
        """The parameters of one attention."""
        return self.addends.parts["attention"][1]

    @property
    def feedforward(self) -> Polynomial:
        """The parameters of the feed-forward network."""
        return self.addends.parts["feedforward"][1]

    @property
    def norm(self) -> Polynomial:
        """The parameters of one layer norm."""
        return self.addends.parts["norms"][1]

    @property
    def addends(self) -> Addends:
        """The count by part."""
        return _addends(self)


@lru_cache(maxsize=64)  # every mistake about a layer asks for them
def _addends(layer: TransformerLayer) -> Addends:
    d, f = layer.width, layer.inner
    parts: dict[str, Part] = {
        "attention": (layer.attentions, attention_count(d, bias=layer.attention_bias)),
        "feedforward": (1, feedforward_count(d, f, bias=layer.bias)),
        "norms": (layer.attentions + 1, norm_count(d, bias=layer.bias)),
    }
    return Addends(parts, collected=True)
