"""What people count wrongly in a language model like GPT-2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tutor.engine.params.gpt_model import GptModel
from tutor.engine.params.model_mistakes import counted_in_parts
from tutor.engine.params.text_mistakes import output_slip, parts_left_out, slips_in_layers
from tutor.engine.worked import Mistake
from tutor.text.message import msg


def gpt_mistakes(model: GptModel) -> Iterator[Mistake]:
    """Yield the misconceptions, the likeliest first."""
    yield output_slip(model)
    yield from parts_left_out(model, "words", "positions", "output")
    yield counted_in_parts(
        "final-norm-forgotten",
        model.addends.without("norm"),
        msg(
            r"{value:,} leaves the last layer norm out: $\val{sum}$."
            " It follows the layers and belongs to none of them."
        ),
    )
    yield counted_in_parts(
        "cross-attention-counted",
        model.built_of(replace(model.layer, attentions=2).addends),
        msg(
            r"{value:,} gives every layer an attention to an encoder: $\val{sum}$."
            " There is no encoder: one attention and two layer norms."
        ),
    )
    yield from slips_in_layers(model)
