from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.kinds import questions as make
from tutor.kinds import FormatError, PoseError, Verdict, grade, parse, pose
from tutor.kinds.order import PosedOrder
from tutor.memory.rating import Rating

SEEDS = st.integers(0, 2**31)
TWICE = ["scale", "mask", "scale", "sum"]


def posed_order(seed: int = 1, **fields: Any) -> PosedOrder:
    posed = pose(make.order(**fields), seed)
    assert isinstance(posed, PosedOrder)
    return posed


def typed(posed: PosedOrder, order: list[int]) -> str:
    """What is typed to bring the steps into an order, given as indices of the right one."""
    return " ".join(str(posed.mixed.index(index) + 1) for index in order)


def verdict(posed: PosedOrder, order: list[int]) -> Verdict:
    response = parse(posed, typed(posed, order))
    assert not isinstance(response, FormatError)
    return grade(posed, response)


def complaint(posed: PosedOrder, text: str) -> str:
    problem = parse(posed, text)
    assert isinstance(problem, FormatError)
    return str(problem.message)


@given(seed=SEEDS)
def test_the_right_order_is_never_shown(seed: int) -> None:
    posed = posed_order(seed)
    assert sorted(posed.mixed) == [0, 1, 2, 3]
    assert posed.shown != posed.steps


@given(seed=SEEDS)
def test_nor_is_it_where_steps_read_alike(seed: int) -> None:
    posed = posed_order(seed, steps=["scale", "scale", "sum"])
    assert [step.en for step in posed.shown] != ["scale", "scale", "sum"]


def test_a_logged_seed_gives_the_same_mixture() -> None:
    assert [posed_order(seed).mixed for seed in (1, 2, 3)] == [
        (0, 1, 3, 2),
        (3, 1, 2, 0),
        (1, 0, 3, 2),
    ]


def test_only_the_right_order_is_right() -> None:
    posed = posed_order()
    for order in permutations(range(4)):
        assert verdict(posed, list(order)).right == (order == (0, 1, 2, 3))


@pytest.mark.parametrize(
    ("order", "score", "rating"),
    [
        ([0, 1, 2, 3], 1.0, Rating.GOOD),
        ([3, 2, 1, 0], 0.0, Rating.AGAIN),
        ([1, 0, 2, 3], 2 / 3, Rating.AGAIN),
        ([1, 0, 3, 2], 1 / 3, Rating.AGAIN),
    ],
)
def test_credit_is_for_the_longest_common_order(
    order: list[int], score: float, rating: Rating
) -> None:
    judged = verdict(posed_order(), order)
    assert judged.score == pytest.approx(score)
    assert judged.rating is rating


def test_the_first_wrong_step_is_named() -> None:
    judged = verdict(posed_order(), [0, 2, 1, 3])
    assert [str(part.note) for part in judged.parts if part.note] == [
        "Step 2 should be “scale”: you have “softmax” there."
    ]
    assert judged.parts[1].note is not None
    assert [part.right for part in judged.parts].count(False) == 1
    assert str(judged.right_answer) == "scores → scale → softmax → weighted sum"


def test_steps_that_read_alike_stand_for_each_other() -> None:
    posed = posed_order(steps=TWICE)
    assert verdict(posed, [2, 1, 0, 3]).right
    assert not verdict(posed, [0, 2, 1, 3]).right


@pytest.mark.parametrize("separator", [" ", ",", ", ", "", " > ", ">", " → ", ";", "-", "\n"])
def test_numbers_may_be_separated_as_one_likes(separator: str) -> None:
    posed = posed_order()
    text = separator.join(typed(posed, [0, 1, 2, 3]).split())
    response = parse(posed, f" {text} ")
    assert not isinstance(response, FormatError)
    assert grade(posed, response).right


def test_full_width_digits_are_digits() -> None:
    assert parse(posed_order(), "１ ２ ３ ４") == parse(posed_order(), "1234")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Type the numbers of the steps in their order, such as 4 3 2 1."),
        ("first", "Type the numbers of the steps in their order, such as 4 3 2 1."),
        ("3 3 1 2", "3 is there twice."),
        ("1 2 3 4 4", "4 is there twice."),
        ("1 2 3 5", "There is no 5; the numbers are 1 to 4."),
        ("0 1 2 3", "There is no 0; the numbers are 1 to 4."),
        ("1 2", "3, 4 are still missing."),
        ("3 1 2", "4 is still missing."),
        ("1" * 1000, "That is longer than 100 characters."),
        ("1 2\x1b[A 3 4", "The answer holds an invisible character."),
    ],
)
def test_what_is_no_order_is_asked_again(text: str, message: str) -> None:
    assert complaint(posed_order(), text) == message


@pytest.mark.parametrize(
    "steps",
    [
        ["one", "two"],
        [str(number) for number in range(10)],
        ["same", "same", "same"],
        [{"en": "same", "ko": "가"}, {"en": "same", "ko": "나"}, "other"],
        [{"en": "a", "ko": "같음"}, {"en": "b", "ko": "같음"}, "other"],
        [{"en": " same ", "ko": "가"}, {"en": "same", "ko": "나"}, "other"],
    ],
)
def test_steps_that_cannot_be_ordered_are_refused(steps: list[Any]) -> None:
    with pytest.raises(ValidationError):
        make.order(steps=steps)


def test_numbers_that_make_steps_alike_are_drawn_again() -> None:
    steps = ["first", {"en": "add {d}", "ko": "더하기 {d}"}, {"en": "add 1", "ko": "1 더하기"}]
    drawn = {"d": {"choose": [1, 2]}}
    for seed in range(30):
        assert "add 2" in [step.en for step in posed_order(seed, steps=steps, draw=drawn).steps]
    with pytest.raises(PoseError, match="read alike"):
        posed_order(steps=steps, draw={"d": {"choose": [1]}})
    with pytest.raises(PoseError, match="read alike"):
        pose(make.order(steps=steps, draw=drawn), 1, {"d": 1})
