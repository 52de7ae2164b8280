"""The command `tutor`."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from tutor import __version__
from tutor.cli.commands import N_, LazyGroup, Option
from tutor.cli.language import choose_language, speak
from tutor.errors import TutorError

_COMMANDS = {
    "study": ("tutor.cli.study:study", N_("Study what is due, on the screen or as plain text.")),
    "read": ("tutor.cli.read:read", N_("Read the lecture pages.")),
    "lab": ("tutor.cli.lab:lab", N_("Open a lab, or print what it shows.")),
    "params": ("tutor.cli.params:params", N_("Count the parameters of a layer.")),
    "stats": ("tutor.cli.stats:stats", N_("Show reviews, accuracy and what is due.")),
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
@click.version_option(
    __version__,
    prog_name="tutor",
    message="%(prog)s %(version)s",
    cls=Option,
    help=N_("Show the version and exit."),
)
@click.pass_context
def tutor(context: click.Context, lang: str | None, content: str | None) -> None:  # noqa: ARG001 - `--lang` was read before
    """Open Home, or run a command."""
    context.obj = content
    if context.invoked_subcommand is None:
        from tutor.cli.app import run_app

        run_app()


def main() -> NoReturn:
    """Run the command line; every problem becomes a message and an exit code."""
    # some terminals cannot compose Hangul under the kitty protocol; textual reads this at import
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # lab sizes; halves numpy's import
    lang = choose_language(sys.argv[1:], os.environ)
    speak(lang, os.environ)  # type: ignore[arg-type]  # os.environ is a mapping that can be set
    try:
        code = tutor.main(prog_name="tutor", standalone_mode=False)
    except TutorError as error:
        from tutor.cli.output import print_error

        print_error(error, lang)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)  # as a shell reports a program ended by Ctrl-C
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - what reads us has gone
        sys.exit(0)
    sys.exit(code or 0)  # what a command gave to its context's `exit`, if anything
