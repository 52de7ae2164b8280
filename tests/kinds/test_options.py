"""What choice, multi and truefalse have in common: options that must read differently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.kinds import questions as make
from tutor.kinds import PoseError, pose
from tutor.kinds.alike import reading
from tutor.kinds.choice import PosedChoice


def pair(a: object, b: object) -> list[dict[str, object]]:
    return [{"text": a, "right": True}, {"text": b, "feedback": "No."}]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("the gate", "The  gate"),
        ("the gate ", "the gate"),
        ("\uac00", "\u1100\u1161"),
        ({"en": "one", "ko": "하나"}, {"en": "two", "ko": "하나"}),
        ("of $h$", "Of $h$"),
        ("{d}", "{d}"),
    ],
)
@pytest.mark.parametrize("kind", ["choice", "multi"])
def test_options_that_read_alike_are_refused_before_anything_is_drawn(
    kind: str, a: object, b: object
) -> None:
    with pytest.raises(ValidationError, match="two options read"):
        make.question(kind, options=pair(a, b))
    with pytest.raises(ValidationError, match="two options read"):
        make.truefalse(reasons=pair(a, b))


@pytest.mark.parametrize(("a", "b"), [("$h$", "$H$"), ("{d}", "{D}"), ("a b", "ab"), ("{", "{{")])
def test_options_that_may_read_differently_are_kept(a: str, b: str) -> None:
    assert make.question("choice", options=pair(a, b)).kind == "choice"


def test_numbers_that_make_options_alike_are_drawn_again() -> None:
    question = make.question(
        "choice", draw={"d": {"choose": [2, 3]}}, prompt="{d}", options=pair("{2*d}", "{d+2}")
    )
    for seed in range(30):
        posed = pose(question, seed)
        assert isinstance(posed, PosedChoice)
        assert {option.text.en for option in posed.options} == {"6", "5"}
    with pytest.raises(PoseError, match="two options read `4`") as caught:
        pose(question, 1, {"d": 2})
    assert caught.value.where == ("options",)


@pytest.mark.parametrize("maker", [make.choice, make.multi])
def test_the_order_is_drawn_unless_the_author_forbids_it(maker: make.Maker) -> None:
    def orders(**fields: object) -> set[tuple[str, ...]]:
        question = maker(**fields)
        return {
            tuple(option.text.en for option in pose(question, seed).options)  # type: ignore[union-attr]  # it has options
            for seed in range(20)
        }

    assert len(orders()) > 3
    assert len(orders(shuffle=False)) == 1


@given(st.text(max_size=30))
def test_a_reading_is_its_own_reading(text: str) -> None:
    assert reading(reading(text)) == reading(text)
    assert reading(f" {text}\n") == reading(text)
