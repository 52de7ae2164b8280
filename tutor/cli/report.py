"""`tutor report`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.cli.commands import N_, Command, Option
from tutor.errors import ExitCode, TutorError
from tutor.text.message import msg

if TYPE_CHECKING:
    from tutor.services.paths import Paths
    from tutor.session.room.report import SessionReport


@click.command(
    cls=Command,
    help=N_(
        "Print the notes of a room that was held on this machine, as Markdown or JSON.\n\n"
        "Without a code, those of the last one."
    ),
)
@click.argument("code", required=False, metavar="[CODE]")
@click.option(
    "--lang",
    cls=Option,
    type=click.Choice(["en", "ko"]),
    expose_value=False,  # it was read before the command line was
    help=N_("The language; otherwise that of the locale."),
)
@click.option("--json", "as_json", cls=Option, is_flag=True, help=N_("As JSON."))
@click.option(
    "--to",
    cls=Option,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=N_("Write them into a file."),
)
def report(code: str | None, *, as_json: bool, to: Path | None) -> None:
    """Print the notes, or write them."""
    import os

    from tutor.cli.context import voice
    from tutor.cli.output import write
    from tutor.services.paths import find_paths
    from tutor.services.room_notes import write_file
    from tutor.session.room.markdown import to_markdown
    from tutor.store.local_zone import LocalZone

    speaker = voice()
    session = _session(find_paths(os.environ, None), code)
    if as_json:
        text = session.model_dump_json(indent=2) + "\n"
    else:
        text = to_markdown(session, speaker, LocalZone())
    if to is None:
        click.echo(text, nl=False)
        return
    write_file(to, text)
    write(msg("Notes: {path}", path=str(to)), speaker)


def _session(paths: Paths, typed: str | None) -> SessionReport:
    """Return the notes of a room, or of the last one.

    Raises:
        TutorError: there is none; a usage error.
    """
    from tutor.cli.room_players import both
    from tutor.live.code import read, show
    from tutor.services.room_notes import kept_sessions, session_of

    code = None if typed is None else read(typed).code
    journals = sorted(
        paths.rooms.glob("*.jsonl" if code is None else f"{code}.jsonl"),
        key=lambda path: path.stat().st_mtime,
    )
    found = [one for one in kept_sessions(paths.sessions) if code in {None, one.code}]
    if journals:  # it may have gone on since its notes were written
        found.append(session_of(journals[-1], both))
    if found:
        return max(reversed(found), key=lambda one: one.ended)
    raise TutorError(
        msg("No room was held on this machine.")
        if code is None
        else msg("No room {code} was held on this machine.", code=show(code)),
        msg("`tutor host` opens one."),
        exit_code=ExitCode.USAGE,
    )
