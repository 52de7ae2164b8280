"""The room as its host sees it."""

from __future__ import annotations

from itertools import islice
from typing import Literal

from tutor.live.groups import Say, group_frames
from tutor.live.wire import MOST_NAMES, Panel, Seated
from tutor.session.room.advice import advise
from tutor.session.room.pairs import pair_up
from tutor.session.room.rules import in_all, takes_votes
from tutor.session.room.state import Pair, Phase, Player, Room, Round
from tutor.session.room.table import allowed
from tutor.session.room.tally import share

_CLOSED = {Phase.LOCKED, Phase.TALKING, Phase.REVEALED}


def panel(room: Room, say: Say) -> Panel:
    """Return what the host sees: before the reveal nothing that tells what is right.

    Args:
        room: its state.
        say: returns words in a language.
    """
    round_ = room.round
    votes = round_ is not None and takes_votes(room)
    is_closed = votes and room.phase in _CLOSED
    seated = [player for player in room.players.values() if not player.kicked]
    answered = set(round_.ballots[-1]) if round_ is not None and votes else set()
    advice = advise(round_) if round_ is not None and is_closed else None
    return Panel(
        phase=room.phase.value,
        is_paused=room.paused_at is not None,
        moves=room.moves,
        round=0 if round_ is None else round_.number,
        of=in_all(room),
        ballot=None if round_ is None or not votes else _number(round_),
        is_open=room.is_open,
        count=len(seated),
        connected=room.ledger.present,
        answered=sum(player.id in answered for player in seated),
        waiting=room.ledger.awaited,
        players=tuple(_seat(player, answered) for player in _first(seated, answered)),
        share=share(round_) if round_ is not None and is_closed else None,
        advice=None if advice is None else advice.suggestion,
        groups=group_frames(room, round_, say) if round_ is not None and is_closed else (),
        pairs=_pairs(room, round_) if round_ is not None and is_closed else (),
        can=allowed(room),
    )


def _number(round_: Round) -> Literal[1, 2]:
    return 1 if round_.ballot == 1 else 2


def _seat(player: Player, answered: set[str]) -> Seated:
    return Seated(
        id=player.id,
        name=player.name,
        team=player.team,
        connected=player.connected,
        answered=player.id in answered,
    )


def _first(seated: list[Player], answered: set[str]) -> list[Player]:
    """Return as many players as a panel names, those who are waited for first."""
    if len(seated) <= MOST_NAMES:
        return seated  # they keep their places
    awaited = [player for player in seated if player.connected and player.id not in answered]
    if len(awaited) >= MOST_NAMES:
        return awaited[:MOST_NAMES]
    named = {player.id for player in awaited}
    rest = (player for player in seated if player.id not in named)
    return [*awaited, *islice(rest, MOST_NAMES - len(awaited))]


def _pairs(room: Room, round_: Round) -> tuple[tuple[str, ...], ...]:
    """Return the pairs that talk, or that would."""
    pairs: tuple[Pair, ...] = round_.pairs
    if room.phase is Phase.LOCKED and round_.ballot == 1:
        pairs = pair_up(room)
    elif room.phase is Phase.REVEALED:
        return ()
    return tuple(
        tuple(room.players[player].name for player in pair.players) for pair in pairs[:MOST_NAMES]
    )
