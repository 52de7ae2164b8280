"""Points: what they reward, and how they are ranked."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kinds.questions import choice, numeric, order
from tests.session.room.rooms import (
    after,
    asking,
    later,
    revealed,
    seated,
    talking,
    vote,
    voted,
    wrong,
)
from tutor.kinds import Question
from tutor.session.room.events import Again, Kick, Lock, Next, Reveal, Skip, Sure
from tutor.session.room.scoring import (
    MARKS,
    closest,
    earned,
    log_distance,
    nearness,
    points_for,
    shared_ranks,
    standings,
    team_standings,
)
from tutor.session.room.settings import RoomSettings
from tutor.session.room.state import Room

CERTAINTY = RoomSettings()
PLAIN = RoomSettings(confidence=False)
FAST = RoomSettings(confidence=False, speed=True)
SURES: tuple[Sure, ...] = (1, 2, 3)
scores = st.floats(0, 1)
lateness = st.floats(-1, 5)
numbers = st.one_of(
    st.integers(-(10**400), 10**400),
    st.floats(),
    st.fractions(),
    st.just(0),
)


@pytest.mark.parametrize(
    ("score", "sure", "points"),
    [
        (1, 1, 1),
        (1, 2, 2),
        (1, 3, 3),
        (0, 1, 0),
        (0, 2, -2),
        (0, 3, -6),
        (0.5, 1, 0.5),
        (0.5, 2, 0),
        (0.5, 3, -1.5),
        (1, None, 1),
        (0, None, 0),
    ],
)
def test_the_marks_of_certainty(score: float, sure: Sure | None, points: float) -> None:
    assert points_for(score, sure, 0, CERTAINTY) == points


@given(chance=scores)
def test_it_pays_best_to_say_how_sure_one_is(chance: float) -> None:
    def expected(sure: Sure) -> float:
        right, wrong = (points_for(score, sure, 0, CERTAINTY) for score in (1, 0))
        return chance * right + (1 - chance) * wrong

    honest: Sure = 1 if chance < 2 / 3 else 2 if chance < 4 / 5 else 3
    assert expected(honest) >= max(map(expected, SURES)) - 1e-12


@given(low=scores, high=scores, sure=st.sampled_from(SURES), late=lateness)
@pytest.mark.parametrize("settings", [CERTAINTY, PLAIN, FAST, RoomSettings(speed=True)])
def test_a_better_answer_never_earns_less(
    settings: RoomSettings, low: float, high: float, sure: Sure, late: float
) -> None:
    low, high = sorted((low, high))
    assert points_for(low, sure, late, settings) <= points_for(high, sure, late, settings)


@given(score=scores, sure=st.sampled_from(SURES), late=lateness, later_still=lateness)
def test_speed_costs_half_at_most_and_makes_no_error_cheaper(
    score: float, sure: Sure, late: float, later_still: float
) -> None:
    settings = RoomSettings(speed=True)
    at_once = points_for(score, sure, 0, settings)
    late, later_still = sorted((late, later_still))
    slow = points_for(score, sure, late, settings)
    assert at_once == points_for(score, sure, late, CERTAINTY) or at_once > 0
    if at_once > 0:
        assert at_once / 2 - 1e-6 <= slow <= at_once
        assert points_for(score, sure, later_still, settings) <= slow
    else:
        assert slow == at_once


@pytest.mark.parametrize(
    ("guess", "true", "distance"),
    [
        (100, 100, 0),
        (0, 0, 0),
        (10, 100, 1),
        (1000, 100, 1),
        (-10, -100, 1),
        (Fraction(1, 10), 1, 1),
        (10**400, 10**399, 1),
        (Fraction(10**400, 3), Fraction(10**399, 3), 1),
        (0, 5, math.inf),
        (5, 0, math.inf),
        (-5, 5, math.inf),
        (math.inf, 5, math.inf),
        (math.nan, 5, math.inf),
        (5, math.nan, math.inf),
    ],
)
def test_distance_is_counted_in_powers_of_ten(guess: float, true: float, distance: float) -> None:
    assert log_distance(guess, true) == pytest.approx(distance)
    assert 0 <= nearness(log_distance(guess, true)) <= 1


@given(guess=numbers, true=numbers)
def test_every_guess_has_a_distance(guess: float, true: float) -> None:
    distance = log_distance(guess, true)
    assert distance >= 0
    assert distance == pytest.approx(log_distance(true, guess))
    assert 0 <= nearness(distance) <= 1


def guessing(guesses: list[str], **settings: bool) -> Room:
    """Return a room in which 100 was asked for."""
    question = numeric(
        draw={"a": {"choose": [100]}}, prompt="{a}?", explain="{a}", answer="a", mistakes=[]
    )
    room = asking(len(guesses), question, lock_when_all=False, confidence=False, **settings)
    for number, guess in enumerate(guesses, 1):
        room = after(room, vote(room, f"p{number}", guess))
    return after(room, Lock(later(2)), Reveal(later(3)))


@pytest.mark.parametrize(
    ("guesses", "nearest"),
    [
        (["90", "120", "1000"], ("p1",)),
        (["50", "200", "10"], ("p1", "p2")),
        (["100", "100", "99"], ("p1", "p2")),
        (["-100", "0", "100000"], ("p3",)),
        (["-100", "0"], ()),
        ([], ()),
    ],
)
def test_the_closest_win_together(guesses: list[str], nearest: tuple[str, ...]) -> None:
    assert closest(guessing(guesses, closest=True).rounds[-1]) == nearest


def test_a_near_number_earns_its_part_where_it_is_so_played() -> None:
    guesses = ["100", "10", "1000", "50", "-100"]
    near = {row.player.id: row.points for row in standings(guessing(guesses, closest=True))}
    assert near == {
        "p1": 1,
        "p2": 0,
        "p3": 0,
        "p4": pytest.approx(1 - math.log10(2), abs=1e-6),
        "p5": 0,
    }
    assert sum(row.points for row in standings(guessing(guesses))) == 1


def test_only_numbers_have_a_closest() -> None:
    assert closest(revealed("rw", choice()).rounds[-1]) == ()


def test_own_numbers_are_measured_by_ones_own_answer() -> None:
    room = voted(asking(5, numeric(), own_numbers=True, closest=True), "rrwwr")
    room = after(room, Reveal(later(3)))
    assert closest(room.rounds[-1]) == ("p1", "p2", "p5")


def play(answers: list[str], question: Question | None = None, **settings: object) -> Room:
    """Return a room that has played a question for each text of answers."""
    questions = [question or numeric()] * len(answers)
    room = seated(len(answers[0]), questions, lock_when_all=False, **settings)
    for text in answers:
        room = after(room, Next(later(0)))
        room = after(voted(room, text, 30), Lock(later(31)), Reveal(later(32)), Next(later(33)))
    return room


def test_equal_points_share_a_rank() -> None:
    assert shared_ranks([5, 5, 3, 3, 3, 0]) == (1, 1, 3, 3, 3, 6)
    assert shared_ranks([]) == ()
    rows = standings(play(["rrw-", "rw--"]))
    assert [(row.rank, row.player.id, row.points) for row in rows] == [
        (1, "p1", 2),
        (2, "p2", 1),
        (3, "p3", 0),
        (3, "p4", 0),
    ]
    assert [(row.right, row.answered) for row in rows] == [(2, 2), (1, 2), (0, 1), (0, 0)]


def test_sums_of_equal_points_are_equal() -> None:
    room = seated(2, [order()] * 3, lock_when_all=False)
    for third in range(3):
        room = after(room, Next(later(0)))
        room = after(
            room, *(vote(room, p, wrong(room.rounds[-1].posed, third)) for p in room.players)
        )
        room = after(room, Lock(later(2)), Reveal(later(3)), Next(later(4)))
    assert [row.rank for row in standings(room)] == [1, 1]


def test_a_streak_earns_more_and_is_broken_by_errors_and_silence() -> None:
    answers = ["r", "r", "r", "r", "r", "r", "r", "w", "r", "-", "r", "r"]
    points = list(earned(play(answers, streaks=True), "p1").values())
    assert points == [1, 1.25, 1.5, 1.75, 2, 2, 2, 0, 1, 0, 1, 1.25]
    assert sum(earned(play(answers), "p1").values()) == 10


def test_speed_is_measured_from_when_the_question_opened() -> None:
    room = play(["r"], speed=True, seconds=60)
    assert earned(room, "p1") == {1: 0.75}


def test_what_counts_in_the_end_earns_the_points() -> None:
    room = after(talking("rwr", numeric()), Next(later(5)))
    room = after(room, vote(room, "p1", wrong(room.rounds[-1].posed), 6), vote(room, "p2", None, 6))
    room = after(room, Lock(later(7)))
    assert sum(row.points for row in standings(room)) == 0  # not before it is revealed
    room = after(room, Reveal(later(8)))
    assert {row.player.id: row.points for row in standings(room)} == {"p1": 0, "p2": 1, "p3": 1}


def test_a_question_asked_again_counts_again_and_one_left_out_does_not() -> None:
    room = after(revealed("rw", numeric(), choice()), Again(later(5)))
    room = after(voted(room, "rr", 6), Lock(later(7)), Reveal(later(8)))
    assert [row.points for row in standings(room)] == [2, 1]
    assert [row.points for row in standings(after(room, Skip(later(9))))] == [1, 0]


def test_who_was_sent_away_is_not_ranked() -> None:
    room = after(play(["rrw"]), Kick("p1", later(40)))
    assert [(row.rank, row.player.id) for row in standings(room)] == [(1, "p2"), (2, "p3")]


def test_a_team_stands_by_the_mean_of_its_players() -> None:
    room = play(["rwrr-"], teams=3)  # p1 p4 | p2 p5 | p3
    found = team_standings(room, standings(room))
    assert [(row.rank, row.team, row.points, row.players) for row in found] == [
        (1, 0, 1, 2),
        (1, 2, 1, 1),
        (3, 1, 0, 2),
    ]
    empty = play(["r"], teams=2)
    assert [row.team for row in team_standings(empty, standings(empty))] == [0]


def test_the_marks_leave_no_level_useless() -> None:
    thresholds = [
        (MARKS[low][1] - MARKS[high][1])
        / (MARKS[high][0] - MARKS[low][0] + MARKS[low][1] - MARKS[high][1])
        for low, high in ((SURES[0], SURES[1]), (SURES[1], SURES[2]))
    ]
    assert thresholds == pytest.approx([2 / 3, 4 / 5])
