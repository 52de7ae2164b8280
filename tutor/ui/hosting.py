"""Leading a room from the app: it is opened, led on the host's screen, and written down."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from tutor.errors import TutorError
from tutor.live.code import show
from tutor.live.hosting import Held, Hosting, Request
from tutor.live.link import Link
from tutor.live.qr import fitting
from tutor.live.wire import Asked, Report
from tutor.services.room_choice import RoomChoice
from tutor.text.message import msg
from tutor.ui.rooms.chair import Chair
from tutor.ui.rooms.results import Record
from tutor.ui.rooms.way_in import WayIn
from tutor.ui.screens.host import HostScreen
from tutor.ui.screens.play import PlayScreen

if TYPE_CHECKING:
    from tutor.ui.ways import Ways

_PICTURE = (60, 30)  # cells that a QR code may take


def host_room(app: Ways, players: tuple[str, ...] | None, choice: RoomChoice) -> None:
    """Open a room in place of the screen where it was prepared; it closes with the host's screen.

    Args:
        app: where it is led.
        players: who answers at this keyboard; None if everybody has a machine.
        choice: what it asks.

    Raises:
        TutorError: no question fits, or nobody can be let in.
    """
    with ExitStack() as opened:
        hosting = Hosting(app.services, Request(choice, players=players), opened)
        held = hosting.open()
        ending = opened.pop_all()

    screen = host_screen(app, hosting, held, None)
    app.pop_screen()
    app.push_screen(screen, lambda _: _end(app, hosting, held, ending))
    for note in held.notes:
        app.tell(note)


def host_screen(app: Ways, hosting: Hosting, held: Held, record: Record | None) -> HostScreen:
    """Return the screen on which a room is led.

    Args:
        app: where it is led.
        hosting: opened the room.
        held: the room.
        record: takes what goes into the log of the host who plays too.
    """

    def written(frame: Report) -> tuple[str, ...]:
        return tuple(str(path) for path in hosting.report_of_server(frame))

    return HostScreen(held.link, _way_in(app, held), written, _chairs_of(held.players, record))


def _chairs_of(players: Sequence[tuple[str, Link]], record: Record | None) -> list[Chair]:
    """Return the seats at a keyboard that is passed on.

    Args:
        players: their names and links, which run already.
        record: takes what goes into the log; None where several share the keyboard.
    """
    return [
        Chair(
            name,
            partial(_is_due, link),
            partial(PlayScreen, link, record, running=True, timed=record is not None),
        )
        for name, link in players
    ]


def _is_due(link: Link) -> bool:
    """Return whether the room waits for a player's answer."""
    asked = link.seat.scene
    return isinstance(asked, Asked) and not asked.is_open_question and not link.seat.is_answered


def _way_in(app: Ways, held: Held) -> WayIn:
    urls = tuple(way.page for way in held.ways)
    picture = fitting(urls[0], *_PICTURE) if urls and not app.services.ascii else None
    return WayIn(
        code=show(held.code),
        command=held.command,
        urls=urls,
        picture=() if picture is None else picture.half_blocks(),
    )


def _end(app: Ways, hosting: Hosting, held: Held, ending: ExitStack) -> None:
    """Close a room, and write its notes as far as it came."""

    def close() -> None:
        ending.close()
        try:
            files = hosting.report_of(held)
        except TutorError as error:
            app.call_from_thread(app.tell, error)
            return
        if files:
            app.call_from_thread(app.tell, msg("Notes: {path}", path=str(files[0])))

    if held.ways:  # a server in a thread of its own, which takes a moment to stop
        app.run_worker(close, thread=True, group="server")
    else:
        ending.close()
        with app.telling():
            for path in hosting.report_of(held)[:1]:
                app.tell(msg("Notes: {path}", path=str(path)))
