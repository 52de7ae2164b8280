"""`tutor host`."""

from __future__ import annotations

import asyncio
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tutor.cli.commands import N_, Command, Option
from tutor.text.message import msg

if TYPE_CHECKING:
    from tutor.cli.plain_host import PlainHost
    from tutor.live.hosting import Held, Hosting, Request
    from tutor.live.seat import Seat
    from tutor.services import Services
    from tutor.text.speaker import Speaker
    from tutor.ui.app import First

MOST_QUESTIONS = 200


@click.command(
    cls=Command,
    help=N_(
        "Open a room in which a team quizzes itself, on questions of all topics or of those "
        "named.\n\n"
        "Others join with `tutor join CODE`, or with a browser at the address that is shown. "
        "With --local one keyboard is passed round. With --plain everything is plain text; `?` "
        "lists what can be typed. Afterwards the notes are written as Markdown and JSON."
    ),
)
@click.argument("topics", nargs=-1, metavar="[TOPIC]...")
@click.option(
    "--count",
    cls=Option,
    type=click.IntRange(1, MOST_QUESTIONS),
    default=10,
    show_default=True,
    help=N_("How many questions."),
)
@click.option(
    "--seconds",
    cls=Option,
    type=click.IntRange(5, 3600),
    default=60,
    show_default=True,
    help=N_("How long a question is open."),
)
@click.option(
    "--difficulty",
    cls=Option,
    metavar="1-3",
    default="1-3",
    help=N_("How difficult, such as 2 or 1-2."),
)
@click.option(
    "--misses",
    cls=Option,
    is_flag=True,
    help=N_("First what you and earlier rooms on this machine got wrong."),
)
@click.option(
    "--own-numbers", cls=Option, is_flag=True, help=N_("Every player gets numbers of their own.")
)
@click.option(
    "--no-confidence", cls=Option, is_flag=True, help=N_("Do not ask how sure players are.")
)
@click.option("--no-reasons", cls=Option, is_flag=True, help=N_("Do not ask for reasons."))
@click.option(
    "--speed",
    cls=Option,
    is_flag=True,
    help=N_("Early right answers earn more; the last one still earns half."),
)
@click.option(
    "--streaks", cls=Option, is_flag=True, help=N_("Right answers in a row earn a little more.")
)
@click.option(
    "--closest", cls=Option, is_flag=True, help=N_("Numbers are scored by how near they are.")
)
@click.option(
    "--teams",
    cls=Option,
    type=click.IntRange(0, 12),
    default=0,
    help=N_("Divide the players into so many teams."),
)
@click.option(
    "--no-open-questions",
    cls=Option,
    is_flag=True,
    help=N_("No questions that are only talked about."),
)
@click.option(
    "--seed",
    cls=Option,
    type=click.IntRange(0, 2**31 - 1),
    help=N_("Draw questions and numbers from this seed."),
)
@click.option("--title", cls=Option, metavar="TEXT", help=N_("What the session is called."))
@click.option("--play", cls=Option, metavar="NAME", help=N_("Play too, under this name."))
@click.option("--local", cls=Option, is_flag=True, help=N_("Pass one keyboard round."))
@click.option("--players", cls=Option, metavar="A,B,C", help=N_("Who plays around this keyboard."))
@click.option(
    "--server",
    cls=Option,
    metavar="URL",
    help=N_("Open the room on a server that runs `tutor serve`."),
)
@click.option(
    "--key-file",
    cls=Option,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=N_("A file with the key of that server; otherwise the environment's TUTOR_KEY."),
)
@click.option(
    "--ca",
    "authority",
    cls=Option,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=N_("Certificates to trust too, in PEM format."),
)
@click.option(
    "--port",
    cls=Option,
    type=click.IntRange(1, 65535),
    help=N_("The port on which players are let in."),
)
@click.option(
    "--address", cls=Option, metavar="IP", help=N_("The address at which others find this machine.")
)
@click.option(
    "--resume",
    cls=Option,
    metavar="[CODE]",
    is_flag=False,
    flag_value="",
    help=N_("Go on with a room that was interrupted; the last one without a code."),
)
@click.option("--plain", cls=Option, is_flag=True, help=N_("Plain text instead of the screen."))
@click.option(
    "--to",
    cls=Option,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=N_("Where to write the notes; otherwise among the sessions of your data."),
)
@click.pass_context
def host(context: click.Context, /, *, plain: bool, **options: Any) -> None:
    """Open a room on the screen, or as plain text."""
    from tutor.cli.host_request import request_of

    request = request_of(options)
    with ExitStack() as stack:
        if plain:
            _plain(context, request, stack)
        else:
            _screen(context, request, stack)


