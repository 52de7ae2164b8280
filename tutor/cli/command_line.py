"""The command line: its options and commands, by click."""

from __future__ import annotations

import os
from io import StringIO

import click

from tutor import __version__
from tutor.cli.commands import N_, LazyGroup, Option
from tutor.cli.signs import ASCII
from tutor.text.safe import scrub

_COMMANDS = {
    "study": ("tutor.cli.study:study", N_("Study what is due, on the screen or as plain text.")),
    "read": ("tutor.cli.read:read", N_("Read the lecture pages.")),
    "lab": ("tutor.cli.lab:lab", N_("Open a lab, or print what it shows.")),
    "params": ("tutor.cli.params:params", N_("Count the parameters of a layer.")),
    "compute": ("tutor.cli.compute:compute", N_("Run a function of the engine.")),
    "serve": ("tutor.cli.serve:serve", N_("Run a server for peer sessions.")),
    "host": ("tutor.cli.host:host", N_("Open a room: a team quizzes itself.")),
    "join": ("tutor.cli.join:join", N_("Join a room by its code or address.")),
    "report": ("tutor.cli.report:report", N_("Print the notes of a room held on this machine.")),
    "stats": ("tutor.cli.stats:stats", N_("Show reviews, accuracy and what is due.")),
    "new": ("tutor.cli.new:new", N_("Write a question file to begin with.")),
    "watch": ("tutor.cli.watch:watch", N_("Check question files whenever they are saved.")),
    "preview": ("tutor.cli.preview:preview", N_("Show one card as learners see it.")),
    "grade": ("tutor.cli.grade:grade", N_("Grade one answer to a card.")),
    "check": ("tutor.cli.check:check", N_("Check question files and prove every question.")),
    "schema": ("tutor.cli.check:schema", N_("Print the JSON schema of question files.")),
}


@click.group(
    cls=LazyGroup,
    lazy=_COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=N_("A terminal tutor for sequence models. Without a command it opens Home."),
)
@click.option(
    "--lang",
    cls=Option,
    type=click.Choice(["en", "ko"]),
    help=N_("The language; otherwise that of the locale."),
)
@click.option(
    "--content",
    cls=Option,
    metavar="DIR",
    help=N_("Teach from this folder instead of the content that comes with the program."),
)
@click.option(
    "--ascii",
    "ascii_only",
    cls=Option,
    is_flag=True,
    help=N_("Draw maths with ASCII signs, for terminals and readers that know no others."),
)
@click.version_option(
    __version__,
    prog_name="tutor",
    message="%(prog)s %(version)s",
    cls=Option,
    help=N_("Show the version and exit."),
)
@click.pass_context
def tutor(
    context: click.Context,
    lang: str | None,  # noqa: ARG001 - read before the command line was
    content: str | None,
    *,
    ascii_only: bool,
) -> None:
    """Open Home, or run a command."""
    context.obj = content
    if ascii_only:
        os.environ[ASCII] = "1"
    if context.invoked_subcommand is None:
        from tutor.cli.app import run_app

        run_app(content=content)


def run_command_line() -> int:
    """Run what the command line asks for; return the exit code."""
    try:
        # a number if a command has given one to its context's `exit`
        return tutor.main(prog_name="tutor", standalone_mode=False) or 0
    except click.ClickException as error:
        shown = StringIO()
        error.show(shown)
        # it repeats what was typed; no character that a terminal obeys is left in it
        click.echo(scrub(shown.getvalue()), err=True, nl=False)
        return error.exit_code
    except click.Abort as error:
        raise KeyboardInterrupt from error
