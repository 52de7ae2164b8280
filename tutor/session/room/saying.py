"""How names, points, teams and certainty are put, wherever a room is shown or written down."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from tutor.session.room.events import Sure
from tutor.text.message import Message, msg
from tutor.text.width import truncate

SURE_WORDS: dict[Sure, Message] = {
    1: msg("a guess"),
    2: msg("fairly sure"),
    3: msg("certain"),
}
LONGEST_NAME = 24  # cells
_TEAMS = "ABCDEFGHIJKL"


def shown_name(name: str) -> str:
    """Return a name in one line, cut where it is too long."""
    return truncate(name.replace("\n", " "), LONGEST_NAME)


def team_letter(team: int) -> str:
    """Return the letter of a team, by its number counted from 0."""
    return _TEAMS[team % len(_TEAMS)]


def team_name(team: int) -> Message:
    """Return what a team is called, by its number counted from 0."""
    return msg("team {letter}", letter=team_letter(team))


def written_points(points: float) -> str:
    """Write points: grouped, with a true minus, a fraction to one digit."""
    whole = round(points, 1)
    text = f"{int(whole):,}" if float(whole).is_integer() else f"{whole:,.1f}"
    return text.replace("-", "−")


def tied(ranks: Iterable[int]) -> set[int]:
    """Return the ranks that several share, of ranks in rising order."""
    return {rank for rank, following in pairwise(ranks) if rank == following}
