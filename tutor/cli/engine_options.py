"""The arguments of an engine function as the options of a command."""

from __future__ import annotations

import types
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Literal, Union, get_args, get_origin

import click
from pydantic.fields import FieldInfo

from tutor.cli.commands import N_, Option
from tutor.engine.arguments import Arguments
from tutor.errors import ExitCode, TutorError
from tutor.grading.numbers import NumberProblem, parse_number
from tutor.text.message import msg

HELP = {
    "input_size": N_("Values that the layer reads at each step."),
    "hidden_size": N_("Values of its hidden state."),
    "num_layers": N_("Layers, one on the other."),
    "bidirectional": N_("Read the sequence in both directions."),
    "bias": N_("Whether there are biases."),
    "convention": N_("Whose conventions to follow."),
    "seq_len": N_("Steps of a sequence; the count does not depend on it, mistakes do."),
    "batch_size": N_("Examples in a batch; the count does not depend on it, mistakes do."),
    "proj_size": N_("Values that the LSTM's state is projected to; 0 for none."),
    "peepholes": N_("Whether the gates also look at the cell state."),
    "reset_after": N_("Whether the reset gate acts after the recurrent product."),
    "in_channels": N_("Channels that are read."),
    "out_channels": N_("Filters, each giving one channel."),
    "kernel_size": N_("Side of the window, or one for each axis: 3x5."),
    "dimensions": N_("Axes that the window moves along, 1 to 3."),
    "groups": N_("Groups that the channels are split into."),
    "image_size": N_("Side of the image, or one for each axis: 32x24."),
    "stride": N_("How far the window moves at each step; only the map's size depends on it."),
    "padding": N_("Padding around a map; only its size depends on it."),
    "dilation": N_("Spread of the window; only the map's size depends on it."),
    "num_embeddings": N_("Entries of the vocabulary."),
    "embedding_dim": N_("Values of an entry's vector."),
    "max_len": N_("Positions with a learned vector; left out, there are none."),
    "normalized_shape": N_("Features that are normalised together, or one size for each axis."),
    "elementwise_affine": N_("Whether there is a scale, and with biases a shift."),
    "num_features": N_("Channels, each normalised by itself."),
    "affine": N_("Whether there are a scale and a shift."),
    "query_size": N_("Values of a query."),
    "key_size": N_("Values of a key."),
    "num_hiddens": N_("Values between the projections and the score."),
    "num_classes": N_("Classes to tell apart."),
    "conv_channels": N_("Channels after each convolution: 32x64, or none."),
    "pool_size": N_("Side of the pooling windows after each convolution."),
    "head": N_("What makes a vector of the last map."),
    "hidden_sizes": N_("Sizes of the dense layers before the classes: 256x128, or none."),
    "embed_dim": N_("Size of the vectors that queries are made of; the heads share it."),
    "num_heads": N_("Attention heads."),
    "kdim": N_("Values of a vector that keys are made of; the embedding's size if left out."),
    "vdim": N_("Values of a vector that values are made of; the embedding's size if left out."),
    "key_dim": N_("Size of each head's queries and keys (Keras, textbook)."),
    "value_dim": N_("Size of each head's values (Keras, textbook); that of its keys if left out."),
    "output_shape": N_("Size of the output (Keras); the embedding's size if left out."),
    "qkv_features": N_("Size that all heads share (Flax); the embedding's size if left out."),
    "out_features": N_("Size of the output (Flax); the embedding's size if left out."),
    "d_model": N_("Size of the vectors between layers."),
    "nhead": N_("Attention heads; they share the size of the vectors."),
    "dim_feedforward": N_("Inner size of the feed-forward network."),
    "num_encoder_layers": N_("Encoder layers."),
    "num_decoder_layers": N_("Decoder layers."),
    "src_vocab_size": N_("Words of the source's vocabulary; without it there are no embeddings."),
    "tgt_vocab_size": N_("Words of the target's vocabulary."),
    "tie": N_("Which tables share weights: none, the output with the target's embedding, or all."),
    "positions": N_("Whether positions are computed or learned."),
    "vocab_size": N_("Word pieces of the vocabulary."),
    "n_positions": N_("The longest text it reads, in word pieces."),
    "n_embd": N_("Size of the vectors between layers."),
    "n_layer": N_("Layers."),
    "n_head": N_("Attention heads; they share the size of the vectors."),
    "n_inner": N_("Inner size of the feed-forward network; four times `n_embd` if left out."),
    "tie_word_embeddings": N_("Whether the output layer shares the embeddings."),
    "num_hidden_layers": N_("Layers."),
    "num_attention_heads": N_("Attention heads; they share the hidden size."),
    "intermediate_size": N_("Inner size of the feed-forward network."),
    "max_position_embeddings": N_("The longest text it reads, in word pieces."),
    "type_vocab_size": N_("Kinds of tokens, such as first and second sentence."),
    "add_pooling_layer": N_("Whether there is a pooler; by default, if there is no `mlm_head`."),
    "mlm_head": N_("Whether there is the head that guesses masked words."),
}
_IN_A_ROW = "layer_sizes"  # a list that is written without an option's name


