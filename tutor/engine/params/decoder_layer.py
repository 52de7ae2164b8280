"""Parameters of a Transformer's decoder layer."""

from __future__ import annotations

from tutor.engine.params.transformer_layer import TransformerLayerParams
from tutor.engine.params.transformer_layer_worked import layer_worked
from tutor.engine.registry import register
from tutor.engine.worked import Worked


class DecoderLayerParams(TransformerLayerParams):
    """Arguments of `decoder_layer_params`."""


@register("decoder_layer_params", DecoderLayerParams)
def decoder_layer_params(args: DecoderLayerParams) -> Worked:
    """Count the parameters of a decoder layer: 8d² + 2df + 15d + f.

    Beside the encoder layer's parts it attends to the encoder's output, which takes another
    attention and a layer norm: 4d² + 6d.

    Source: Vaswani et al. 2017, section 3; `torch.nn.TransformerDecoderLayer`.

    Raises:
        EngineError: heads that do not divide the width.
    """
    return layer_worked("decoder_layer_params", args, attentions=2)
