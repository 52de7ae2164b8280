"""Parameters of a Transformer's encoder layer."""

from __future__ import annotations

from tutor.engine.params.transformer_layer import TransformerLayerParams
from tutor.engine.params.transformer_layer_worked import layer_worked
from tutor.engine.registry import register
from tutor.engine.worked import Worked


class EncoderLayerParams(TransformerLayerParams):
    """Arguments of `encoder_layer_params`."""


@register("encoder_layer_params", EncoderLayerParams)
def encoder_layer_params(args: EncoderLayerParams) -> Worked:
    """Count the parameters of an encoder layer: 4d² + 2df + 9d + f.

    Source: Vaswani et al. 2017, section 3; `torch.nn.TransformerEncoderLayer`.

    Raises:
        EngineError: heads that do not divide the width.
    """
    return layer_worked("encoder_layer_params", args, attentions=1)
