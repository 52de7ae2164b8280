"""`tutor new`."""

from __future__ import annotations

from pathlib import Path

import click

from tutor.cli.commands import N_, Command, Option
from tutor.errors import ExitCode, TutorError
from tutor.text.message import msg
from tutor.text.safe import scrub


@click.command(
    cls=Command,
    help=N_(
        "Write a question file to begin with: every kind of field once, with comments.\n\n"
        "TOPIC is its topic and its name, such as my-notes. It is written to your own questions, "
        "where the program finds it; an existing file is never overwritten."
    ),
)
@click.argument("topic", metavar="TOPIC")
@click.option(
    "--dir",
    "folder",
    cls=Option,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help=N_("Write it into this folder instead."),
)
@click.pass_context
def new(context: click.Context, topic: str, folder: Path | None) -> None:
    """Write a question file, and beside it the schema by which editors check it."""
    import os

    from tutor.bank.skeleton import skeleton
    from tutor.cli.context import voice
    from tutor.cli.output import write
    from tutor.services.paths import find_paths

    speaker = voice()
    _demand_topic(topic)
    own = find_paths(os.environ, context.obj).questions
    folder = own if folder is None else folder
    file = folder / f"{topic}.yaml"
    if os.path.lexists(file):
        raise TutorError(
            msg("{path} already exists.", path=str(file)),
            msg("Choose another topic or `--dir`; nothing was changed."),
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:  # x: never overwrites
            stream.write(skeleton(topic, speaker))
        _write_schema(folder)
    except OSError as error:
        raise TutorError(
            msg(
                "{path} cannot be written: {reason}",
                path=str(error.filename or file),
                reason=error.strerror or type(error).__name__,
            ),
            msg("Check that you may write there, or choose another folder with `--dir`."),
        ) from None
    click.echo(str(file))
    shown = topic if folder == own else str(file)
    write(msg("Now open it in an editor, and in another terminal:"), speaker)
    click.echo(f"  tutor watch {_quoted(str(file))}")
    if folder == own:
        write(msg("Its cards can be studied already:"), speaker)
        click.echo(f"  tutor study {shown}")


def _demand_topic(topic: str) -> None:
    from tutor.bank.skeleton import is_topic, slug_of

    if is_topic(topic):
        return
    near = slug_of(topic)
    raise TutorError(
        msg("“{topic}” cannot be the name of a topic.", topic=scrub(topic[:60])),
        msg("Did you mean “{near}”?", near=near)
        if near
        else msg("Use the letters a to z, digits and single hyphens, as in `my-notes`."),
        exit_code=ExitCode.USAGE,
    )


def _write_schema(folder: Path) -> None:
    """Put the schema beside the question files, of this version of the program.

    A path relative to the file works in every editor and goes with the folder when it is moved,
    shared or kept in a repository; one into this machine's data folder would not.
    """
    from tutor.bank.schema import schema_text
    from tutor.bank.skeleton import SCHEMA_FILE

    file, text = folder / SCHEMA_FILE, schema_text()
    if not (file.is_file() and file.read_text(encoding="utf-8", errors="replace") == text):
        file.write_text(text, encoding="utf-8", newline="\n")


def _quoted(path: str) -> str:
    from shlex import quote

    return quote(path)
