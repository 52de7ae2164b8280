"""The layers of `tutor params`; their options are the arguments of the engine's functions."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import click

from tutor.cli.commands import N_, Command, Option
from tutor.cli.context import voice
from tutor.cli.engine_options import options_of
from tutor.cli.parameters_text import frame_lines, guess_data, guess_lines
from tutor.cli.worked import worked_data
from tutor.engine import arguments
from tutor.errors import ExitCode, TutorError
from tutor.labs.parameters import (
    Guess,
    Malformed,
    ParametersFrame,
    diagnose,
    function_of,
    parameters_frame,
)


def command(layer: str, help_text: str) -> click.Command:
    """Return the command that counts a layer.

    Args:
        layer: its name, such as `layer-norm` for the engine's `layer_norm_params`.
        help_text: a sentence on it.
    """

    def count(*, guess: str | None, as_json: bool, **given: Any) -> None:
        set_arguments = {name: value for name, value in given.items() if value is not None}
        frame = parameters_frame(layer, set_arguments)
        judged = None if guess is None else _judge(frame, guess)
        speaker = voice()
        if as_json:
            model = arguments(frame.worked.name).model_validate(set_arguments)
            data = worked_data(frame.worked, model.model_dump(mode="json"), speaker)
            if judged is not None:
                data["guess"] = guess_data(judged, speaker)
            click.echo(json.dumps(data, ensure_ascii=False, indent=2))
            return
        for line in frame_lines(frame, speaker):
            click.echo(line)
        if judged is not None:
            click.echo()
            for line in guess_lines(judged, speaker):
                click.echo(line)

    callback: Callable[..., None] = count
    return Command(
        name=layer,
        callback=callback,
        help=help_text,
        params=[
            *options_of(arguments(function_of(layer))),
            Option(
                ["--guess"],
                metavar="N",
                help=N_("Your own count: it is compared, and a known mistake is named."),
            ),
            Option(["--json", "as_json"], is_flag=True, help=N_("Print JSON.")),
        ],
    )


def _judge(frame: ParametersFrame, text: str) -> Guess:
    judged = diagnose(frame, text)
    if isinstance(judged, Malformed):
        raise TutorError(judged.message, exit_code=ExitCode.USAGE)
    return judged
