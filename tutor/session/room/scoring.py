"""Points for answers: by how right they are, and how sure one was."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from tutor.grading.formula import Value
from tutor.kinds.numeric import PosedNumeric
from tutor.session.room.answers import number_of
from tutor.session.room.events import Sure
from tutor.session.room.rules import is_open_question, question_of
from tutor.session.room.settings import RoomSettings
from tutor.session.room.state import Ballot, Player, Room, Round
from tutor.session.room.tally import counting, votes_of

# Certainty-based marking (Gardner-Medwin 1995): what a right and a wrong answer earn. A guess pays
# most below 2/3, fairly sure between 2/3 and 4/5, certain above: to say how sure one is pays best.
MARKS: Mapping[Sure, tuple[float, float]] = {1: (1, 0), 2: (2, -2), 3: (3, -6)}
SPEED_PART = 0.5  # of the points that the time may cost
STREAK_STEP, STREAK_MOST = 0.25, 1.0  # more for each right answer in a row, and at most
DIGITS = 6  # after the point, so that sums of equal points are equal


@dataclass(frozen=True, slots=True)
class Standing:
    """How a player stands.

    Attributes:
        rank: counted from 1; equal points share a rank, and the next one is left out.
        right: how many questions were answered rightly, of those that count.
        answered: how many were answered at all.
    """

    rank: int
    player: Player
    points: float
    right: int
    answered: int


class Account(NamedTuple):
    """What a player has after some rounds.

    Attributes:
        points: earned, not rounded as a sum.
        last: of these by the last round that counts.
        right: how many questions were answered rightly, of those that count.
        answered: how many were answered at all.
        row: how many of the last answers were right without a break.
    """

    points: float = 0.0
    last: float = 0.0
    right: int = 0
    answered: int = 0
    row: int = 0


NOTHING = Account()
Accounts = Mapping[str, Account]  # by the player's id


@dataclass(frozen=True, slots=True)
class TeamStanding:
    """How a team stands: by the mean of its players."""

    rank: int
    team: int
    points: float
    players: int


def points_for(score: float, sure: Sure | None, lateness: float, settings: RoomSettings) -> float:
    """Return what an answer earns, without a streak.

    Args:
        score: how right it is, from 0 to 1.
        sure: how sure the player was; not said counts as a guess.
        lateness: the part of the time that was taken, from 0 to 1; more counts as 1.
        settings: how the room plays.
    """
    right, wrong = MARKS[(sure or 1) if settings.confidence else 1]
    points = wrong + score * (right - wrong)
    if settings.speed and points > 0:
        points *= 1 - SPEED_PART * min(1.0, max(0.0, lateness))
    return round(points, DIGITS)


def score_of(room: Room, round_: Round, player: str, ballot: Ballot) -> float:
    """Return how right an answer is, from 0 to 1: for numbers, if so played, how near."""
    score = ballot.verdict.score or 0.0
    if not room.settings.closest or score >= 1:
        return score
    distance = _distance(round_, player, ballot)
    return score if distance is None else nearness(distance)


def nearness(distance: float) -> float:
    """Return the score of a logarithmic distance: 1 at 0, and 0 from a factor of 10 on."""
    return max(0.0, 1.0 - distance)


def log_distance(guess: Value, true: Value) -> float:
    """Return |log10(guess/true)|: 0 if they are equal, infinite across zero or without end."""
    if guess == true:
        return 0.0
    if not (_is_finite(guess) and _is_finite(true)) or guess == 0 or true == 0:
        return math.inf
    if (guess > 0) != (true > 0):
        return math.inf
    return abs(_log10(guess) - _log10(true))


def closest(round_: Round) -> tuple[str, ...]:
    """Return who came nearest to the right number, all of them if there are several.

    Nobody, if the question is not about a number, or no answer has the right sign.
    """
    distances = {
        player: distance
        for player, ballot in votes_of(round_).items()
        if (distance := _distance(round_, player, ballot)) is not None and distance < math.inf
    }
    if not distances:
        return ()
    nearest = min(distances.values())
    return tuple(p for p, distance in distances.items() if distance - nearest <= 1e-12)


def counts_for_points(room: Room, round_: Round) -> bool:
    """Return whether a round earns points: revealed, not left out, and with right answers."""
    votable = not is_open_question(question_of(room, round_))
    return round_.revealed and not round_.skipped and votable


def earned(room: Room, player: str) -> Mapping[int, float]:
    """Return what a player has earned by each round that counts, by its number.

    With streaks, each right answer after the first in a row earns a quarter of a point more than
    the one before, up to one point more. A wrong answer, and none, break the row.
    """
    found: dict[int, float] = {}
    account = NOTHING
    for round_ in room.rounds:
        if counts_for_points(room, round_):
            account = _after(account, room, round_, player)
            found[round_.number] = account.last
    return found


def accounts(room: Room, rounds: Iterable[Round], before: Accounts | None = None) -> Accounts:
    """Return what all players have after some rounds.

    Args:
        room: the room.
        rounds: those that follow on `before`, in order; what does not count changes nothing.
        before: what they had; who is not in it had nothing.
    """
    found = before or {}
    for round_ in rounds:
        if counts_for_points(room, round_):
            found = {
                player: _after(found.get(player, NOTHING), room, round_, player)
                for player in room.players
            }
    return found


def _after(account: Account, room: Room, round_: Round, player: str) -> Account:
    """Return a player's account after a round that counts."""
    ballot = counting(round_, player)
    if ballot is None:
        return Account(account.points, 0.0, account.right, account.answered, row=0)
    right = ballot.verdict.right
    row = account.row + 1 if right else 0
    points = points_for(
        score_of(room, round_, player, ballot),
        ballot.sure,
        ballot.took.total_seconds() / room.settings.seconds,
        room.settings,
    )
    if room.settings.streaks and row > 1:
        points += min(STREAK_MOST, STREAK_STEP * (row - 1))
    points = round(points, DIGITS)
    return Account(
        account.points + points, points, account.right + right, account.answered + 1, row
    )


