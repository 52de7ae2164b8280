"""The count of an encoder or decoder layer, worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.engine.params.addends_solution import AddendsSolution
from tutor.engine.params.answer import params_worked
from tutor.engine.params.transformer_layer import TransformerLayer, TransformerLayerParams
from tutor.engine.params.transformer_layer_mistakes import transformer_layer_mistakes
from tutor.engine.params.transformer_layer_tensors import pytorch_layer, textbook_layer
from tutor.engine.params.weight import Weight
from tutor.engine.worked import Mistake, Variant, Worked
from tutor.text.message import Message, msg


def layer_worked(name: str, args: TransformerLayerParams, *, attentions: int) -> Worked:
    """Return the count of a layer with one attention (encoder) or two (decoder).

    Raises:
        EngineError: heads that do not divide the width.
    """
    layer = args.layer(attentions=attentions)
    return params_worked(name, layer.total, LayerSolution(layer, args))


@dataclass(frozen=True, slots=True)
class LayerSolution(AddendsSolution[TransformerLayer]):
    """How the count of a layer comes about."""

    args: TransformerLayerParams

    def weights(self) -> Iterator[Weight]:
        """Return every weight tensor."""
        match self.args.convention:
            case "pytorch":
                return pytorch_layer(self.counted)
            case "textbook":
                return textbook_layer(self.counted)

    def shares(self) -> Iterator[Message]:
        """Return a line on each part."""
        return _shares(self.counted)

    def mistakes(self) -> Iterator[Mistake]:
        """Return what people count wrongly."""
        return transformer_layer_mistakes(self.counted, self.args.seq_len, self.args.batch_size)

    def variants(self) -> Iterator[Variant]:
        """Return the count under both conventions."""
        for convention, label, why in (
            ("pytorch", "PyTorch", msg("Every linear layer and layer norm has biases, or none.")),
            (
                "textbook",
                msg("textbook"),
                msg("The projections of the paper are matrices, without biases unless asked for."),
            ),
        ):
            args = self.args.model_copy(update={"convention": convention})
            total = args.layer(attentions=self.counted.attentions).total
            yield Variant(convention, label, total, why)


def _shares(layer: TransformerLayer) -> Iterator[Message]:
    parts = layer.addends
    if layer.attentions == 1:
        yield msg(
            "Self-attention has four projections, for queries, keys, values and the output:"
            r" $\val{formula} = \val{sum} = \val{count:,}$.",
            **parts.only("attention").words,
        )
    else:
        yield msg(
            "Self-attention and the attention to the encoder have four projections each, for"
            r" queries, keys, values and the output: $\val{formula} = \val{sum} = \val{count:,}$.",
            **parts.only("attention").words,
        )
    yield msg(
        "The feed-forward network leads from {d:,} to {f:,} and back:"
        r" $\val{formula} = \val{sum} = \val{count:,}$.",
        d=layer.d,
        f=layer.f,
        **parts.only("feedforward").words,
    )
    if layer.attentions == 1:
        yield msg(
            "Two layer norms, one for attention and one for the feed-forward network:"
            r" $\val{formula} = \val{sum} = \val{count:,}$.",
            **parts.only("norms").words,
        )
    else:
        yield msg(
            "Three layer norms, one for each attention and one for the feed-forward network:"
            r" $\val{formula} = \val{sum} = \val{count:,}$.",
            **parts.only("norms").words,
        )
