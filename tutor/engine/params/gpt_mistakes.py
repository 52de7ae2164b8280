"""What people count wrongly in a language model like GPT-2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tutor.engine.params.gpt_model import GptModel
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


def gpt_mistakes(model: GptModel) -> Iterator[Mistake]:
    """Yield the misconceptions, the likeliest first."""
    parts, layer = model.addends, model.layer
    if model.tied:
        yield untied(parts.changed(output=(1, model.words * layer.width)))
    else:
        yield output_tied(parts.without("output"))
    yield matrices_only(parts, model.times, layer)
    yield positions_forgotten(parts.without("positions"))
    yield embeddings_forgotten(parts.without("words", "positions", "output"))
    if model.layers > 1:
        yield layers_shared(parts.changed(layers=(1, layer.addends.polynomial)))
    yield counted_in_parts(
        "final-norm-forgotten",
        parts.without("norm"),
        msg(
            r"{value:,} leaves the last layer norm out: $\val{sum}$."
            " It follows the layers and belongs to none of them."
        ),
    )
    yield counted_in_parts(
        "cross-attention-counted",
        parts.changed(layers=(model.times, replace(layer, attentions=2).addends.polynomial)),
        msg(
            r"{value:,} gives every layer an attention to an encoder: $\val{sum}$."
            " There is no encoder: one attention and two layer norms."
        ),
    )
    yield from stack_slips(parts, model.times, layer)
