from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from tests.kinds import questions as make
from tutor.kinds import FormatError, PoseError, grade, parse, pose
from tutor.kinds.discuss import Raised
from tutor.memory.rating import Rating


@pytest.mark.parametrize(
    ("text", "ticked"),
    [
        ("", ()),
        ("  ", ()),
        ("2", (1,)),
        ("1 3", (0, 2)),
        ("3,1", (0, 2)),
        ("123", (0, 1, 2)),
    ],
)
def test_the_numbers_of_the_points_that_came_up(text: str, ticked: tuple[int, ...]) -> None:
    assert parse(pose(make.discuss(), 1), text) == Raised(ticked)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("all", "Type the numbers of the points that came up, 1 to 3, or none."),
        ("4", "There is no 4; the numbers are 1 to 3."),
        ("1 1", "1 is there twice."),
        ("1-3", "Type the numbers of the points that came up, 1 to 3, or none."),
    ],
)
def test_what_is_no_number_of_a_point_is_asked_again(text: str, message: str) -> None:
    problem = parse(pose(make.discuss(), 1), text)
    assert isinstance(problem, FormatError)
    assert str(problem.message) == message


@pytest.mark.parametrize(
    ("count", "ticked", "rating"),
    [
        (3, 3, Rating.GOOD),
        (3, 2, Rating.HARD),
        (3, 1, Rating.AGAIN),
        (3, 0, Rating.AGAIN),
        (4, 2, Rating.HARD),
        (1, 1, Rating.GOOD),
        (1, 0, Rating.AGAIN),
    ],
)
def test_the_share_that_came_up_suggests_the_rating(
    count: int, ticked: int, rating: Rating
) -> None:
    posed = pose(make.discuss(points=[f"point {n}" for n in range(count)]), 1)
    verdict = grade(posed, Raised(tuple(range(ticked))))
    assert (verdict.score, verdict.rating) == (None, rating)
    assert [part.chosen for part in verdict.parts] == [n < ticked for n in range(count)]


@pytest.mark.parametrize(
    "points", [[], [str(n) for n in range(10)], ["a", "a"], ["a", {"en": "a", "ko": "가"}]]
)
def test_points_that_cannot_be_told_apart_are_refused(points: list[Any]) -> None:
    with pytest.raises(ValidationError):
        make.discuss(points=points)


def test_numbers_that_make_points_alike_are_drawn_again() -> None:
    fields = {"points": ["{d}", "2"], "draw": {"d": {"choose": [1, 2]}}}
    for seed in range(30):
        assert pose(make.discuss(**fields), seed).points[0].en == "1"  # type: ignore[union-attr]  # discuss
    with pytest.raises(PoseError, match="read alike"):
        pose(make.discuss(**(fields | {"draw": {"d": {"choose": [2]}}})), 1)
