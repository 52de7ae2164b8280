"""`tutor params`."""

from __future__ import annotations

import gettext

import click

from tutor.cli.commands import N_, LazyGroup

_MODULE = "tutor.cli.params_layers"
_LAYERS = {  # whatever the engine counts
    "rnn": (f"{_MODULE}:rnn", N_("A simple recurrent network: one block of weights.")),
    "lstm": (f"{_MODULE}:lstm", N_("An LSTM: three gates and a candidate, four blocks.")),
    "gru": (f"{_MODULE}:gru", N_("A GRU: two gates and a candidate, three blocks.")),
    "dense": (f"{_MODULE}:dense", N_("Fully connected layers, one after the other.")),
    "conv": (f"{_MODULE}:conv", N_("A convolution, in one to three dimensions.")),
    "embedding": (f"{_MODULE}:embedding", N_("An embedding, with learned positions or without.")),
    "layer-norm": (f"{_MODULE}:layer_norm", N_("A layer norm: a scale and a shift.")),
    "batch-norm": (f"{_MODULE}:batch_norm", N_("A batch norm, with its statistics or without.")),
    "additive-attention": (
        f"{_MODULE}:additive_attention",
        N_("The score of additive attention: two projections and a vector."),
    ),
    "lenet5": (f"{_MODULE}:lenet5", N_("LeNet-5 as it was published in 1998.")),
    "image-classifier": (
        f"{_MODULE}:image_classifier",
        N_("A small CNN or MLP for images: convolutions, a head, dense layers."),
    ),
    "model": ("tutor.cli.params_model:model", N_("A model of several layers, in one line.")),
}


class LayerGroup(LazyGroup):
    """The layers that can be counted."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the layer, or say which there are."""
        if args[0] not in _LAYERS and not args[0].startswith("-"):
            message = gettext.gettext(N_("There is no layer “{name}”; there are: {names}."))
            raise click.UsageError(message.format(name=args[0][:40], names=", ".join(_LAYERS)), ctx)
        return super().resolve_command(ctx, args)


params = LayerGroup(
    name="params",
    lazy=_LAYERS,
    no_args_is_help=True,
    help=N_(
        "Count the parameters of a layer: every weight tensor, the sum in symbols and in "
        "numbers, and what other frameworks would count.\n\n"
        "`tutor params lstm --help` shows the options of a layer."
    ),
)
