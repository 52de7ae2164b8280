"""`tutor compute`: any function of the engine."""

from __future__ import annotations

import gettext
import json
from typing import TYPE_CHECKING

import click

from tutor.cli.commands import N_, Command, Option
from tutor.text.message import msg

if TYPE_CHECKING:
    from tutor.engine import Description


@click.command(
    cls=Command,
    add_help_option=False,
    help=N_(
        "Run a function of the engine with arguments in JSON, and print the answer as JSON: the "
        "total, its terms, the solution and the mistakes that people make.\n\n"
        'tutor compute lstm_params --json \'{"input_size": 10, "hidden_size": 24}\'\n\n'
        "Without a name all functions are listed, with a name alone its arguments."
    ),
)
@click.argument("name", required=False)
@click.option(
    "--json",
    "given",
    cls=Option,
    metavar="JSON",
    help=N_("The arguments; `-` reads them from standard input, @FILE from a file."),
)
@click.option(
    "--text", "as_text", cls=Option, is_flag=True, help=N_("Print lines to read instead of JSON.")
)
@click.option(
    "-h", "--help", "wants_help", cls=Option, is_flag=True, help=N_("Show this message and exit.")
)
def compute(name: str | None, given: str | None, *, as_text: bool, wants_help: bool) -> None:
    """Run a function, or tell what there is."""
    if name is None:
        if wants_help or given is not None:
            click.echo(click.get_current_context().get_help())
        if given is not None:
            raise click.UsageError(_missing())
        _print_functions(after_help=wants_help)
        return
    if wants_help or given is None:
        _print_arguments(name)
        return
    _run(name, given, as_text=as_text)


def _missing() -> str:
    import gettext

    return gettext.gettext(N_("`--json` needs the name of a function before it."))


def _run(name: str, given: str, *, as_text: bool) -> None:
    from tutor.cli.context import voice
    from tutor.cli.json_input import read_arguments
    from tutor.cli.worked import worked_data, worked_lines
    from tutor.engine import arguments
    from tutor.engine import compute as run_engine

    arguments(name)  # an unknown name is said before the JSON is read
    args = read_arguments(given)
    worked, speaker = run_engine(name, args), voice()
    if as_text:
        for line in worked_lines(worked, speaker):
            click.echo(line)
        return
    standing = arguments(name).model_validate(args).model_dump(mode="json")
    data = worked_data(worked, standing, speaker)
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))


def _print_functions(*, after_help: bool) -> None:
    from tutor.cli.context import voice
    from tutor.cli.engine_words import families
    from tutor.cli.output import write

    speaker = voice()
    for at, (family, functions) in enumerate(families()):
        if at or after_help:
            click.echo()
        click.echo(family)
        for function in functions:
            write(
                msg("`{name}`  {about}", name=function.name, about=_summary(function)),
                speaker,
                indent="  ",
            )


def _print_arguments(name: str) -> None:
    from tutor.cli.context import voice
    from tutor.cli.engine_words import arguments_of
    from tutor.cli.output import write
    from tutor.engine import describe

    function, speaker = describe(name), voice()
    write(msg("`{name}`: {about}", name=name, about=_summary(function)), speaker)
    click.echo()
    for one in arguments_of(function.model):
        if one.default is None:
            words = msg("`{name}`: {kind}", name=one.name, kind=one.kind)
        else:
            words = msg(
                "`{name}`: {kind}; {default} if left out",
                name=one.name,
                kind=one.kind,
                default=one.default,
            )
        write(words, speaker, indent="  ")
    if function.source:
        click.echo()
        write(msg("Source: {source}", source=escaped(function.source)), speaker)


def _summary(function: Description) -> str:
    return escaped(gettext.gettext(function.summary))  # as click's helps are translated


def escaped(docstring: str) -> str:
    """Return a docstring's text as a value of a message: code without its backquotes."""
    return docstring.replace("`", "")
