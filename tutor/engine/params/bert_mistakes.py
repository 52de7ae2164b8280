"""What people count wrongly in an encoder like BERT."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tutor.engine.params.bert_model import BertModel
from tutor.engine.params.model_mistakes import (
    counted_in_parts,
    embeddings_forgotten,
    layers_shared,
    matrices_only,
    output_tied,
    positions_forgotten,
    stack_slips,
    untied,
)
from tutor.engine.worked import Mistake
from tutor.text.message import msg


def bert_mistakes(model: BertModel) -> Iterator[Mistake]:
    """Yield the misconceptions, the likeliest first."""
    parts, layer = model.addends, model.layer
    yield from _around(model)
    yield matrices_only(parts, model.times, layer)
    yield positions_forgotten(parts.without("positions"))
    yield embeddings_forgotten(parts.without("words", "positions", "types"))
    if model.layers > 1:
        yield layers_shared(parts.changed(layers=(1, layer.addends.polynomial)))
    if model.types != 2:  # as many as the gains and shifts of the norm
        yield counted_in_parts(
            "embedding-norm-forgotten",
            parts.without("norm"),
            msg(
                r"{value:,} leaves the layer norm on the embeddings out: $\val{sum}$."
                " It comes before the layers and belongs to none of them."
            ),
        )
    yield counted_in_parts(
        "cross-attention-counted",
        parts.changed(layers=(model.times, replace(layer, attentions=2).addends.polynomial)),
        msg(
            r"{value:,} counts decoder layers: $\val{sum}$."
            " BERT is an encoder: one attention and two layer norms a layer."
        ),
    )
    yield from stack_slips(parts, model.times, layer)


def _around(model: BertModel) -> Iterator[Mistake]:
    """Yield the misconceptions about what stands before and after the layers."""
    parts, d, words = model.addends, model.layer.width, model.words
    if model.pooler:
        yield counted_in_parts(
            "pooler-forgotten",
            parts.without("pooler"),
            msg(
                r"{value:,} leaves the pooler out: $\val{sum}$."
                " It is a linear layer on the first token, with a bias."
            ),
        )
    else:
        yield counted_in_parts(
            "pooler-counted",
            parts.changed(pooler=(1, d * d + d)),
            msg(r"{value:,} counts a pooler: $\val{sum}$. This model is built without one."),
        )
    yield counted_in_parts(
        "token-types-forgotten",
        parts.without("types"),
        msg(
            r"{value:,} leaves the token types out: $\val{sum}$."
            " Each type has a row of embeddings."
        ),
    )
    if not model.head:
        yield counted_in_parts(
            "output-counted",
            parts.changed(output=(1, words * d)),
            msg(
                r"{value:,} counts an output layer over the vocabulary: $\val{sum}$."
                " This model ends with vectors, not with words."
            ),
        )
    elif model.tied:
        yield untied(parts.changed(output=(1, words * d)))
    else:
        yield output_tied(parts.without("output"))
    if model.head:
        yield counted_in_parts(
            "head-forgotten",
            parts.without("head", "output"),
            msg(
                r"{value:,} leaves the head for masked words out: $\val{sum}$."
                " It has a linear layer, a layer norm and biases."
            ),
        )
