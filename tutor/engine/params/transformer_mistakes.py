"""What people count wrongly in a whole Transformer."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.params.layer_slips import layer_slips
from tutor.engine.params.model_mistakes import (
    counted_in_parts,
    embeddings_forgotten,
    layers_shared,
    positions_forgotten,
)
from tutor.engine.params.transformer_model import TransformerModel
from tutor.engine.worked import Mistake
from tutor.text.message import msg


def transformer_mistakes(model: TransformerModel) -> Iterator[Mistake]:
    """Yield the misconceptions, the likeliest first."""
    encoder = model.layer(attentions=1).addends.polynomial
    decoder = model.layer(attentions=2).addends.polynomial
    if model.source:
        yield from _tables(model)
    yield from _positions(model)
    if model.encoder_layers > 1 or model.decoder_layers > 1:
        yield layers_shared(model.addends.changed(encoder=(1, encoder), decoder=(1, decoder)))
    yield counted_in_parts(
        "decoder-as-encoder",
        model.addends.changed(decoder=(model.decoder_times, encoder)),
        msg(
            r"{value:,} counts decoder layers like encoder layers: $\val{sum}$."
            " A decoder layer also attends to the encoder, with a layer norm for that too."
        ),
    )
    norm = model.layer(attentions=1).norm
    yield counted_in_parts(
        "final-norms-forgotten",
        model.addends.without("norms"),
        msg(
            r"{value:,} leaves the two final layer norms out: $\val{sum}$."
            " `nn.Transformer` ends its encoder and its decoder with one each."
        ),
    )
    yield counted_in_parts(
        "encoder-only",
        model.addends.without("decoder").changed(norms=(1, norm)),
        msg(
            r"{value:,} leaves the decoder out: $\val{sum}$."
            " It has layers and a final layer norm of its own."
        ),
    )
    for slip in layer_slips(model.layer(attentions=1)):
        yield counted_in_parts(
            slip.id,
            model.addends.changed(
                encoder=(model.encoder_times, slip.counts(model.layer(attentions=1)).polynomial),
                decoder=(model.decoder_times, slip.counts(model.layer(attentions=2)).polynomial),
            ),
            slip.message,
        )


def _tables(model: TransformerModel) -> Iterator[Mistake]:
    parts = model.addends
    if model.tie == "none":
        yield counted_in_parts(
            "output-tied",
            parts.changed(tables=(1, model.tables("output"))),
            msg(
                r"{value:,} lets the output layer share the target's embedding: $\val{sum}$."
                " Here it has weights of its own."
            ),
        )
    else:
        yield counted_in_parts(
            "untied",
            parts.changed(tables=(1, model.tables("none"))),
            msg(
                r"{value:,} gives both embeddings and the output layer a table each: $\val{sum}$."
                " Tied ones share their weights, which are counted once."
            ),
        )
    if model.tie != "all" and model.source == model.target:
        yield counted_in_parts(
            "all-tied",
            parts.changed(tables=(1, model.tables("all"))),
            msg(
                r"{value:,} counts one table for both embeddings and the output: $\val{sum}$."
                " Here they do not all share it."
            ),
        )
    yield embeddings_forgotten(parts.without("tables"))


def _positions(model: TransformerModel) -> Iterator[Mistake]:
    table = model.places * model.width
    if model.learned:
        yield positions_forgotten(model.addends.without("positions"))
        yield counted_in_parts(
            "positions-once",
            model.addends.changed(positions=(1, table)),
            msg(
                r"{value:,} has one table of positions: $\val{sum}$."
                " Source and target have one each."
            ),
        )
    elif model.max_len:
        yield counted_in_parts(
            "sinusoid-counted",
            model.addends.changed(positions=(1, table)),
            msg(
                r"{value:,} counts a table of positions: $\val{sum}$."
                " Sinusoidal positions are computed: no parameters."
            ),
        )
