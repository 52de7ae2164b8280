"""`tutor join`."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.cli.commands import N_, Command, Option
from tutor.errors import ExitCode
from tutor.text.message import msg

if TYPE_CHECKING:
    from tutor.cli.seat_request import Place
    from tutor.services import Services
    from tutor.ui.app import First


@click.command(
    cls=Command,
    help=N_(
        "Join a room by its code, or by the address that the host shows.\n\n"
        "Who was in the room before comes back to the same seat. What you answer goes into your "
        "own log. With --plain everything is plain text on standard input and output."
    ),
)
@click.argument("where", required=False, metavar="[CODE|ADDRESS]")
@click.option("--name", cls=Option, metavar="NAME", help=N_("What the others call you."))
@click.option(
    "--ca",
    "authority",
    cls=Option,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=N_("Certificates to trust too, in PEM format."),
)
@click.option("--plain", cls=Option, is_flag=True, help=N_("Plain text instead of the screen."))
@click.pass_context
def join(
    context: click.Context,
    where: str | None,
    *,
    name: str | None,
    authority: Path | None,
    plain: bool,
) -> None:
    """Take a seat on the screen, or as plain text."""
    from tutor.cli.context import opened, services, voice
    from tutor.cli.seat_request import place_of

    if plain:
        learner = services(context)
        place = place_of(where, learner, sys.stdin, sys.stdout, name=name, authority=authority)
        _plain(context, place, learner)
        return
    from contextlib import closing

    from tutor.cli.app import require_screen, run_app

    require_screen(msg("For plain input and output: `tutor join CODE --plain`."))
    if where is None:
        from tutor.ui.app import First

        run_app(First.place("peers"), content=context.obj)
        return
    with closing(opened(context.obj)) as learner:  # to ask before anything is drawn
        place = place_of(where, learner, sys.stdin, sys.stdout, name=name, authority=authority)

    def begin(learner: Services) -> First:
        from tutor.services.peer_log import PeerLog
        from tutor.ui.app import First

        return First.join(place.link(learner), PeerLog(learner).record)

    run_app(begin, content=context.obj)
    if place.refusal is not None:
        from tutor.cli.output import write

        write(place.refusal, voice(), to=sys.stderr)


def _plain(context: click.Context, place: Place, learner: Services) -> None:
    from tutor.cli.output import write
    from tutor.cli.plain_join import PlainJoin
    from tutor.cli.room_players import keeper
    from tutor.cli.typed_lines import TypedLines

    speaker = learner.speaker()
    link = place.link(learner)
    typed = TypedLines(sys.stdin)
    dialogue = PlainJoin(link, typed, sys.stdout, speaker, time.monotonic, keep=keeper(learner))
    seat = asyncio.run(dialogue.run())
    if place.refusal is not None or seat.welcome is None:  # it was said
        context.exit(ExitCode.FAILED)
    if not seat.ended:
        write(msg("Your seat is kept; `tutor join {where}` takes it again.", where=place.typed),
              speaker)  # fmt: skip
