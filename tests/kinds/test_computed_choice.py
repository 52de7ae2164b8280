"""Choices whose options are an answer and the values its mistakes lead to."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.kinds import questions as make
from tutor.kinds import Chosen, PoseError, grade, pose
from tutor.kinds.choice import PosedChoice
from tutor.kinds.computed_options import write_apart

SEEDS = st.integers(0, 2**31)


def posed(seed: int = 1, sizes: dict[str, int] | None = None, **fields: Any) -> PosedChoice:
    card = pose(make.computed(**fields), seed, sizes)
    assert isinstance(card, PosedChoice)
    return card


def by_hand(answer: str, *mistakes: str, **fields: Any) -> dict[str, Any]:
    named = [
        {"id": f"m-{n}", "value": value, "say": f"No {n}."} for n, value in enumerate(mistakes, 1)
    ]
    return {"draw": {}, "compute": {}, "prompt": "?", "answer": answer, "mistakes": named} | fields


def texts(card: PosedChoice) -> list[str]:
    return [option.text.en for option in card.options]


@given(seed=SEEDS)
def test_the_options_are_the_answer_and_its_mistakes_in_ascending_order(seed: int) -> None:
    card = posed(seed)
    assert card.solution is not None
    known = {f"{mistake.value:,}": mistake for mistake in card.solution.mistakes}
    assert len(card.options) == 4
    values = [int(text.replace(",", "")) for text in texts(card)]
    assert values == sorted(set(values))
    for option in card.options:
        if option.right:
            assert option.text.en == f"{card.solution.total:,}"
            assert (option.feedback, option.mistake) == (None, None)
        else:
            mistake = known[option.text.en]
            assert (option.feedback, option.mistake) == (mistake.message, mistake.id)


def test_which_mistakes_are_taken_varies() -> None:
    question = make.computed(draw={}, compute={"lstm": {
        "engine": "lstm_params", "args": {"input_size": 8, "hidden_size": 24}}}, prompt="?")  # fmt: skip
    drawn = {
        tuple(option.mistake for option in pose(question, seed).options)  # type: ignore[union-attr]  # a choice
        for seed in range(30)
    }
    assert len(drawn) > 5


@given(seed=SEEDS, count=st.integers(1, 8))
def test_as_many_distractors_as_are_wanted(seed: int, count: int) -> None:
    card = posed(seed, distractors=count)
    assert card.solution is not None
    assert len(card.options) == 1 + min(count, len(card.solution.mistakes))


def test_a_wrong_option_is_diagnosed() -> None:
    card = posed()
    for index, option in enumerate(card.options):
        verdict = grade(card, Chosen(index))
        assert verdict.right is option.right
        found = verdict.diagnosis and verdict.diagnosis.mistake
        assert found == option.mistake
    assert [part.note for part in verdict.parts] == [option.feedback for option in card.options]


def test_the_unit_stands_after_each_value() -> None:
    card = posed(unit={"en": "weights", "ko": "개"})
    assert all(option.text.en.endswith(" weights") for option in card.options)
    assert all(option.text.ko.endswith("개") for option in card.options)


def test_the_author_may_add_mistakes_and_put_the_engines_otherwise() -> None:
    mistakes = [
        {"id": "three-blocks", "value": "3*h*(d+h+2)", "say": "Three of {h}."},
        {"id": "one", "value": "1", "say": "One."},
    ]
    said = {
        option.mistake: str(option.feedback)
        for seed in range(20)
        for option in posed(seed, {"d": 8, "h": 24}, distractors=8, mistakes=mistakes).options
    }
    assert said["one"] == "One."
    assert said["three-blocks"] == "Three of 24."
    assert len(said) > 4


def test_of_equal_values_only_the_likeliest_is_an_option() -> None:
    card = posed(**by_hand("6", "7", "3+3", "14/2", "8", distractors=8))
    assert texts(card) == ["6", "7", "8"]
    assert [option.mistake for option in card.options] == [None, "m-1", "m-4"]


def test_nothing_to_choose_from_is_said_at_the_answer() -> None:
    for fields in (by_hand("6"), by_hand("6", "3+3"), by_hand("6", "6.0000000001")):
        with pytest.raises(PoseError, match="nothing to choose from") as caught:
            posed(**fields)
        assert caught.value.where == ("answer",)


def test_draws_that_leave_nothing_to_choose_from_are_drawn_again() -> None:
    fields = by_hand("2*d", "d+2", draw={"d": {"choose": [2, 3]}}, prompt="{d}")
    assert {tuple(texts(posed(seed, **fields))) for seed in range(20)} == {("5", "6")}
    with pytest.raises(PoseError, match="nothing to choose from"):
        posed(1, {"d": 2}, **fields)


def test_own_sizes_are_taken() -> None:
    card = posed(1, {"d": 4, "h": 4})
    assert f"{4 * 4 * (4 + 4 + 2)}" in texts(card)
    assert len(card.options) >= 2


def test_numbers_that_are_not_whole_are_written_with_the_same_decimals() -> None:
    card = posed(**by_hand("1/4", "1/2", "0.125", "0.3"))
    assert texts(card) == ["0.125", "0.250", "0.300", "0.500"]
    assert texts(posed(**by_hand("exp(0-40)", "exp(0-41)"))) == [
        r"$1.56 \times 10^{-18}$",
        r"$4.25 \times 10^{-18}$",
    ]


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ((3456, 1000000), ("3,456", "1,000,000")),
        ((-3, 3), ("−3", "3")),
        ((0.5, 0.25), ("0.50", "0.25")),
        ((2.0, 3.0), ("2", "3")),
        ((0.12345, 0.12346), ("0.12345", "0.12346")),
        ((Fraction(1, 3), Fraction(2, 3)), ("0.333", "0.667")),
        ((0, 1e-17), ("0", r"$1.00 \times 10^{-17}$")),
        ((1.5, 1e-17), ("1.5", r"$1.00 \times 10^{-17}$")),
        ((10**20, 2.5), (r"$1.00 \times 10^{20}$", "2.5")),
    ],
)
def test_values_are_written_so_that_they_can_be_read(
    values: tuple[Any, ...], written: tuple[str, ...]
) -> None:
    assert write_apart(values) == written


@given(
    st.lists(
        st.one_of(st.integers(-(10**18), 10**18), st.floats(-1e12, 1e12), st.fractions(-9, 9)),
        min_size=2,
        max_size=9,
    )
)
def test_different_options_read_differently(values: list[Any]) -> None:
    named = [repr(float(value)) if isinstance(value, float) else f"({value})" for value in values]
    try:
        card = posed(**by_hand(named[0], *named[1:], distractors=8))
    except PoseError:
        return
    assert len(set(texts(card))) == len(card.options) >= 2


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"options": [{"text": "a", "right": True}, {"text": "b", "feedback": "c"}]}, "both"),
        ({"answer": None}, "a choice without options"),
        ({"shuffle": True}, "`shuffle` does not go with `answer`"),
        ({"distractors": 9}, "less than or equal to 8"),
        ({"distractors": 0}, "greater than or equal to 1"),
    ],
)
def test_the_two_forms_are_kept_apart(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        make.computed(**fields)


@pytest.mark.parametrize("key", [{"distractors": 2}, {"unit": "x"}, {"mistakes": []}])
def test_written_options_take_nothing_of_computed_ones(key: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=f"`{next(iter(key))}` does not go with `options`"):
        make.choice(**key)
