"""The count of an encoder or decoder layer, worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.engine.params.phrases import closing_lines
from tutor.engine.params.transformer_layer import TransformerLayer, TransformerLayerParams
from tutor.engine.params.transformer_layer_mistakes import transformer_layer_mistakes
from tutor.engine.params.transformer_layer_tensors import pytorch_layer, textbook_layer
from tutor.engine.worked import Mistake, Solution, Term, Variant, Worked
from tutor.text.message import Message, msg


def layer_worked(name: str, args: TransformerLayerParams, *, attentions: int) -> Worked:
    """Return the count of a layer with one attention (encoder) or two (decoder).

    Raises:
        EngineError: heads that do not divide the width.
    """
    layer = args.layer(attentions=attentions)
    return Worked(
        name=name,
        total=layer.total,
        unit=msg("parameters"),
        solution=LayerSolution(args, layer),
    )


@dataclass(frozen=True, slots=True)
class LayerSolution(Solution):
    """How the count of a layer comes about."""

    args: TransformerLayerParams
    layer: TransformerLayer

    def formula(self) -> str:
        """Return the count in symbols."""
        return self.layer.addends.formula

    def substituted(self) -> str:
        """Return the count in numbers."""
        return self.layer.addends.substituted

    def terms(self) -> Iterator[Term]:
        """Return every weight tensor."""
        match self.args.convention:
            case "pytorch":
                weights = pytorch_layer(self.layer)
            case "textbook":
                weights = textbook_layer(self.layer)
        return (weight.term for weight in weights)

    def lines(self) -> Iterator[Message]:
        """Return each part's share, and the total."""
        return _lines(self.layer)

    def mistakes(self) -> Iterator[Mistake]:
        """Return what people count wrongly."""
        return transformer_layer_mistakes(self.layer, self.args.seq_len, self.args.batch_size)

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
            total = args.layer(attentions=self.layer.attentions).total
            yield Variant(convention, label, total, why)


def _lines(layer: TransformerLayer) -> Iterator[Message]:
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
    yield from closing_lines(parts.formula, parts.substituted, layer.total)
