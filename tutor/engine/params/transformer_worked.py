"""The count of a whole Transformer, worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.engine.params.addends_solution import AddendsSolution
from tutor.engine.params.phrases import layers_line
from tutor.engine.params.transformer_layer_tensors import pytorch_layer
from tutor.engine.params.transformer_mistakes import transformer_mistakes
from tutor.engine.params.transformer_model import TransformerModel
from tutor.engine.params.weight import Weight, norm, owned, table
from tutor.engine.worked import Mistake
from tutor.text.message import Message, msg


@dataclass(frozen=True, slots=True)
class TransformerSolution(AddendsSolution[TransformerModel]):
    """How the count of a Transformer comes about."""

    def weights(self) -> Iterator[Weight]:
        """Return every weight tensor; those of repeated layers once."""
        return _tensors(self.counted)

    def shares(self) -> Iterator[Message]:
        """Return a line on each part."""
        return _shares(self.counted)

    def mistakes(self) -> Iterator[Mistake]:
        """Return what people count wrongly."""
        return transformer_mistakes(self.counted)


def _tensors(model: TransformerModel) -> Iterator[Weight]:
    d = model.width
    if model.source:
        yield from table("src_embedding", model.source_words, d)
        if model.tie != "all":
            yield from table("tgt_embedding", model.target_words, d)
    if model.learned:
        yield from table("src_positions", model.places, d)
        yield from table("tgt_positions", model.places, d)
    for owner, attentions, times in (
        ("encoder", 1, model.encoder_times),
        ("decoder", 2, model.decoder_times),
    ):
        layer = model.layer(attentions=attentions)
        yield from owned(f"{owner}.layers.*.", pytorch_layer(layer), times)
        yield from norm(f"{owner}.norm", d, bias=model.bias)
    if model.source and model.tie == "none":
        yield from table("generator", model.target_words, d)


def _shares(model: TransformerModel) -> Iterator[Message]:
    parts = model.addends
    if model.source:
        yield from _tables(model)
    if model.learned:
        yield msg(
            "Learned positions are two tables, for source and target:"
            r" $\val{formula} = \val{sum} = \val{count:,}$.",
            **parts.only("positions").words,
        )
    elif model.source:
        yield msg("Sinusoidal positions are computed: no parameters.")
    encoder, decoder = model.layer(attentions=1), model.layer(attentions=2)
    yield msg(
        "An encoder layer has one attention, a feed-forward network and two layer norms:"
        r" $\val{formula} = \val{sum} = \val{count:,}$.",
        **encoder.addends.words,
    )
    yield layers_line(model.encoder_layers, encoder.total)
    yield msg(
        "A decoder layer has two attentions, a feed-forward network and three layer norms:"
        r" $\val{formula} = \val{sum} = \val{count:,}$.",
        **decoder.addends.words,
    )
    yield layers_line(model.decoder_layers, decoder.total)
    yield msg(
        "Encoder and decoder each end in a layer norm of their own:"
        r" $\val{formula} = \val{sum} = \val{count:,}$.",
        **parts.only("norms").words,
    )


def _tables(model: TransformerModel) -> Iterator[Message]:
    words = model.addends.only("tables").words
    match model.tie:
        case "none":
            yield msg(
                "The embeddings of source and target and the output layer are a table each:"
                r" $\val{formula} = \val{sum} = \val{count:,}$.",
                **words,
            )
        case "output":
            yield msg(
                "The output layer is the target's embedding again, so there are two tables:"
                r" $\val{formula} = \val{sum} = \val{count:,}$.",
                **words,
            )
        case "all":
            yield msg(
                "Both embeddings and the output layer share one table:"
                r" $\val{formula} = \val{sum} = \val{count:,}$.",
                **words,
            )
