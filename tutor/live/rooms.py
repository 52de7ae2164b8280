"""A room with those who are connected to it: what happens in it, kept and told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from tutor.live.allowance import Allowances
from tutor.live.books import Book
from tutor.live.coalesced import Coalesced
from tutor.live.documents import encode
from tutor.live.journals import Journal
from tutor.live.limits import Limits
from tutor.live.panels import panel
from tutor.live.patience import at_most
from tutor.live.peers import Guest, Outlet, Peer
from tutor.live.refusals import ELSEWHERE, GONE, KICKED, TOO_OFTEN, Refusal
from tutor.live.steps import Common, Own, Step
from tutor.live.tokens import digest, matches
from tutor.live.views import View
from tutor.live.wire import MOST_NAMES, Audience, Complaint, FromServer, Report
from tutor.live.words import both
from tutor.session.room.effects import (
    Accepted,
    Complained,
    Moved,
    PlayersChanged,
    RoomEffect,
    Save,
)
from tutor.session.room.events import (
    Connected,
    Disconnected,
    Joined,
    Kick,
    Pause,
    Rename,
    RoomEvent,
    TimeUp,
    Voted,
)
from tutor.session.room.flow import next_question
from tutor.session.room.journal import event_line
from tutor.session.room.reducer import step
from tutor.session.room.report import make_report
from tutor.session.room.state import Phase, Room
from tutor.text.words import Lang, Words

_AUDIENCES: tuple[Audience, Audience] = ("terminal", "page")
_SOON = timedelta(seconds=1)  # until what could not be kept is tried again


@dataclass(frozen=True, slots=True)
class World:
    """What rooms need of their server."""

    say: Callable[[Lang, Words], str]
    outlet: Outlet
    limits: Limits


class LiveRoom:
    """A room that is open.

    Attributes:
        room: its state.
        guests: the connections of players, by their ids.
        host: the host's connection.
        touched: when something last happened in it.
        opener: the address it was opened from; empty if this process opened it by itself.
    """

    def __init__(
        self, room: Room, journal: Journal, host_digest: str, world: World, now: datetime
    ) -> None:
        self.room = room
        self.guests: dict[str, Guest] = {}
        self.host: Guest | None = None
        self.touched = now
        self.opener = ""
        self._writing = Allowances(world.limits.writing)
        self._journal = journal
        self._host_digest = host_digest
        self._world = world
        self._by_digest = {player.token_digest: id_ for id_, player in room.players.items()}
        self._retry: datetime | None = None
        self._panel = Coalesced(timedelta(seconds=world.limits.panel))
        self._lobby = Coalesced(timedelta(seconds=world.limits.panel))
        self._book = Book()
        self._list: Common | None = None  # of a large lobby, as all were last told it

    # What happens ------------------------------------------------------------------------------

    def apply(self, event: RoomEvent) -> None:
        """Take an event, keep it, and tell those whom it concerns.

        Raises:
            Illegal: it does not fit.
            NotKept: it could not be written down.
            Refusal: a player changes answers too often.
            TookTooLong: the question of a stranger takes too long with these numbers.
        """
        before = self.room
        with at_most(self._world.limits.work):
            after, effects = step(before, event)
        for effect in effects:
            if isinstance(effect, Save):
                self._keep(effect.event)
        self.room = after
        self.touched = event.at
        self._tell(before, effects, event.at)

    def _keep(self, event: RoomEvent) -> None:
        by = event.player if isinstance(event, Voted) else None
        if by is not None and not self._writing.has(by, event.at):
            raise Refusal("too-fast", TOO_OFTEN, is_final=False)
        kept = self._journal.append(event_line(event))
        if by is not None:
            self._writing.take(by, event.at, kept)

    def expire(self, now: datetime) -> None:
        """Let the deadline act, if it has passed: what comes later is too late."""
        deadline = self.room.deadline
        if deadline is None or now < deadline or (self._retry is not None and now < self._retry):
            return
        self._retry = now + _SOON  # in case it cannot be kept: not again at once
        self.apply(TimeUp(now))
        self._retry = None

    def next_wake(self) -> datetime:
        """Return when `wake` has something to do."""
        deadline = self.room.deadline
        if deadline is not None and self._retry is not None:
            deadline = max(deadline, self._retry)
        held_back = (self._panel.due if self.host else None, self._lobby.due)
        return min(due for due in (self._over_at, deadline, *held_back) if due is not None)

    def wake(self, now: datetime) -> None:
        """Send what was held back to be sent together."""
        if self.host is not None and self._panel.is_due(now):
            self._panel.sent(now)  # first: what cannot be sent is not due again at once
            self._send(self.host, panel(self.room, self._world.say))
        if self._lobby.is_due(now):
            self._lobby.sent(now, at_least=len(self.guests) / self._world.limits.lobby_frames)
            if self.room.phase is Phase.LOBBY:
                view = self._view(now)
                self._list = view.people() if self.room.ledger.present > MOST_NAMES else None
                self._deliver(view.entering(self._list))

    def is_over(self, now: datetime) -> bool:
        """Return whether nobody needs the room any more."""
        return now >= self._over_at

    @property
    def _over_at(self) -> datetime:
        limits = self._world.limits
        has_ended = self.room.phase is Phase.ENDED and self.host is None
        unused = self.touched + (limits.after_end if has_ended else limits.idle)
        return min(unused, self.room.created + limits.age)

    # Who comes and goes ------------------------------------------------------------------------

    def seat_of(self, token: str) -> str | None:
        """Return the player whose token this is."""
        return self._by_digest.get(digest(token))

    def knows(self, token: str | None) -> bool:
        """Return whether a token is a player's or the host's."""
        if token is None:
            return False
        return matches(token, self._host_digest) or digest(token) in self._by_digest

    def join(self, guest: Guest, joined: Joined, token: str) -> None:
        """Give a new player a seat.

        Raises:
            Illegal: the name is taken, or nobody may come in.
            NotKept: it could not be written down.
        """
        self.apply(joined)
        self._by_digest[joined.token_digest] = joined.player
        self._sit(guest, joined.player, token, joined.at)

    def come_back(self, guest: Guest, player: str, token: str, now: datetime) -> None:
        """Give a player the seat back; the connection that has it now ends.

        Raises:
            Refusal: the player was sent away.
            NotKept: it could not be written down.
        """
        seat = self.room.players[player]
        if seat.kicked:
            raise Refusal("kicked", KICKED)
        if not seat.connected:
            self.apply(Connected(player, now))
        self.dismiss(self.guests.pop(player, None), Refusal("elsewhere", ELSEWHERE))
        self.touched = now
        self._sit(guest, player, token, now)

    def _sit(self, guest: Guest, player: str, token: str, now: datetime) -> None:
        guest.room, guest.player, guest.token = self, player, token
        self.guests[player] = guest
        self._introduce(guest, now)

    def preside(self, guest: Guest, token: str, now: datetime) -> bool:
        """Give the host's seat to who has its token; return whether this is it."""
        if not matches(token, self._host_digest):
            return False
        self.dismiss(self.host, Refusal("elsewhere", ELSEWHERE))
        guest.room, guest.player, guest.token = self, None, token
        self.host = guest
        self.touched = now
        self._introduce(guest, now)
        self._send(guest, panel(self.room, self._world.say))
        self._panel.sent(now)
        self._pose_ahead(now)
        return True

    def _introduce(self, guest: Guest, now: datetime) -> None:
        view = self._view(now)
        self._send(guest, view.welcome(guest.player, guest.token))
        if self._list is None and self.room.ledger.present > MOST_NAMES:
            self._list = view.people()
        # who comes into a large lobby gets the list that the others have; the next one is near
        for part in view.entering(self._list):
            if isinstance(part, Common):
                guest.peer.send(part.text(guest.audience))
            elif (frame := part.make(guest.player)) is not None:
                self._send(guest, frame)

    def leave(self, guest: Guest, now: datetime) -> None:
        """Note that a connection has ended; the seat stays.

        Raises:
            NotKept: it could not be written down; the player counts as connected.
        """
        guest.room = None
        if self.host is guest:
            self.host = None
        elif guest.player is not None and self.guests.get(guest.player) is guest:
            del self.guests[guest.player]
            if self.room.players[guest.player].connected:
                self.apply(Disconnected(guest.player, now))

    def kick(self, player: str, now: datetime) -> None:
        """Send a player away.

        Raises:
            Illegal: there is no such player.
            NotKept: it could not be written down.
        """
        self.apply(Kick(player, now))
        self.dismiss(self.guests.pop(player, None), Refusal("kicked", KICKED))

    def rename(self, player: str, name: str, now: datetime) -> None:
        """Give a player another name, and tell them.

        Raises:
            Illegal: there is no such player, or the name is taken.
            NotKept: it could not be written down.
        """
        self.apply(Rename(player, name, now))
        if guest := self.guests.get(player):
            self._introduce(guest, now)

    def stand_still(self, now: datetime) -> None:
        """Stop the clock, and note that nobody is here, as when the server ends.

        The clock stops first: a vote must not close because those who have not answered lost
        their server.

        Raises:
            NotKept: it could not be written down.
        """
        if self.room.deadline is not None:
            self.apply(Pause(now))
        for guest in self.guests.values():
            guest.room = None
        self.guests.clear()
        for player in self.room.players.values():
            if player.connected:
                self.apply(Disconnected(player.id, now))

    def close_file(self) -> None:
        """Close the file; it stays."""
        self._journal.close()

    def close(self) -> None:
        """End every connection, and close the file; it stays."""
        for guest in (*self.guests.values(), *([self.host] if self.host else ())):
            self.dismiss(guest, Refusal("gone", GONE))
        self.guests.clear()
        self.host = None
        self._journal.close()

    def dismiss(self, guest: Guest | None, refusal: Refusal) -> None:
        """Tell a connection why it ends, and end it."""
        if guest is not None:
            guest.room, guest.is_over = None, True
            self._send(guest, refusal.frame(self._world.say))
            guest.peer.close(refusal.why)

    def report(self) -> None:
        """Send the host the notes of the session so far."""
        if self.host is not None:
            say = self._world.say
            notes = make_report(self.room, self.touched, lambda words: both(words, say))
            self._send(self.host, Report(report=notes.model_dump(mode="json")))

    # What is told ------------------------------------------------------------------------------

    def _tell(self, before: Room, effects: Iterable[RoomEffect], now: datetime) -> None:
        for effect in effects:
            match effect:
                case Save():
                    pass
                case Moved():
                    self._panel.ask(now)  # first: the host has to know, whatever cannot be told
                    self._deliver(self._view(now).changed(before))
                case PlayersChanged():
                    if self.room.phase is Phase.LOBBY:
                        self._lobby.ask(now)
                    self._panel.ask(now)
                case Accepted(player):
                    frame = self._view(now).yours(player)
                    if frame is not None:
                        self.send_to(player, frame)
                    self._panel.ask(now)
                case Complained(player, message):
                    self.complain(player, message)
                case _:
                    assert_never(effect)
        self.wake(now)
        if self.room.phase is Phase.ASKING and self.room.moves != before.moves:
            self._pose_ahead(now)

    def _pose_ahead(self, now: datetime) -> None:
        """Pose what will be asked next, which is then remembered: nobody waits for it now."""
        with suppress(Exception):  # what is wrong with it is told when it is asked
            next_question(self.room, now)

    def complain(self, player: str, message: Words) -> None:
        """Tell a player that an answer cannot be read."""
        round_ = self.room.round
        if round_ is not None:
            frame = Complaint(
                round=round_.number,
                ballot=1 if round_.ballot == 1 else 2,
                message=both(message, self._world.say),
            )
            self.send_to(player, frame)

    def _view(self, now: datetime) -> View:
        return View(self.room, now, self._world.say, self._book)

    def send_to(self, player: str, frame: FromServer) -> None:
        """Send a frame to a player who is connected."""
        if guest := self.guests.get(player):
            self._send(guest, frame)

    def _send(self, guest: Guest, frame: FromServer) -> None:
        guest.peer.send(encode(frame, guest.audience))

    def _deliver(self, parts: Sequence[Step]) -> None:
        """Send frames to everybody, each common one encoded once for each audience."""
        players = tuple(self.guests.items())
        by_audience: dict[Audience, list[Peer]] = {audience: [] for audience in _AUDIENCES}
        for _, guest in players:
            by_audience[guest.audience].append(guest.peer)
        if self.host is not None:
            by_audience[self.host.audience].append(self.host.peer)
        for part in parts:
            if isinstance(part, Common):
                self._broadcast(part, by_audience)
            else:
                self._deliver_own(part, players)

    def _broadcast(self, part: Common, by_audience: dict[Audience, list[Peer]]) -> None:
        for audience, peers in by_audience.items():
            if peers:
                self._world.outlet.broadcast(peers, part.text(audience))

    def _deliver_own(self, part: Own, players: Collection[tuple[str, Guest]]) -> None:
        last: FromServer | None = None
        texts: dict[Audience, str] = {}  # of the last frame, which often serves the next player too
        for player, guest in players:
            frame = part.make(player)
            if frame is None:
                continue
            if frame is not last:
                last, texts = frame, {}
            if guest.audience not in texts:
                texts[guest.audience] = encode(frame, guest.audience)
            guest.peer.send(texts[guest.audience])
        if self.host is not None and (frame := part.make(None)) is not None:
            self._send(self.host, frame)