def _plain(context: click.Context, request: Request, stack: ExitStack) -> None:
    from tutor.cli.context import services
    from tutor.cli.room_players import with_players
    from tutor.live.hosting import Hosting

    learner = services(context)
    speaker = learner.speaker()
    request = with_players(request, sys.stdin, sys.stdout, speaker)
    hosting = Hosting(learner, request, stack)
    held = hosting.open()
    try:
        seat = asyncio.run(_dialogue(held, request, learner).run())
    except KeyboardInterrupt:
        seat = held.link.seat
    stack.close()  # the server, so that all is in the file
    _finish(hosting, held, speaker, seat)


def _dialogue(held: Held, request: Request, learner: Services) -> PlainHost:
    """Return the dialogue of a host who leads alone, plays too, or shares the keyboard."""
    import time

    from tutor.cli.plain_host import PlainHost
    from tutor.cli.plain_local import PlainLocal
    from tutor.cli.room_players import keeper
    from tutor.cli.typed_lines import TypedLines

    typed, speaker = TypedLines(sys.stdin), learner.speaker()

    if not held.players:
        return PlainHost(
            held.link,
            typed,
            sys.stdout,
            speaker,
            time.monotonic,
            opening=held.opening,
            asks_notes=held.journal is None,
        )
    return PlainLocal(
        held.link,
        typed,
        sys.stdout,
        speaker,
        time.monotonic,
        opening=held.opening,
        players=[link for _, link in held.players],
        timed=bool(held.ways),
        keep=keeper(learner) if request.play is not None else None,
    )


def _screen(context: click.Context, request: Request, stack: ExitStack) -> None:
    from tutor.cli.app import require_screen, run_app
    from tutor.cli.context import voice
    from tutor.cli.room_players import with_players
    from tutor.live.hosting import Hosting
    from tutor.services.peer_log import PeerLog
    from tutor.ui.app import First

    require_screen(msg("For plain input and output: `tutor host --plain`."))
    request = with_players(request, sys.stdin, sys.stdout, voice())
    opened: list[tuple[Hosting, Held]] = []

    def begin(learner: Services) -> First:
        hosting = Hosting(learner, request, stack)
        held = hosting.open()
        opened.append((hosting, held))
        record = None if request.play is None else PeerLog(learner).record
        return First.host(hosting, held, record)

    run_app(begin, content=context.obj)
    stack.close()
    for hosting, held in opened:
        _finish(hosting, held, voice(), held.link.seat)


def _finish(hosting: Hosting, held: Held, speaker: Speaker, seat: Seat) -> None:
    """Write the notes, and say where; say how to go on, if the session is not over."""
    from tutor.cli.output import write
    from tutor.live.code import show

    files = hosting.report_of(held)
    if not files and seat.report is not None:
        files = hosting.report_of_server(seat.report)
    for path in files:
        write(msg("Notes: {path}", path=str(path)), speaker)
    if not seat.ended:
        again = f"tutor host --resume {show(held.code)}"
        if held.journal is None:
            again += f" --server {held.ways[0].page.removesuffix(held.code)}"
        write(msg("The room is kept; `{command}` goes on with it.", command=again), speaker)
