"""Several right options, and what ticking some of them earns."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.kinds import questions as make
from tutor.kinds import FormatError, Verdict, grade, parse, pose
from tutor.kinds.multi import PosedMulti, Ticked
from tutor.memory.rating import Rating

RIGHTS = st.lists(st.booleans(), min_size=2, max_size=9).filter(lambda r: any(r) and not all(r))


def posed(rights: list[bool]) -> PosedMulti:
    options = [
        {"text": f"option {n}", "right": right, "feedback": f"About {n}."}
        for n, right in enumerate(rights)
    ]
    card = pose(make.multi(options=options, shuffle=False), 1)
    assert isinstance(card, PosedMulti)
    return card


CARD = pose(make.multi(shuffle=False), 1)  # 1, 2 and 3 are right


def verdict(text: str) -> Verdict:
    response = parse(CARD, text)
    assert not isinstance(response, FormatError), text
    return grade(CARD, response)


@given(rights=RIGHTS)
def test_ticking_everything_earns_nothing(rights: list[bool]) -> None:
    card = posed(rights)
    assert grade(card, Ticked(frozenset(range(len(rights))))).score == 0


@given(rights=RIGHTS, data=st.data())
def test_the_score_is_one_only_for_exactly_the_right_ones(rights: list[bool], data: Any) -> None:
    card = posed(rights)
    ticked = frozenset(data.draw(st.sets(st.integers(0, len(rights) - 1), min_size=1)))
    right = frozenset(index for index, belongs in enumerate(rights) if belongs)
    judged = grade(card, Ticked(ticked))
    assert judged.score is not None
    assert 0 <= judged.score <= 1
    assert (judged.score == 1) is (ticked == right)
    assert (judged.rating is Rating.GOOD) is (ticked == right)
    # one more wrong option never earns more, one more right one never less
    for index, belongs in enumerate(rights):
        more = grade(card, Ticked(ticked | {index})).score
        assert more is not None
        assert (more >= judged.score) if belongs else (more <= judged.score)


@pytest.mark.parametrize("typed", ["123", "3 1 2", "1,2,3", " 1, 2;3 ", "1\t2\n3", "１２３"])
def test_numbers_may_be_typed_in_every_way(typed: str) -> None:
    assert verdict(typed).score == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Tick at least one option."),
        ("  ", "Tick at least one option."),
        ("1 6", "There is no 6; the numbers are 1 to 5."),
        ("0", "There is no 0; the numbers are 1 to 5."),
        ("1 1", "1 is there twice."),
        ("1 and 2", "Give the numbers of all that are right"),
        ("1.2", "Give the numbers"),
        ("1\u200b2", "The answer holds an invisible character."),
        ("1 " * 1000, "That is longer than 100 characters."),
    ],
)
def test_what_cannot_be_read_is_asked_again(typed: str, said: str) -> None:
    response = parse(CARD, typed)
    assert isinstance(response, FormatError)
    assert said in str(response.message)


def test_partial_credit_and_what_is_said_of_it() -> None:
    part = verdict("1 2")
    assert part.score == pytest.approx(2 / 3)
    assert str(part.detail) == "2 of 3"
    mixed = verdict("1 2 4")
    assert mixed.score == pytest.approx(2 / 3 - 1 / 2)
    assert str(mixed.detail) == "2 of 3, 1 too many"
    assert verdict("1 2 3").detail is None
    assert str(mixed.right_answer) == "forget gate; input gate; output gate"


def test_feedback_is_for_what_was_missed_or_wrongly_ticked() -> None:
    judged = verdict("1 4")
    assert [(p.right, p.chosen, p.note and str(p.note)) for p in judged.parts] == [
        (True, True, None),
        (True, False, "It lets in."),
        (True, False, "This one belongs too."),
        (False, True, "That is GRU's."),
        (False, False, None),
    ]


def test_the_first_wrong_tick_that_names_a_mistake_is_the_diagnosis() -> None:
    assert verdict("5").diagnosis is None
    found = verdict("4 5").diagnosis
    assert found is not None
    assert (found.mistake, str(found.message)) == ("gru-gate", "That is GRU's.")


@pytest.mark.parametrize(
    ("rights", "message"),
    [((True, True), "every option is right"), ((False, False), "no option is marked right")],
)
def test_at_least_one_is_right_and_one_wrong(rights: tuple[bool, ...], message: str) -> None:
    options = [
        {"text": f"option {n}", "right": right, "feedback": "So."} for n, right in enumerate(rights)
    ]
    with pytest.raises(ValidationError, match=message):
        make.multi(options=options)


def test_a_wrong_option_needs_feedback() -> None:
    with pytest.raises(ValidationError, match="a wrong option has no feedback"):
        make.multi(options=[{"text": "a", "right": True}, {"text": "b"}])