class NumberType(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.3 on
    """A number as learners type it: `1,024`, `1_024`, `2^10`. The engine checks its range."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ARG002 - click's signature
        """Return the number."""
        if not isinstance(value, str):
            return value
        number = parse_number(value)
        if isinstance(number, NumberProblem):
            option = param.opts[0] if param is not None else ""
            raise TutorError(
                msg("{option}: {problem}", option=option, problem=number.message),
                exit_code=ExitCode.USAGE,
            )
        return float(number) if isinstance(number, Fraction) else number


class SizesType(NumberType):
    """One number, or one for each axis with `x` between them; `none` is an empty list."""

    name = "sizes"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the numbers as a tuple."""
        if not isinstance(value, str):
            return value
        if value.strip().lower() == "none":
            return ()
        parts = value.lower().replace("×", "x").split("x")
        return tuple(super(SizesType, self).convert(part, param, ctx) for part in parts)


def options_of(model: type[Arguments]) -> Iterator[click.Parameter]:
    """Give an option for each argument, and plain arguments for a list of sizes."""
    for name, field in model.model_fields.items():
        yield _option(name, field)


def _option(name: str, field: FieldInfo) -> click.Parameter:
    kind = _without_none(field.annotation)
    if name == _IN_A_ROW:
        return click.Argument([name], nargs=-1, required=True, type=NumberType(), metavar="SIZE...")
    written = "--" + name.replace("_", "-")
    shared: dict[str, Any] = {"help": HELP[name], "show_default": field.default is not None}
    if kind is bool:
        flags = f"{written}/--no-{written[2:]}"
        return Option([flags, name], default=field.default, **shared)
    if get_origin(kind) is Literal:
        return Option(
            [written, name], type=click.Choice(get_args(kind)), default=field.default, **shared
        )
    if get_origin(kind) is tuple:
        # without a value the engine's own default stands
        default = "x".join(map(str, field.default)) if isinstance(field.default, tuple) else False
        shared["show_default"] = default
        return Option(
            [written, name],
            type=SizesType(),
            required=field.is_required(),
            metavar="N[xN]",
            **shared,
        )
    if kind is not int:
        raise TypeError(f"the argument {name} has a type without an option: {kind}")
    if field.is_required():
        shared["show_default"] = False
        return Option([written, name], type=NumberType(), required=True, metavar="N", **shared)
    return Option([written, name], type=NumberType(), default=field.default, metavar="N", **shared)


def _without_none(annotation: Any) -> Any:
    """Return the type that is not None, of an optional argument; without its constraints."""
    if get_origin(annotation) in {Union, types.UnionType}:
        (annotation,) = (kind for kind in get_args(annotation) if kind is not type(None))
    while hasattr(annotation, "__metadata__"):
        annotation = get_args(annotation)[0]
    return annotation
