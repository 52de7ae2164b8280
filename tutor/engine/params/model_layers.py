"""The layers that a model may hold: their arguments, how each is counted, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated

from pydantic import BeforeValidator, Field

from tutor.engine.arguments import Arguments, Convention, Portion, Size, as_sizes
from tutor.engine.params.attention import AttentionParams, attention_params
from tutor.engine.params.batch_norm import BatchNormParams, batch_norm_params
from tutor.engine.params.conventions import is_by_column
from tutor.engine.params.decoder_layer import DecoderLayerParams, decoder_layer_params
from tutor.engine.params.dense import DenseParams, dense_params
from tutor.engine.params.embedding import EmbeddingParams, embedding_params
from tutor.engine.params.encoder_layer import EncoderLayerParams, encoder_layer_params
from tutor.engine.params.gru import GruParams, gru_params
from tutor.engine.params.layer_norm import LayerNormParams, layer_norm_params
from tutor.engine.params.lstm import LstmParams, lstm_params
from tutor.engine.params.model_flow import (
    Flow,
    Form,
    Place,
    check,
    from_input,
    indices,
    reads,
    trailing,
)
from tutor.engine.params.model_kind import LayerKind
from tutor.engine.params.model_line import LayerSpec, ModelError
from tutor.engine.params.model_maps import (
    ConvLayer,
    PoolLayer,
    average,
    conv1d,
    conv2d,
    count_conv1d,
    count_conv2d,
    flatten,
    pool,
)
from tutor.engine.params.recurrent import RecurrentParams
from tutor.engine.params.rnn import RnnParams, rnn_params
from tutor.engine.params.transformer_layer import TransformerLayerParams
from tutor.engine.worked import Worked
from tutor.text.message import msg


class InputLayer(Arguments):
    """The sizes of one example: features, steps and features, or an image with channels."""

    sizes: Annotated[tuple[Size, ...], Field(min_length=1, max_length=4), BeforeValidator(as_sizes)]
    convention: Convention = "pytorch"


class DenseLayer(Arguments):
    """One fully connected layer, with the argument names of `torch.nn.Linear`."""

    in_features: Size
    out_features: Size
    bias: bool = True
    convention: Convention = "pytorch"
    batch_size: Size | None = None


class NoArguments(Arguments):
    """A layer without sizes."""


class DropoutLayer(Arguments):
    """How much is dropped; it changes no count."""

    p: Portion = 0.5


def _input(args: InputLayer, flow: Flow, here: Place) -> Flow:  # noqa: ARG001 - as every flow
    return from_input(args.sizes, here, channels_last=is_by_column(args.convention))


def _recurrent(args: RecurrentParams, flow: Flow, here: Place) -> Flow:
    reads(flow, args.input_size, here)
    state = getattr(args, "proj_size", 0) or args.hidden_size
    space = flow.space if flow.form == "features" else None
    return Flow("features", (1 + args.bidirectional) * state, space, here)


def _embedding(args: EmbeddingParams, flow: Flow, here: Place) -> Flow:
    return Flow("features", args.embedding_dim, indices(flow, here), here)


def _layer_norm(args: LayerNormParams, flow: Flow, here: Place) -> Flow:
    trailing(flow, args.normalized_shape, here, channels_last=is_by_column(args.convention))
    return flow


def _batch_norm(args: BatchNormParams, flow: Flow, here: Place) -> Flow:
    check(flow, args.num_features, here)
    return flow


def _dense(args: DenseLayer, flow: Flow, here: Place) -> Flow:
    reads(flow, args.in_features, here)
    form: Form = "vector" if flow.form == "vector" else "features"
    return Flow(form, args.out_features, flow.space, here)


def _count_dense(args: DenseLayer) -> Worked:
    return dense_params(
        DenseParams(
            layer_sizes=(args.in_features, args.out_features),
            bias=args.bias,
            convention=args.convention,
            batch_size=args.batch_size,
        )
    )


def _attention(args: AttentionParams, flow: Flow, here: Place) -> Flow:
    reads(flow, args.embed_dim, here)
    out = args.output_shape or args.out_features or args.embed_dim
    return Flow("features", out, flow.space, here)


def _transformer_layer(args: TransformerLayerParams, flow: Flow, here: Place) -> Flow:
    reads(flow, args.d_model, here)
    return Flow("features", args.d_model, flow.space, here)


def _same(args: Arguments, flow: Flow, here: Place) -> Flow:  # noqa: ARG001 - as every flow
    return flow


_RECURRENT = ("input_size", "hidden_size", "num_layers")
_CONV = ("in_channels", "out_channels", "kernel_size", "stride", "padding")
_LAYER = ("d_model", "nhead", "dim_feedforward")
_KINDS = (
    LayerKind("input", InputLayer, ("sizes",), _input, variadic=True),
    LayerKind(
        "embedding",
        EmbeddingParams,
        ("num_embeddings", "embedding_dim"),
        _embedding,
        embedding_params,
        "embedding",
    ),
    LayerKind("rnn", RnnParams, _RECURRENT, _recurrent, rnn_params, "simple_rnn"),
    LayerKind("lstm", LstmParams, _RECURRENT, _recurrent, lstm_params, "lstm"),
    LayerKind("gru", GruParams, _RECURRENT, _recurrent, gru_params, "gru"),
    LayerKind(
        "dense", DenseLayer, ("in_features", "out_features", "bias"), _dense, _count_dense, "dense"
    ),
    LayerKind(
        "attention",
        AttentionParams,
        ("embed_dim", "num_heads"),
        _attention,
        attention_params,
        "multi_head_attention",
    ),
    LayerKind(
        "encoder_layer", EncoderLayerParams, _LAYER, _transformer_layer, encoder_layer_params
    ),
    LayerKind(
        "decoder_layer", DecoderLayerParams, _LAYER, _transformer_layer, decoder_layer_params
    ),
    LayerKind(
        "layer_norm",
        LayerNormParams,
        ("normalized_shape",),
        _layer_norm,
        layer_norm_params,
        "layer_normalization",
    ),
    LayerKind(
        "batch_norm",
        BatchNormParams,
        ("num_features",),
        _batch_norm,
        batch_norm_params,
        "batch_normalization",
    ),
    LayerKind("dropout", DropoutLayer, ("p",), _same),
    LayerKind("relu", NoArguments, (), _same),
    LayerKind("tanh", NoArguments, (), _same),
    LayerKind("sigmoid", NoArguments, (), _same),
    LayerKind("gelu", NoArguments, (), _same),
    LayerKind("softmax", NoArguments, (), _same),
    LayerKind("conv1d", ConvLayer, _CONV, conv1d, count_conv1d, "conv1d"),
    LayerKind("conv2d", ConvLayer, _CONV, conv2d, count_conv2d, "conv2d"),
    LayerKind("max_pool", PoolLayer, ("kernel_size", "stride", "padding"), pool),
    LayerKind("avg_pool", PoolLayer, ("kernel_size", "stride", "padding"), pool),
    LayerKind("flatten", NoArguments, (), flatten),
    LayerKind("global_average_pooling", NoArguments, (), average),
)
KINDS: Mapping[str, LayerKind] = {kind.name: kind for kind in _KINDS}

# Other names: those of the frameworks, in lower case and without underscores
_ALIASES = {
    "linear": "dense",
    "layernormalization": "layer_norm",
    "batchnormalization": "batch_norm",
    "batchnorm1d": "batch_norm",
    "batchnorm2d": "batch_norm",
    "multiheadattention": "attention",
    "transformerencoderlayer": "encoder_layer",
    "transformerdecoderlayer": "decoder_layer",
    "simplernn": "rnn",
    "pool": "max_pool",
    "maxpool1d": "max_pool",
    "maxpool2d": "max_pool",
    "maxpooling1d": "max_pool",
    "maxpooling2d": "max_pool",
    "avgpool1d": "avg_pool",
    "avgpool2d": "avg_pool",
    "averagepooling1d": "avg_pool",
    "averagepooling2d": "avg_pool",
    "globalaveragepooling1d": "global_average_pooling",
    "globalaveragepooling2d": "global_average_pooling",
    "gap": "global_average_pooling",
}
_NAMES: Mapping[str, LayerKind] = {
    **{name.replace("_", ""): kind for name, kind in KINDS.items()},
    **{alias: KINDS[name] for alias, name in _ALIASES.items()},
}


def kind_of(spec: LayerSpec) -> LayerKind:
    """Return the kind of a layer by its name; `LSTM`, `nn.LSTM` and `lstm` are one.

    Raises:
        ModelError: an unknown name.
    """
    plain = spec.name[:80].rpartition(".")[2].lower().replace("_", "")
    if plain in _NAMES:
        return _NAMES[plain]
    close = get_close_matches(plain, _NAMES, n=1, cutoff=0.6)
    if close:
        hint = msg("Did you mean `{name}`?", name=_NAMES[close[0]].name)
    else:
        hint = msg("There are: {names}.", names=", ".join(KINDS))
    raise ModelError(
        msg("There is no layer `{name}`.", name=str(LayerSpec(spec.name[:40]))),
        hint,
        offset=spec.offset,
    )
