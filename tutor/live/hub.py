"""The rooms of a server, and what those who connect to it may do; without sockets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from time import thread_time

from tutor.live import faults, refusals
from tutor.live.acting import act
from tutor.live.allowance import Allowance, Allowances
from tutor.live.documents import encode
from tutor.live.journals import Journals, NotKept
from tutor.live.limits import Limits
from tutor.live.names import NameRefused, tidy
from tutor.live.patience import TookTooLong, at_most
from tutor.live.peers import LOOK_EVERY, LOOKS, EachInTurn, Guest, Outlet, Peer
from tutor.live.proving import Proving
from tutor.live.refusals import Refusal
from tutor.live.requests import read
from tutor.live.resuming import resumed
from tutor.live.rooms import LiveRoom, World
from tutor.live.tokens import digest, new_token, opens
from tutor.live.voting import vote
from tutor.live.wire import Enter, FromClient, Leave, Open, Preside, Vote
from tutor.session.room.events import Joined
from tutor.session.room.illegal import Illegal
from tutor.session.room.journal import header_line
from tutor.session.room.reducer import open_room
from tutor.session.room.state import Plan
from tutor.text.words import Lang, Words

LogRoom = Callable[[str, LiveRoom], None]  # "opened", "resumed" or "closed", and the room
MOST_TRIES = 100  # for a code that no room has


class Hub:
    """Rooms, and the connections to them.

    Args:
        journals: where rooms are kept.
        clock: returns the present instant, in UTC; it never goes back.
        entropy: returns random bytes fit for secrets, such as `secrets.token_bytes`.
        say: returns words in a language.
        limits: what strangers may do.
        new_code: returns a room code that may be taken already.
        key: with which rooms are opened over the network; None if anybody may open one, and
            empty if nobody may.
        outlet: sends one text to many.
        log: is told of rooms that open and close.
        work: returns how many seconds this process has worked so far.
    """

    def __init__(  # noqa: PLR0913 - the parts of a server, each named where it is given
        self,
        journals: Journals,
        clock: Callable[[], datetime],
        entropy: Callable[[int], bytes],
        say: Callable[[Lang, Words], str],
        limits: Limits | None = None,
        *,
        new_code: Callable[[], str],
        key: str | None = None,
        outlet: Outlet | None = None,
        log: LogRoom = lambda _what, _room: None,
        work: Callable[[], float] = thread_time,
    ) -> None:
        self.limits = limits or Limits()
        self.rooms: dict[str, LiveRoom] = {}
        self._journals = journals
        self._clock = clock
        self._entropy = entropy
        self._say = say
        self._world = World(say, outlet or EachInTurn(), self.limits)
        self._new_code = new_code
        self._key = key
        self._log = log
        self._guests: dict[Peer, Guest] = {}
        self._waiting: dict[Peer, Guest] = {}  # not seated yet, the first to come first
        self._joins = Allowances(self.limits.joins)
        self._returns = Allowances(self.limits.returns)
        self._wrong_codes = Allowances(self.limits.wrong_codes)
        self._opens = Allowances(self.limits.opens)
        self._proving = Proving(say, self.limits, work)

    def open_room(self, plan: Plan, seed: int) -> tuple[str, str]:
        """Open a room; return its code and the host's token.

        Raises:
            Refusal: the server has no place for it.
            NotKept: it could not be written down.
        """
        if len(self.rooms) >= self.limits.rooms:
            raise Refusal("full", refusals.SERVER_FULL)
        now = self._clock()
        code, token = self._free_code(), new_token(self._entropy)
        room = open_room(plan, code, seed, now)
        journal = self._journals.create(code, header_line(room, digest(token)))
        live = LiveRoom(room, journal, digest(token), self._world, now)
        self.rooms[code] = live
        self._log("opened", live)
        return code, token

    def resume(self, only: str | None = None) -> tuple[str, ...]:
        """Open the rooms again that a server left unfinished; return their codes.

        What ran stands still until the host lets it go on: how long nobody was there is not
        taken from anybody's time.

        Args:
            only: the code of the room that is wanted; None for all.
        """
        now = self._clock()
        codes = []
        for kept in self._journals.kept(only):
            live = None
            if kept.code not in self.rooms and len(self.rooms) < self.limits.rooms:
                try:
                    live = resumed(kept, self._world, now)
                except Exception as error:  # noqa: BLE001 - one file keeps no other room closed
                    faults.note(error)
            if live is None:
                kept.journal.close()
                continue
            self.rooms[kept.code] = live
            codes.append(kept.code)
            self._log("resumed", live)
        return tuple(codes)

    def close_room(self, code: str) -> None:
        """Close a room; its file stays."""
        live = self.rooms.pop(code)
        live.close()
        self._log("closed", live)

    def stop(self) -> None:
        """Let every room stand still, so that it can be resumed; connections are the caller's."""
        now = self._clock()
        for live in self.rooms.values():
            with suppress(NotKept):  # then it stands still when it is resumed
                live.stand_still(now)
            live.close_file()
        self.rooms.clear()
        self._guests.clear()
        self._waiting.clear()
        self._proving.clear()

    def _free_code(self) -> str:
        for _ in range(MOST_TRIES):
            code = self._new_code()
            if code not in self.rooms and not self._journals.has(code):
                return code
        raise Refusal("full", refusals.SERVER_FULL)

    # Time --------------------------------------------------------------------------------------

    @property
    def next_wake(self) -> datetime | None:
        """When `wake` has something to do; None if nothing is planned."""
        dues = [live.next_wake() for live in self.rooms.values()]
        if self._proving:
            dues.append(self._clock())
        if first := next(iter(self._waiting.values()), None):
            dues.append(first.since + timedelta(seconds=self.limits.silence))
        return min(dues, default=None)

    def wake(self) -> None:
        """Do what is due: close votes, send what was held back, end what nobody needs."""
        now = self._clock()
        for live in tuple(self.rooms.values()):
            for due in (live.expire, live.wake):
                try:
                    due(now)
                except NotKept:
                    pass  # it is tried again in a second
                except Exception as error:  # noqa: BLE001 - no room stops the others' clocks
                    faults.note(error)
            if live.is_over(now):
                self.close_room(live.room.code)
        self._prove_on(now)
        self._wait_for(now)

    def _wait_for(self, now: datetime) -> None:
        """Send away who says nothing, and not who could not be heard while the server was busy."""
        silence = timedelta(seconds=self.limits.silence)
        for guest in tuple(self._waiting.values()):
            if now - guest.since < silence:
                break
            guest.looks += 1
            if guest.looks < LOOKS:
                guest.since = now - silence + LOOK_EVERY
            else:
                self._refuse(guest, refusals.closing("gone", refusals.SILENT))

    # Connections -------------------------------------------------------------------------------

    def arrived(self, peer: Peer) -> None:
        """Note a connection, which then has to say what it wants."""
        now = self._clock()
        guest = Guest(peer, now, Allowance(self.limits.messages, now))
        self._guests[peer] = self._waiting[peer] = guest

    def gone(self, peer: Peer) -> None:
        """Note that a connection has ended."""
        guest = self._guests.pop(peer, None)
        self._waiting.pop(peer, None)
        if guest is not None:
            self._proving.drop(guest)
        if guest is not None and guest.room is not None:
            self._leave(guest, guest.room)

    def receive(self, peer: Peer, raw: str | bytes) -> None:
        """Take a message; whatever it is, it is answered and never raises."""
        if peer not in self._guests:
            self.arrived(peer)
        guest = self._guests[peer]
        if guest.is_over:
            return
        now = self._clock()
        with self._answering(guest):
            self._take(guest, self._read(guest, raw, now), now)

    @contextmanager
    def _answering(self, guest: Guest) -> Iterator[None]:
        """Tell a connection of what is refused, whatever the reason."""
        try:
            yield
        except Refusal as refusal:
            self._refuse(guest, refusal)
        except Illegal as illegal:
            why = "not-now" if illegal.why == "no-player" else illegal.why
            self._refuse(guest, Refusal(why, illegal.message))
        except NotKept as error:
            self._refuse(guest, Refusal("not-now", error.message))
        except Exception as error:  # noqa: BLE001 - a fault is the room's, not the connection's
            faults.note(error)
            self._refuse(guest, Refusal("not-now", refusals.FAULT))

    def _read(self, guest: Guest, raw: str | bytes, now: datetime) -> FromClient:
        if not guest.allowance.take(now):
            raise Refusal("too-fast", refusals.TOO_FAST)
        try:
            with at_most(self.limits.work):
                return read(raw, self.limits)
        except TookTooLong:
            raise Refusal("too-large", refusals.TOO_LARGE) from None
        except Refusal as refusal:
            guest.bad_frames += 1
            if guest.bad_frames >= self.limits.bad_frames:
                raise refusals.closing(refusal.why, refusals.MALFORMED) from None
            raise

    def _refuse(self, guest: Guest, refusal: Refusal) -> None:
        if not refusal.is_final:
            guest.peer.send(encode(refusal.frame(self._say), guest.audience))
            return
        self._waiting.pop(guest.peer, None)
        self._proving.drop(guest)
        if guest.room is not None:
            self._leave(guest, guest.room)
        guest.is_over = True
        guest.peer.send(encode(refusal.frame(self._say), guest.audience))
        guest.peer.close(refusal.why)

    def _leave(self, guest: Guest, live: LiveRoom) -> None:
        try:
            live.leave(guest, self._clock())
        except NotKept:
            pass  # the player counts as connected until the disk has room
        except Exception as error:  # noqa: BLE001 - the others could not be told; the guest is gone
            faults.note(error)

    def _take(self, guest: Guest, frame: FromClient, now: datetime) -> None:
        if guest.room is None:
            self._admit(guest, frame, now)
            if guest.room is not None:
                self._waiting.pop(guest.peer, None)
            return
        live: LiveRoom = guest.room
        with suppress(NotKept):
            live.expire(now)
        match frame:
            case Open() | Preside() | Enter():
                raise Refusal("not-now", refusals.SEATED)
            case Leave():
                live.leave(guest, now)
                guest.is_over = True
                guest.peer.close("gone")
            case Vote():
                if guest.player is None:
                    raise Refusal("not-now", refusals.NOT_SEATED)
                vote(live, guest.player, frame, now)
            case _:
                if guest.player is not None:
                    raise Refusal("not-host", refusals.NOT_HOST)
                act(live, frame, now)

    def presides(self, peer: Peer) -> bool:
        """Return whether a connection has a host's seat."""
        guest = self._guests.get(peer)
        return guest is not None and guest.room is not None and guest.player is None

    def _admit(self, guest: Guest, frame: FromClient, now: datetime) -> None:
        if guest in self._proving:
            raise Refusal("not-now", refusals.NOT_SEATED)
        match frame:
            case Enter():
                self._enter(guest, frame, now)
            case Preside():
                self._preside(guest, frame, now)
            case Open():
                self._open(guest, frame, now)
            case Vote() | Leave():
                raise Refusal("not-now", refusals.NOT_SEATED)
            case _:
                raise Refusal("not-host", refusals.NOT_HOST)

    def _find(self, guest: Guest, frame: Enter | Preside, now: datetime) -> LiveRoom:
        """Return a room; of an address that has guessed too often, only to who has a seat in it."""
        address, live = guest.peer.address, self.rooms.get(frame.code)
        is_known = live is not None and live.knows(frame.token)
        if not is_known and not self._wrong_codes.has(address, now):
            raise Refusal("too-fast", refusals.TOO_FAST)
        if live is None:
            self._wrong_codes.take(address, now)
            raise Refusal("no-room", refusals.NO_ROOM)
        with suppress(NotKept):
            live.expire(now)
        return live

    def _enter(self, guest: Guest, frame: Enter, now: datetime) -> None:
        guest.audience = frame.audience  # in which it is refused, too
        live = self._find(guest, frame, now)
        if frame.token is not None:
            player = live.seat_of(frame.token)
            if player is None:
                self._wrong_codes.take(guest.peer.address, now)
                raise Refusal("wrong-token", refusals.WRONG_TOKEN)
            if not self._returns.take(guest.peer.address, now):
                raise Refusal("too-fast", refusals.TOO_FAST)
            live.come_back(guest, player, frame.token, now)
            return
        try:
            name = tidy(frame.name)
        except NameRefused as error:
            raise Refusal("name", error.message) from None
        if len(live.room.ledger.names) >= self.limits.players:
            raise Refusal("full", refusals.ROOM_FULL)
        if not self._joins.has(guest.peer.address, now):
            raise Refusal("too-fast", refusals.TOO_FAST)
        token = new_token(self._entropy)
        player = f"p{len(live.room.players) + 1}"
        live.join(guest, Joined(player, name, digest(token), now), token)
        self._joins.take(guest.peer.address, now)

    def _preside(self, guest: Guest, frame: Preside, now: datetime) -> None:
        live = self._find(guest, frame, now)
        if not live.preside(guest, frame.token, now):
            self._wrong_codes.take(guest.peer.address, now)
            raise Refusal("wrong-token", refusals.WRONG_HOST_TOKEN)
        guest.allowance = Allowance(self.limits.host_messages, now)

    def _open(self, guest: Guest, frame: Open, now: datetime) -> None:
        address = guest.peer.address
        if not self._wrong_codes.has(address, now) or not self._opens.take(address, now):
            raise Refusal("too-fast", refusals.TOO_FAST)
        if not opens(self._key, frame.key):
            self._wrong_codes.take(address, now)
            raise Refusal("wrong-key", refusals.WRONG_KEY)
        own = sum(live.opener == address for live in self.rooms.values())
        if len(self.rooms) >= self.limits.rooms or own >= self.limits.rooms_per_address:
            raise Refusal("full", refusals.SERVER_FULL)
        self._waiting.pop(guest.peer, None)
        self._proving.begin(guest, frame)
        self._prove(guest, now)

    def _prove(self, guest: Guest, now: datetime) -> None:
        """Play a plan through for a while, and open its room when all of it can be played."""
        proved = self._proving.go_on(guest, now)
        if proved is None:
            return
        code, token = self.open_room(*proved)
        self.rooms[code].opener = guest.peer.address
        if self.rooms[code].preside(guest, token, now):
            guest.allowance = Allowance(self.limits.host_messages, now)

    def _prove_on(self, now: datetime) -> None:
        """Go on with the plan that has waited longest."""
        guest = self._proving.first
        if guest is not None:
            with self._answering(guest):
                self._prove(guest, now)
