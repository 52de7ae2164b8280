"""How everybody stands, as frames tell it."""

from __future__ import annotations

from collections.abc import Collection

from tutor.live.groups import Say, group_frames
from tutor.live.wire import MOST_NAMES, Board, Dispute, Row, TeamRow
from tutor.session.room.rules import in_all
from tutor.session.room.scoring import Standing, team_standings
from tutor.session.room.state import Phase, Room, Round
from tutor.session.room.tally import groups

LARGE_BOARD = 10  # rows of the board where not all are shown
DISPUTES = 8  # players at most: a team that can talk about each answer
MOST_DISPUTES = 50  # of which a board tells


def board(room: Room, standings: Collection[Standing], say: Say) -> Board:
    """Return the board.

    Args:
        room: its state.
        standings: of all players, the best first.
        say: returns words in a language.
    """
    rows = [row(standing) for standing in standings]
    is_small = len(room.players) <= DISPUTES
    asked = room.rounds[-1].index + 1 if room.rounds else 0
    return Board(
        rows=tuple(rows if len(rows) <= MOST_NAMES else rows[:LARGE_BOARD]),
        teams=tuple(
            TeamRow(rank=team.rank, team=team.team, points=team.points, players=team.players)
            for team in team_standings(room, standings)
        ),
        disputes=tuple(_dispute(room, each, say) for each in _disputed(room)) if is_small else (),
        players=len(rows),
        of=in_all(room),
        round=len(room.rounds),
        is_last=room.phase is Phase.ENDED or asked >= len(room.plan.questions),
    )


def row(standing: Standing) -> Row:
    """Return a player's line of the board."""
    return Row(
        rank=standing.rank,
        name=standing.player.name,
        team=standing.player.team,
        points=standing.points,
        right=standing.right,
        answered=standing.answered,
    )


def _disputed(room: Room) -> list[Round]:
    """Return the questions on which answers differed, the last one first."""
    return [
        round_
        for round_ in reversed(room.rounds)
        if round_.revealed and not round_.skipped and len(groups(round_)) > 1
    ][:MOST_DISPUTES]


def _dispute(room: Room, round_: Round, say: Say) -> Dispute:
    return Dispute(
        round=round_.number,
        prompt=round_.posed.prompt,
        groups=group_frames(room, round_, say),
    )
