"""`tutor serve`."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.cli.commands import N_, Command, Option
from tutor.cli.context import voice
from tutor.cli.language import catalogue
from tutor.cli.output import write
from tutor.errors import ExitCode, TutorError
from tutor.text.message import msg
from tutor.text.speaker import Speaker
from tutor.text.words import Lang, Words

if TYPE_CHECKING:
    from tutor.live.standalone import StandaloneServer

KEY = "TUTOR_KEY"  # an environment is no place that other users of the machine can read


@click.command(
    cls=Command,
    help=N_(
        "Run a server for the peer sessions of many teams.\n\n"
        "Rooms are opened with `tutor host --server URL`. With --key only whoever has the key "
        "can open one. Put a proxy that speaks HTTPS in front of a server that is reached over "
        "the Internet, and name its address with --origin."
    ),
)
@click.option(
    "--bind",
    cls=Option,
    metavar="ADDRESS",
    default="0.0.0.0",  # noqa: S104 - a server is for others
    show_default=True,
    help=N_("The address to listen on; 127.0.0.1 behind a proxy on the same machine."),
)
@click.option(
    "--port",
    cls=Option,
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help=N_("The port to listen on; 0 for any that is free."),
)
@click.option(
    "--origin",
    "origins",
    cls=Option,
    metavar="URL",
    multiple=True,
    help=N_("An address under which browsers open the page, such as https://quiz.example.org."),
)
@click.option(
    "--behind-proxy",
    cls=Option,
    is_flag=True,
    help=N_("Take a client's address from the X-Forwarded-For of the proxy in front."),
)
@click.option(
    "--key",
    "key_file",
    cls=Option,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("A file with the key that opens rooms; otherwise the environment's TUTOR_KEY."),
)
@click.option(
    "--rooms",
    "folder",
    cls=Option,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=N_("Where rooms are kept; otherwise in the data directory."),
)
@click.option(
    "--max-players",
    cls=Option,
    type=click.IntRange(1, 100_000),
    help=N_("How many players may be in one room."),
)
@click.pass_context
def serve(
    context: click.Context,
    *,
    bind: str,
    port: int,
    origins: tuple[str, ...],
    behind_proxy: bool,
    key_file: Path | None,
    folder: Path | None,
    max_players: int | None,
) -> None:
    """Serve rooms until the process is told to end."""
    from dataclasses import replace

    from tutor.live.limits import Limits
    from tutor.live.origins import origin_place
    from tutor.live.server import Doors, machine_names
    from tutor.live.standalone import StandaloneServer
    from tutor.services.paths import find_paths

    for url in origins:
        if origin_place(url) is None:
            raise TutorError(
                msg("`{url}` is no address of a page.", url=url),
                msg("write it as in `--origin https://quiz.example.org`"),
                exit_code=ExitCode.USAGE,
            )
    limits = Limits()
    if max_players is not None:
        limits = replace(
            limits,
            players=max_players,
            connections=max(limits.connections, max_players + max_players // 5),
        )
    speaker = voice()
    server = StandaloneServer(
        folder or find_paths(os.environ, context.obj).data / "rooms",
        _say,
        Doors(bind, port, machine_names(), origins, behind_proxy),
        limits,
        key=read_key(key_file),
        tell=lambda words: _tell(words, speaker),
    )
    asyncio.run(_until_signal(server))


def read_key(file: Path | None) -> str | None:
    """Return the key that opens rooms; None if anybody may open one.

    Raises:
        TutorError: the file cannot be read, or holds no key.
    """
    if file is None:
        return os.environ.get(KEY) or None
    try:
        key = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise TutorError(
            msg("`{path}` cannot be read.", path=str(file)),
            msg("write the key into it, and let nobody else read it"),
            exit_code=ExitCode.USAGE,
        ) from error
    if not key:
        raise TutorError(
            msg("`{path}` holds no key.", path=str(file)),
            msg("write the key into it, and let nobody else read it"),
            exit_code=ExitCode.USAGE,
        )
    return key


async def _until_signal(server: StandaloneServer) -> None:
    """Serve until the process is told to end, and end cleanly then."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl+C raises KeyboardInterrupt
            loop.add_signal_handler(number, told.set)
    await server.run(told)


def _say(lang: Lang, words: Words) -> str:
    return _speaker(lang).say(words)


@cache
def _speaker(lang: Lang) -> Speaker:
    return Speaker(lang, catalogue(lang))


def _tell(words: Words, speaker: Speaker) -> None:
    write(words, speaker, to=sys.stderr)
    sys.stderr.flush()  # whoever reads the log wants it now
