"""The seats of a room: who comes, goes, is renamed or sent away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tutor.session.room.events import Joined, Kick, Rename
from tutor.session.room.flow import own_numbers, with_round
from tutor.session.room.illegal import Illegal
from tutor.session.room.names import name_key
from tutor.session.room.rules import question_of, takes_votes
from tutor.session.room.state import Ledger, Phase, Player, Room, put


def take_seat(room: Room, event: Joined) -> Room:
    """Give a new player a seat, in the smallest team, and with own numbers where all have them.

    Raises:
        Illegal: the room is closed to new players, or the name or the id is not free.
    """
    if not room.is_open:
        raise Illegal("shut")
    if event.player in room.players:  # ids are given out by the program, each once
        raise Illegal("not-now")
    key = _free_key(room.ledger.names, event.name)
    team, teams = _dealt(room)
    player = Player(
        id=event.player,
        name=event.name,
        token_digest=event.token_digest,
        team=team,
        connected=True,
        joined_at=event.at,
    )
    ledger = replace(
        room.ledger,
        names=put(room.ledger.names, key, player.id),
        teams=teams,
        present=room.ledger.present + 1,
    )
    if is_voting(room):
        late = put(ledger.late, player.id, event.at)
        ledger = replace(ledger, awaited=ledger.awaited + 1, late=late)
    seated = replace(room, players=put(room.players, player.id, player), ledger=ledger)
    return _with_numbers(seated, player.id)


def connect(room: Room, id_: str) -> Room:
    """Note that a player can be reached again.

    Raises:
        Illegal: there is no such player, or the host has sent them away.
    """
    player = seated(room, id_)
    return room if player.connected else _changed(room, player, replace(player, connected=True))


def disconnect(room: Room, id_: str) -> Room:
    """Note that a player cannot be reached; nobody waits for them.

    Raises:
        Illegal: there is no such player.
    """
    player = known(room, id_)
    return _changed(room, player, replace(player, connected=False)) if player.connected else room


def kick(room: Room, event: Kick) -> Room:
    """Send a player away: the name is free again, and the seat is kept for the notes.

    Raises:
        Illegal: there is no such player, or they are away already.
    """
    player = seated(room, event.player)
    ledger = room.ledger
    names = {key: id_ for key, id_ in ledger.names.items() if id_ != player.id}
    teams = tuple(size - (team == player.team) for team, size in enumerate(ledger.teams))
    room = replace(room, ledger=replace(ledger, names=names, teams=teams))
    return _changed(room, player, replace(player, connected=False, kicked=True))


def rename(room: Room, event: Rename) -> Room:
    """Give a player another name, one who was sent away too: it stays in the notes.

    Raises:
        Illegal: there is no such player, or the name is taken.
    """
    player = known(room, event.player)
    if player.name == event.name:
        return room
    others = {key: id_ for key, id_ in room.ledger.names.items() if id_ != player.id}
    key = _free_key(others, event.name)
    names = others if player.kicked else put(others, key, player.id)
    renamed = replace(player, name=event.name)
    return replace(
        room,
        players=put(room.players, player.id, renamed),
        ledger=replace(room.ledger, names=names),
    )


def known(room: Room, id_: str) -> Player:
    """Return whoever has or had a seat.

    Raises:
        Illegal: nobody of this id.
    """
    player = room.players.get(id_)
    if player is None:
        raise Illegal("no-player")
    return player


def seated(room: Room, id_: str) -> Player:
    """Return who has a seat.

    Raises:
        Illegal: nobody of this id, or one whom the host has sent away.
    """
    player = known(room, id_)
    if player.kicked:
        raise Illegal("kicked")
    return player


def is_voting(room: Room) -> bool:
    """Return whether a vote is open, paused or not."""
    return room.phase is Phase.ASKING and takes_votes(room)


def _changed(room: Room, before: Player, after: Player) -> Room:
    """Return the room with a player changed, and counted anew."""
    ledger: Ledger = room.ledger
    change = after.counts - before.counts
    awaited = ledger.awaited
    if is_voting(room) and after.id not in room.rounds[-1].ballots[-1]:
        awaited += change
    return replace(
        room,
        players=put(room.players, after.id, after),
        ledger=replace(ledger, present=ledger.present + change, awaited=awaited),
    )


def _free_key(names: Mapping[str, str], name: str) -> str:
    key = name_key(name)
    if not key or key in names:
        raise Illegal("name")
    return key


def _dealt(room: Room) -> tuple[int | None, tuple[int, ...]]:
    """Return the smallest team, the first of them, and the sizes with one more in it."""
    if not room.settings.teams:
        return None, ()
    sizes = room.ledger.teams
    team = min(range(len(sizes)), key=sizes.__getitem__)
    return team, (*sizes[:team], sizes[team] + 1, *sizes[team + 1 :])


def _with_numbers(room: Room, player: str) -> Room:
    """Give one who joins during a question their own numbers for it."""
    round_ = room.round
    if round_ is None or room.phase not in {Phase.ASKING, Phase.LOCKED, Phase.TALKING}:
        return room
    place = len(room.players) - 1
    posed = own_numbers(room, question_of(room, round_), round_.seed, place)
    if posed is None:
        return room
    return with_round(room, replace(round_, own=put(round_.own, player, posed)))
