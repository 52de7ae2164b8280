"""`tutor params model`: a model of several layers, written in one line."""

from __future__ import annotations

import json
from typing import get_args

import click

from tutor.cli.commands import N_, Command, Option
from tutor.cli.context import voice
from tutor.cli.engine_options import HELP, NumberType
from tutor.cli.output import text_width
from tutor.cli.parameters_text import convention_lines, guess_data, guess_lines
from tutor.cli.worked import value_text, worked_data, worked_lines
from tutor.engine import Worked
from tutor.engine.arguments import Convention
from tutor.engine.params.model import ModelParams, model_params
from tutor.engine.params.model_line import ModelError, parse_line
from tutor.engine.registry import validated
from tutor.errors import ExitCode, TutorError
from tutor.labs.parameters import Malformed, diagnose_count
from tutor.text.message import msg
from tutor.text.safe import scrub
from tutor.text.speaker import Speaker
from tutor.text.width import cells


@click.command(
    cls=Command,
    help=N_(
        "Count the parameters of a model, layer by layer. LINE names the layers in order, with "
        "`>` between them; values stand in their places or by name:\n\n"
        "tutor params model 'embedding(10_000, 128) > lstm(128, 256) > dense(256, 10)'\n\n"
        "Sizes are checked to fit. `input(1, 28, 28)` in front states the size of an image."
    ),
)
@click.argument("line", metavar="LINE")
@click.option(
    "--convention",
    cls=Option,
    type=click.Choice(get_args(Convention)),
    default="pytorch",
    show_default=True,
    help=HELP["convention"],
)
@click.option(
    "--tie",
    "ties",
    cls=Option,
    multiple=True,
    metavar="A=B",
    help=N_(
        "Two tensors that are one, counted once: their names, or those of their layers, as in "
        "embedding=dense; may be given several times."
    ),
)
@click.option("--seq-len", cls=Option, type=NumberType(), metavar="N", help=HELP["seq_len"])
@click.option("--batch-size", cls=Option, type=NumberType(), metavar="N", help=HELP["batch_size"])
@click.option(
    "--guess",
    cls=Option,
    metavar="N",
    help=N_("Your own count: it is compared, and a known mistake is named."),
)
@click.option("--json", "as_json", cls=Option, is_flag=True, help=N_("Print JSON."))
def model(
    line: str,
    convention: str,
    ties: tuple[str, ...],
    seq_len: int | None,
    batch_size: int | None,
    *,
    guess: str | None,
    as_json: bool,
) -> None:
    """Count a model."""
    speaker = voice()
    args, worked = _counted(
        line,
        {
            "tied": [_tie(text) for text in ties],
            "convention": convention,
            "seq_len": seq_len,
            "batch_size": batch_size,
        },
    )
    judged = None if guess is None else diagnose_count(worked, guess)
    if isinstance(judged, Malformed):
        raise TutorError(judged.message, exit_code=ExitCode.USAGE)
    if as_json:
        data = worked_data(worked, args.model_dump(mode="json"), speaker)
        if judged is not None:
            data["guess"] = guess_data(judged, speaker)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))
        return
    for text in worked_lines(worked, speaker):
        click.echo(text)
    _print_conventions(worked, convention, speaker)
    if judged is not None:
        click.echo()
        for text in guess_lines(judged, speaker):
            click.echo(text)


def _counted(line: str, others: dict[str, object]) -> tuple[ModelParams, Worked]:
    """Count the line; of one that cannot be read, show where first."""
    try:
        args = validated("model_params", ModelParams, {"layers": parse_line(line), **others})
        return args, model_params(args)
    except ModelError as error:
        if error.offset is not None:
            for text in _pointed(line, error.offset):
                click.echo(text, err=True)
        raise


def _pointed(line: str, offset: int) -> tuple[str, str]:
    """Return the part of a line round an offset, and a caret below it."""
    width = text_width() - 2
    start = max(0, offset - width // 2) if cells(scrub(line[:offset])) >= width else 0
    before = scrub(line[start:offset]).replace("\n", " ").replace("\t", " ")
    shown = before
    for char in scrub(line[offset:]).replace("\n", " ").replace("\t", " "):
        if cells(shown + char) > width:
            break
        shown += char
    return f"  {shown}", f"  {' ' * cells(before)}^"


def _tie(text: str) -> tuple[str, str]:
    first, equals, second = (part.strip() for part in text.partition("="))
    if not (first and equals and second):
        raise TutorError(
            msg("`{text}` ties nothing.", text=text[:40]),
            msg("Write `--tie A=B`, as in `--tie embedding=dense`."),
            exit_code=ExitCode.USAGE,
        )
    return first, second


def _print_conventions(worked: Worked, chosen: str, speaker: Speaker) -> None:
    if len({variant.total for variant in worked.variants}) < 2:
        return
    click.echo()
    for variant in worked.variants:
        mark = "▸" if variant.convention == chosen else " "
        total = value_text(variant.total)
        for text in convention_lines(mark, variant.label, total, variant.why, speaker):
            click.echo(text)
