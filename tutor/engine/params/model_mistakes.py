"""What people count wrongly in models of every kind that are built of layers."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.params.addends import Addends
from tutor.engine.params.layer_slips import layer_slips
from tutor.engine.params.mistake import counted_as
from tutor.engine.params.polynomial import Polynomial
from tutor.engine.params.transformer_layer import TransformerLayer
from tutor.engine.worked import Mistake
from tutor.text.message import Message, msg


def counted_in_parts(name: str, addends: Addends, template: Message) -> Mistake:
    """Return the mistake of counting these parts, its sum written with a number for each."""
    return counted_as(name, addends.evaluated(), template)


def layers_shared(addends: Addends) -> Mistake:
    """Return the mistake of counting one layer where there are several."""
    return counted_in_parts(
        "layers-shared",
        addends,
        msg(
            r"{value:,} counts the parameters of one layer for all: $\val{sum}$."
            " The layers are built alike, but each has parameters of its own."
        ),
    )


def stack_slips(addends: Addends, times: Polynomial, layer: TransformerLayer) -> Iterator[Mistake]:
    """Yield what goes wrong in every layer of a model whose part `layers` repeats one."""
    for slip in layer_slips(layer):
        wrong = addends.changed(layers=(times, slip.counts(layer).polynomial))
        yield counted_in_parts(slip.id, wrong, slip.message)


def embeddings_forgotten(addends: Addends) -> Mistake:
    """Return the mistake of counting a model without its tables of embeddings."""
    return counted_in_parts(
        "embeddings-forgotten",
        addends,
        msg(
            r"{value:,} leaves the embeddings out: $\val{sum}$."
            " Their tables are learned too."
        ),
    )


def positions_forgotten(addends: Addends) -> Mistake:
    """Return the mistake of leaving learned positions out."""
    return counted_in_parts(
        "positions-forgotten",
        addends,
        msg(
            r"{value:,} leaves the positions out: $\val{sum}$."
            " Learned positions are parameters, a row for each."
        ),
    )


def matrices_only(addends: Addends, times: Polynomial, layer: TransformerLayer) -> Mistake:
    """Return the mistake of reporting the layers' matrices as the total: 12Ld² where f = 4d."""
    d, f = layer.width, layer.inner
    return counted_as(
        "layer-matrices-only",
        addends.only("layers").changed(layers=(times, 4 * d * d + 2 * d * f)),
        msg(
            r"{value:,} counts the matrices of the layers alone: $\val{sum}$."
            " Embeddings, positions, biases and layer norms are parameters too."
        ),
    )


def untied(addends: Addends) -> Mistake:
    """Return the mistake of counting a tied output layer's table again."""
    return counted_in_parts(
        "untied",
        addends,
        msg(
            r"{value:,} gives the output layer a table of its own: $\val{sum}$."
            " Tied to the embeddings it shares theirs, which is counted once."
        ),
    )


def output_tied(addends: Addends) -> Mistake:
    """Return the mistake of tying an output layer that has weights of its own."""
    return counted_in_parts(
        "output-tied",
        addends,
        msg(
            r"{value:,} lets the output layer share the embeddings: $\val{sum}$."
            " Here it has weights of its own."
        ),
    )
