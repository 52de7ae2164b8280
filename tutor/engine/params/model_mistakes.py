"""What people count wrongly in models of every kind that are built of layers."""

from __future__ import annotations

from tutor.engine.params.addends import Addends
from tutor.engine.params.mistake import counted_as
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
