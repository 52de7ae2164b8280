from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.kinds import questions as make
from tutor.grading.gaps import same_form
from tutor.kinds import FormatError, PoseError, Verdict, grade, parse, pose
from tutor.kinds.forms import shared_form
from tutor.kinds.text import PosedText
from tutor.memory.rating import Rating


def verdict(typed: str, **fields: object) -> Verdict:
    posed = pose(make.text(**fields), 1)
    response = parse(posed, typed)
    assert not isinstance(response, FormatError)
    return grade(posed, response)


@pytest.mark.parametrize("typed", ["forget gate", "Forget-Gate.", "망각 게이트입니다", " forget "])
def test_a_form_of_either_language_is_right_as_it_is(typed: str) -> None:
    judged = verdict(typed)
    assert (judged.score, judged.rating, judged.understood) == (1, Rating.GOOD, None)


def test_a_forgiven_typo_shows_the_right_spelling() -> None:
    judged = verdict("forgte gate")
    assert (judged.score, str(judged.understood)) == (1, "forget gate")
    assert str(verdict("망각 개이트").understood) == "망각 게이트"


def test_a_mistake_is_named_with_a_typo_too() -> None:
    for typed in ("input gate", "입력 게이트", "inptu gate"):
        judged = verdict(typed)
        assert judged.score == 0
        assert judged.diagnosis is not None
        assert (judged.diagnosis.mistake, str(judged.diagnosis.message)) == (
            "input-gate",
            "It lets in.",
        )


def test_another_term_is_no_typo() -> None:
    judged = verdict("forged gate")
    assert (judged.score, judged.diagnosis, judged.understood) == (0, None, None)
    assert verdict("forged gate", others=None).right


def test_the_first_form_of_each_language_is_shown() -> None:
    answer = verdict("nothing").right_answer
    assert (answer.en, answer.ko) == ("forget gate", "망각 게이트")  # type: ignore[union-attr]  # localized


@pytest.mark.parametrize("typed", ["", " \n", "a\x1b[31m", "a\u202eb", "x" * 201, "x" * 10_000_000])
def test_what_is_no_short_answer_is_asked_again(typed: str) -> None:
    assert isinstance(parse(pose(make.text(), 1), typed), FormatError)


def test_forms_may_name_values() -> None:
    question = make.text(
        draw={"h": {"choose": [8]}},
        accept={"en": ["{4*h} × {h}"], "ko": ["{4*h}"]},
        mistakes=[],
        others=None,
    )
    posed = pose(question, 1)
    assert isinstance(posed, PosedText)
    assert posed.accepted == ("32 × 8", "32")
    assert grade(posed, parse(posed, "32×8")).right  # type: ignore[arg-type]  # a text
    assert grade(posed, parse(posed, "32개")).right  # type: ignore[arg-type]  # a text
    assert not grade(posed, parse(posed, "8 × 32")).right  # type: ignore[arg-type]  # a text


VALUES = {
    "draw": {"a": {"choose": [1, 2]}, "b": {"choose": [1, 2]}},
    "accept": {"en": ["{a}"], "ko": ["{a}"]},
    "mistakes": [{"id": "other", "forms": {"en": ["{b}"], "ko": ["{b}"]}, "say": "b"}],
    "others": None,
}


def test_values_that_make_a_mistake_right_are_drawn_again() -> None:
    for seed in range(40):
        posed = pose(make.text(**VALUES), seed)
        assert isinstance(posed, PosedText)
        assert {*posed.accepted, *posed.mistakes[0].forms} == {"1", "2"}


def test_own_sizes_leave_out_a_mistake_that_reads_like_the_answer() -> None:
    posed = pose(make.text(**VALUES), 1, {"a": 3, "b": 3})
    assert isinstance(posed, PosedText)
    assert posed.mistakes == ()


def test_forms_that_always_coincide_are_refused() -> None:
    with pytest.raises(PoseError, match="coincide"):
        pose(make.text(**{**VALUES, "draw": {"a": {"choose": [1]}, "b": {"choose": [1]}}}), 1)


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"accept": {"en": [], "ko": ["망각"]}}, "at least 1"),
        ({"accept": {"en": ["forget"]}}, "required"),
        ({"accept": {"en": ["Input-Gate"], "ko": ["망각"]}}, "input gate"),
        ({"others": {"en": ["Forget"], "ko": ["리셋"]}}, "Forget"),
        ({"others": {"en": ["reset"], "ko": ["입력게이트"]}}, "입력게이트"),
        ({"others": {"en": ["{x"], "ko": ["{x"]}, "accept": {"en": ["{x"], "ko": ["y"]}}, "{x"),
    ],
)
def test_a_form_has_one_meaning(fields: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        make.text(**fields)


FORMS = st.lists(
    st.sampled_from(["forget gate", "Forget-gate.", "f_t", "$f_t$", "F_t", "σ", "sigma", "2", "2.0",
                     "1,024", "1024개", "the gate", "게이트", "d*h"]), max_size=4
).map(tuple)  # fmt: skip


@given(a=FORMS, b=FORMS)
def test_a_shared_form_is_one_that_is_the_same_as_another(
    a: tuple[str, ...], b: tuple[str, ...]
) -> None:
    by_pairs = next((form for form in b if any(same_form(form, other) for other in a)), None)
    assert shared_form(a, b) == by_pairs
