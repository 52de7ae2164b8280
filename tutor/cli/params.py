"""`tutor params`."""

from __future__ import annotations

import gettext

import click

from tutor.cli.commands import N_, LazyGroup

_LAYERS = {  # whatever the engine counts, as `lstm_params` and so on
    "rnn": N_("A simple recurrent network: one block of weights."),
    "lstm": N_("An LSTM: three gates and a candidate, four blocks."),
    "gru": N_("A GRU: two gates and a candidate, three blocks."),
    "dense": N_("Fully connected layers, one after the other."),
    "conv": N_("A convolution, in one to three dimensions."),
    "embedding": N_("An embedding, with learned positions or without."),
    "layer-norm": N_("A layer norm: a scale and a shift."),
    "batch-norm": N_("A batch norm, with its statistics or without."),
    "attention": N_("Multi-head attention."),
    "additive-attention": N_("The score of additive attention: two projections and a vector."),
    "encoder-layer": N_("A Transformer's encoder layer: attention and a feed-forward network."),
    "decoder-layer": N_("A Transformer's decoder layer: two attentions, a feed-forward network."),
    "transformer": N_("A whole Transformer: encoder, decoder and, if asked for, embeddings."),
    "gpt": N_("A language model like GPT-2; GPT-2 small by default."),
    "bert": N_("An encoder like BERT; BERT-base by default."),
    "lenet5": N_("LeNet-5 as it was published in 1998."),
    "image-classifier": N_("A small CNN or MLP for images: convolutions, a head, dense layers."),
}
_MODEL = ("tutor.cli.params_model:model", N_("A model of several layers, in one line."))
_COMMANDS = {**{layer: ("", words) for layer, words in _LAYERS.items()}, "model": _MODEL}


class LayerGroup(LazyGroup):
    """The layers that can be counted."""

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Make a layer's command, or import that of a model."""
        if name not in _LAYERS:
            return super().get_command(ctx, name)
        from tutor.cli.params_layers import command

        return command(name, _LAYERS[name])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the layer, or say which there are."""
        if args[0] not in _COMMANDS and not args[0].startswith("-"):
            message = gettext.gettext(N_("There is no layer “{name}”; there are: {names}."))
            raise click.UsageError(
                message.format(name=args[0][:40], names=", ".join(_COMMANDS)), ctx
            )
        return super().resolve_command(ctx, args)


params = LayerGroup(
    name="params",
    lazy=_COMMANDS,
    no_args_is_help=True,
    help=N_(
        "Count the parameters of a layer: every weight tensor, the sum in symbols and in "
        "numbers, and what other frameworks would count.\n\n"
        "`tutor params lstm --help` shows the options of a layer."
    ),
)
