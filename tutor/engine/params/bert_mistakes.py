"""What people count wrongly in an encoder like BERT."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tutor.engine.params.bert_model import BertModel
from tutor.engine.params.model_mistakes import counted_in_parts
from tutor.engine.params.text_mistakes import output_slip, parts_left_out, slips_in_layers
from tutor.engine.worked import Mistake
from tutor.text.message import msg


def bert_mistakes(model: BertModel) -> Iterator[Mistake]:
    """Yield the misconceptions, the likeliest first."""
    yield from _around(model)
    yield from parts_left_out(model, "words", "positions", "types")
    if model.types != 2:  # as many as the gains and shifts of the norm
        yield counted_in_parts(
            "embedding-norm-forgotten",
            model.addends.without("norm"),
            msg(
                r"{value:,} leaves the layer norm on the embeddings out: $\val{sum}$."
                " It comes before the layers and belongs to none of them."
            ),
        )
    yield counted_in_parts(
        "cross-attention-counted",
        model.built_of(replace(model.layer, attentions=2).addends),
        msg(
            r"{value:,} counts decoder layers: $\val{sum}$."
            " BERT is an encoder: one attention and two layer norms a layer."
        ),
    )
    yield from slips_in_layers(model)


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
    if model.head:
        yield output_slip(model)
        yield counted_in_parts(
            "head-forgotten",
            parts.without("head", "output"),
            msg(
                r"{value:,} leaves the head for masked words out: $\val{sum}$."
                " It has a linear layer, a layer norm and biases."
            ),
        )
    else:
        yield counted_in_parts(
            "output-counted",
            parts.changed(output=(1, words * d)),
            msg(
                r"{value:,} counts an output layer over the vocabulary: $\val{sum}$."
                " This model ends with vectors, not with words."
            ),
        )
