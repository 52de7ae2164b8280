"""A seat in a room on a server, which is kept when the connection is not."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from random import random

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from tutor.errors import TutorError
from tutor.live.dialling import TROUBLES, broken, dial, is_nonsense, nonsense, trouble
from tutor.live.incoming import BadFrame, from_server
from tutor.live.link import SeatKeeper
from tutor.live.seat import Seat, lost, over, receive
from tutor.live.where import Where
from tutor.live.wire import (
    Asked,
    Clock,
    Complaint,
    Enter,
    FromClient,
    FromServer,
    Leave,
    Open,
    Preside,
    Refused,
    Vote,
    Welcome,
    Yours,
)

SOONEST, LATEST = 0.2, 5.0  # seconds between two attempts; doubled after each
PARTING = 1.0  # seconds for the last words
WELCOMING = 10.0  # seconds in which a server answers who enters
OPENING = 30.0  # seconds in which a server answers the frame that opens a room


def _ignore(_seat: Seat) -> None:
    pass


class RoomClient(SeatKeeper):
    """A `Link` over a network.

    It comes back with the token that it was welcomed with, until it is closed, refused for good,
    or sent something that is no frame. An answer that the server has not confirmed is sent once
    more after the return, if its vote is still open.

    Args:
        where: the server.
        hello: what is said first: who enters, or presides.
        on_change: called after every change of the seat.
        trusted: from `trust`, where the connection is secure.
        clock: monotonic, in seconds; the seat's timer is told in it.
        jitter: from 0 to 1, so that not all return at the same instant.
        rest: waits for so many seconds.
        patience: seconds in which the server must have answered who enters.
    """

    def __init__(
        self,
        where: Where,
        hello: Enter | Preside,
        on_change: Callable[[Seat], None] = _ignore,
        *,
        trusted: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random,
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
        patience: float = WELCOMING,
    ) -> None:
        super().__init__(Seat(), on_change)
        self._where = where
        self._hello = hello
        self._trusted = trusted
        self._clock = clock
        self._jitter = jitter
        self._rest = rest
        self._patience = patience
        self._closed = asyncio.Event()
        self._outbox: asyncio.Queue[FromClient | None] | None = None  # while one is in
        self._vote: Vote | None = None  # not confirmed yet
        self._is_vote_out = False  # whether it was sent over this connection

    async def run(self) -> None:
        """Keep the seat until the room is over or the link is closed; reconnect as needed."""
        keeping = asyncio.ensure_future(self._keep())
        closing = asyncio.ensure_future(self._closed.wait())
        try:
            await asyncio.wait({keeping, closing}, return_when=asyncio.FIRST_COMPLETED)
            if self._outbox is not None:
                await asyncio.wait({keeping}, timeout=PARTING)
        finally:
            for task in (keeping, closing):
                task.cancel()
            await asyncio.wait({keeping, closing})
        if not keeping.cancelled():
            keeping.result()
        self.show(over(self.seat))

    def send(self, frame: FromClient) -> None:
        """Send a frame; while the connection is lost, a vote waits and anything else is dropped."""
        if isinstance(frame, Vote):
            self._vote = frame
            self._is_vote_out = self._outbox is not None
        if self._outbox is not None:
            self._outbox.put_nowait(frame)

    def close(self) -> None:
        """Leave; `run` returns."""
        if self._outbox is not None and not self._closed.is_set():
            if isinstance(self._hello, Enter):
                self._outbox.put_nowait(Leave())
            self._outbox.put_nowait(None)
        self._closed.set()

    async def _keep(self) -> None:
        pause = SOONEST
        while not self._closed.is_set():
            began = self._clock()
            why = broken(self._where)
            try:
                async with dial(self._where, self._trusted) as connection:
                    await self._converse(connection)
            except BadFrame:
                self.show(over(self.seat, nonsense(self._where)))
            except TROUBLES as error:
                why = trouble(error, self._where)
                if is_nonsense(error):
                    self.show(over(self.seat, nonsense(self._where)))
            if self._closed.is_set():
                return
            self.show(lost(self.seat, why))
            if self.is_over:
                return
            if self._clock() - began > LATEST:  # it had been well
                pause = SOONEST
            await self._rest(pause * (1 + self._jitter()) / 2)
            pause = min(2 * pause, LATEST)

    async def _converse(self, connection: ClientConnection) -> None:
        """Say hello and take frames until the connection ends.

        Raises:
            BadFrame: the server sent something that is no frame.
            ConnectionClosed: it ended otherwise than by a proper close.
            TimeoutError: the server said nothing.
        """
        self._is_vote_out = False
        tasks: set[asyncio.Task[None]] = set()
        try:
            async with asyncio.timeout(self._patience) as patience:
                await connection.send(self._hello.model_dump_json())
                async for raw in connection:
                    try:
                        frame = from_server(raw)
                    except BadFrame:
                        await connection.close(1002)
                        raise
                    if isinstance(frame, Welcome):
                        patience.reschedule(None)
                    self._take(frame, connection, tasks)
                    if self.is_over:
                        return
        finally:
            self._outbox = None
            for task in tasks:
                task.cancel()
            if tasks:
                await asyncio.wait(tasks)

    def _take(
        self, frame: FromServer, connection: ClientConnection, tasks: set[asyncio.Task[None]]
    ) -> None:
        match frame:
            case Welcome():
                self._hello = self._hello.model_copy(
                    update={"code": frame.code, "token": frame.token}
                )
                if self._outbox is None:
                    self._outbox = asyncio.Queue()
                    tasks.add(asyncio.ensure_future(_write(connection, self._outbox)))
            case Yours() | Complaint() | Refused() if self._is_settled(frame):
                self._vote = None
            case _:
                pass
        self.show(receive(self.seat, frame, self._clock()))
        match frame:
            case Asked() if self._vote is not None and not self._is_vote_out:
                tasks.add(asyncio.ensure_future(self._vote_again(connection)))
            case Clock():
                self._send_waiting()
            case _:
                pass

    def _is_settled(self, frame: Yours | Complaint | Refused) -> bool:
        """Whether the vote has reached the server, and need not be sent again."""
        vote = self._vote
        match frame:
            case _ if vote is None:
                return False
            case Refused():
                return self._is_vote_out
            case Complaint():
                return self._is_vote_out and _same_ballot(frame, vote)
            case Yours():
                return _same_ballot(frame, vote) and frame.text.strip() == vote.text.strip()

    async def _vote_again(self, connection: ClientConnection) -> None:
        """Send the vote that waits, once it is known whether it is still open.

        Who returns is told the question first and then what has become of it. The answer to a
        ping comes after all of that.
        """
        with suppress(ConnectionClosed):
            await (await connection.ping())
            self._send_waiting()

    def _send_waiting(self) -> None:
        vote = self._vote
        if vote is None or self._is_vote_out or self.seat.timer.is_paused:
            return
        if isinstance(self.seat.scene, Asked) and _same_ballot(self.seat.scene, vote):
            self.send(vote)
        else:
            self._vote = None  # too late


def _same_ballot(frame: Asked | Yours | Complaint, vote: Vote) -> bool:
    return (frame.round, frame.ballot) == (vote.round, vote.ballot)


async def _write(connection: ClientConnection, outbox: asyncio.Queue[FromClient | None]) -> None:
    """Send what is put into the box; nothing means to close the connection."""
    with suppress(ConnectionClosed):  # the reader hears of it too
        while (frame := await outbox.get()) is not None:
            await connection.send(frame.model_dump_json())
        await connection.close()


async def open_remote_room(
    where: Where, opening: Open, *, trusted: ssl.SSLContext | None = None
) -> tuple[str, str]:
    """Open a room on a server.

    Returns:
        The room's code, and the token with which to preside over it.

    Raises:
        TutorError: the server cannot be reached, or refuses.
    """
    try:
        async with (
            asyncio.timeout(OPENING),
            dial(where, trusted, is_opening=True) as connection,
        ):
            await connection.send(opening.model_dump_json())
            async for raw in connection:
                match from_server(raw):
                    case Welcome(player=None, code=code, token=token):
                        return code, token
                    case Refused(message=message):
                        raise TutorError(message)
                    case _:
                        pass
    except BadFrame as error:
        raise TutorError(nonsense(where)) from error
    except TROUBLES as error:
        why = nonsense(where) if is_nonsense(error) else trouble(error, where)
        raise TutorError(why) from error
    raise TutorError(nonsense(where))