def standings(room: Room, of: Accounts | None = None) -> tuple[Standing, ...]:
    """Return how all players stand, the best first; those of equal points by when they came.

    Who was sent away is not among them.

    Args:
        room: the room.
        of: what they have after all its rounds, if that is known.
    """
    found = accounts(room, room.rounds) if of is None else of
    rows = []
    for player in room.players.values():
        if not player.kicked:
            account = found.get(player.id, NOTHING)
            points = round(account.points, DIGITS)
            rows.append((player, points, account.right, account.answered))
    rows.sort(key=lambda row: -row[1])
    ranks = shared_ranks(row[1] for row in rows)
    return tuple(Standing(rank, *row) for rank, row in zip(ranks, rows, strict=True))


def team_standings(room: Room, rows: Iterable[Standing]) -> tuple[TeamStanding, ...]:
    """Return how the teams stand, the best first; a team without players is left out.

    Args:
        room: the room.
        rows: how its players stand.
    """
    by_team: dict[int, list[float]] = {team: [] for team in range(room.settings.teams)}
    for row in rows:
        if row.player.team is not None:
            by_team[row.player.team].append(row.points)
    means = [
        (team, round(sum(points) / len(points), DIGITS), len(points))
        for team, points in by_team.items()
        if points
    ]
    means.sort(key=lambda team: -team[1])
    ranks = shared_ranks(points for _, points, _ in means)
    return tuple(TeamStanding(rank, *team) for rank, team in zip(ranks, means, strict=True))


def shared_ranks(points: Iterable[float]) -> tuple[int, ...]:
    """Return the ranks of falling points: 1, 1, 3."""
    ranks: list[int] = []
    before: float | None = None
    for place, own in enumerate(points, 1):
        ranks.append(ranks[-1] if ranks and own == before else place)
        before = own
    return tuple(ranks)


def _distance(round_: Round, player: str, ballot: Ballot) -> float | None:
    """Return how far a number is from the right one; None if the answer is no number."""
    posed = round_.posed_for(player)
    if not isinstance(posed, PosedNumeric):
        return None
    guess = number_of(round_, player, ballot)
    return None if guess is None else log_distance(guess, posed.answer)


def _is_finite(value: Value) -> bool:
    return not isinstance(value, float) or math.isfinite(value)


def _log10(value: Value) -> float:
    """Return the logarithm of the amount of a number other than 0."""
    if isinstance(value, Fraction):  # either part may be too large for a float
        return math.log10(abs(value.numerator)) - math.log10(value.denominator)
    return math.log10(abs(value))
