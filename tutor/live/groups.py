"""Those who answered alike, as frames tell of them."""

from __future__ import annotations

from collections.abc import Callable

from tutor.live.wire import Group
from tutor.live.words import both
from tutor.session.room.state import Room, Round
from tutor.session.room.tally import groups
from tutor.text.localized import Localized
from tutor.text.words import Lang, Words

Say = Callable[[Lang, Words], str]
NAMES_IN_GROUPS = 30  # players at most; in a larger room nobody is shown with an answer
MOST_GROUPS = 40


def said(words: Words, say: Say) -> Localized:
    """Return words in both languages; where there are none, a dash stands."""
    return both(words, say).map(lambda text: text or "—")


def names_answers(room: Room) -> bool:
    """Return whether players are shown with what they answered."""
    return len(room.players) <= NAMES_IN_GROUPS


def sent_away(room: Room) -> frozenset[str]:
    """Return who was sent away: what they answered counts, but nobody sees it with their name."""
    return frozenset(id_ for id_, player in room.players.items() if player.kicked)


def group_frames(room: Room, round_: Round, say: Say) -> tuple[Group, ...]:
    """Return who answered alike; what is right and why, only from the reveal on.

    With own numbers there is nothing before it: answers to different numbers are grouped by what
    is right or wrong in them.
    """
    if round_.own and not round_.revealed:
        return ()
    shown = round_.revealed
    here = set(room.players) - sent_away(room) if names_answers(room) else set()
    return tuple(
        Group(
            words=said(group.words, say),
            count=len(group.players),
            names=tuple(room.players[id_].name for id_ in group.players if id_ in here),
            is_right=group.right if shown else None,
            score=group.score if shown else None,
            mistake=said(group.mistake, say) if shown and group.mistake is not None else None,
        )
        for group in groups(round_)[:MOST_GROUPS]
    )
