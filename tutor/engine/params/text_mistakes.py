"""What people count wrongly in models that read text."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.params.layer_slips import layer_slips
from tutor.engine.params.mistake import counted_as
from tutor.engine.params.model_mistakes import (
    counted_in_parts,
    embeddings_forgotten,
    layers_shared,
    positions_forgotten,
)
from tutor.engine.params.text_model import TextModel
from tutor.engine.worked import Mistake
from tutor.text.message import msg


def output_slip(model: TextModel) -> Mistake:
    """Return the mistake about the output layer: a table of its own if it is tied, or none."""
    if model.tied:
        return counted_in_parts(
            "untied",
            model.addends.changed(output=(1, model.words * model.layer.width)),
            msg(
                r"{value:,} gives the output layer a table of its own: $\val{sum}$."
                " Tied to the embeddings it shares theirs, which is counted once."
            ),
        )
    return counted_in_parts(
        "output-tied",
        model.addends.without("output"),
        msg(
            r"{value:,} lets the output layer share the embeddings: $\val{sum}$."
            " Here it has weights of its own."
        ),
    )


def parts_left_out(model: TextModel, *tables: str) -> Iterator[Mistake]:
    """Yield what is left out in a model of any kind: tables, or all but one of the layers.

    Args:
        model: what is counted.
        tables: its parts that are embeddings.
    """
    parts, layer = model.addends, model.layer
    d, f = layer.width, layer.inner
    yield counted_as(  # 12Ld² where f = 4d
        "layer-matrices-only",
        parts.only("layers").changed(layers=(model.times, 4 * d * d + 2 * d * f)),
        msg(
            r"{value:,} counts the matrices of the layers alone: $\val{sum}$."
            " Embeddings, positions, biases and layer norms are parameters too."
        ),
    )
    yield positions_forgotten(parts.without("positions"))
    yield embeddings_forgotten(parts.without(*tables))
    if model.layers > 1:
        yield layers_shared(parts.changed(layers=(1, layer.addends.polynomial)))


def slips_in_layers(model: TextModel) -> Iterator[Mistake]:
    """Yield what goes wrong in every layer."""
    for slip in layer_slips(model.layer):
        wrong = model.built_of(slip.counts(model.layer))
        yield counted_in_parts(slip.id, wrong, slip.message)
