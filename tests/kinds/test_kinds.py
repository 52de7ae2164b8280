from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kinds import questions as make
from tutor.kinds import (
    Chosen,
    FormatError,
    PoseError,
    Question,
    cards,
    examples,
    grade,
    is_scored,
    parse,
    pose,
)
from tutor.text.localized import Localized

ALL = [
    make.flashcard(),
    make.choice(),
    make.computed(id="t.computed"),
    make.multi(),
    make.truefalse(),
    make.with_reasons(id="t.reasons"),
    make.with_typed_reason(id="t.reason"),
    make.numeric(),
    *cards(make.cloze()),
    make.order(),
    make.match(),
    make.discuss(),
    make.text(),
    make.trace(),
]
SEEDS = st.integers(0, 2**31)


@pytest.mark.parametrize("question", ALL, ids=lambda q: q.id)
@given(seed=SEEDS)
def test_posing_is_deterministic(question: Question, seed: int) -> None:
    assert pose(question, seed) == pose(question, seed)


@pytest.mark.parametrize("question", ALL, ids=lambda q: q.id)
@given(seed=SEEDS)
def test_every_kind_grades_its_own_examples(question: Question, seed: int) -> None:
    posed = pose(question, seed)
    given_examples = examples(posed)
    for text in given_examples.right:
        response = parse(posed, text)
        assert not isinstance(response, FormatError), text
        assert grade(posed, response).right, text
    for text in given_examples.wrong:
        response = parse(posed, text)
        assert not isinstance(response, FormatError), text
        assert not grade(posed, response).right, text
    for text in given_examples.malformed:
        assert isinstance(parse(posed, text), FormatError), text


@pytest.mark.parametrize("question", ALL, ids=lambda q: q.id)
@given(text=st.text(max_size=80))
def test_parse_and_grade_take_any_text(question: Question, text: str) -> None:
    posed = pose(question, 1)
    response = parse(posed, text)
    if not isinstance(response, FormatError):
        grade(posed, response)


@pytest.mark.parametrize("question", ALL, ids=lambda q: q.kind)
def test_a_kind_is_scored_if_its_verdicts_are(question: Question) -> None:
    posed = pose(question, 1)
    response = parse(posed, examples(posed).right[0])
    assert not isinstance(response, FormatError)
    assert is_scored(question) == (grade(posed, response).score is not None)


def test_a_response_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError):
        grade(pose(make.numeric(), 1), Chosen(0))


# What the very same seed gave when it was logged must come back years later.
def test_a_logged_seed_gives_the_same_card_on_every_machine() -> None:
    posed = pose(make.numeric(), 7)
    assert {size.name: size.value for size in posed.sizes} == {"d": 8, "h": 8}
    options = pose(make.choice(), 7).options  # type: ignore[union-attr]  # a choice was posed
    assert [option.text.en for option in options] == ["the product", "neither", "the gate"]


def test_values_are_written_into_prompt_and_explanation() -> None:
    posed = pose(make.numeric(), 7)
    assert posed.prompt.en == "Sizes 8 and 8: how many?"
    assert posed.explain.en == "It is 576, from $8$."


@given(seed=SEEDS)
def test_each_mistake_is_named(seed: int) -> None:
    posed = pose(make.numeric(), seed)
    h = next(size.value for size in posed.sizes if size.name == "h")
    d = next(size.value for size in posed.sizes if size.name == "d")
    verdict = grade(posed, parse(posed, str(3 * h * (d + h + 2))))  # type: ignore[arg-type]  # a number
    assert verdict.diagnosis is not None
    assert (verdict.diagnosis.mistake, str(verdict.diagnosis.message)) == (
        "three-blocks",
        f"Three blocks of {h}.",
    )


def test_draws_that_confuse_the_answer_with_a_mistake_are_drawn_again() -> None:
    # with d = 1 the mistake is right; seeds must always end at d = 2
    question = make.numeric(
        draw={"d": {"choose": [1, 2]}},
        prompt="{d}?",
        explain="{d}",
        answer="2*d",
        mistakes=[{"id": "square", "value": "d + 1", "say": "No."}],
    )
    for seed in range(40):
        assert pose(question, seed).answer == 4  # type: ignore[union-attr]  # numeric


def test_a_question_that_is_always_confused_is_refused() -> None:
    question = make.numeric(mistakes=[{"id": "same", "value": "4*h*(d+h+2)", "say": "No."}])
    with pytest.raises(PoseError):
        pose(question, 1)


def test_own_sizes_are_taken_and_their_coinciding_mistakes_left_out() -> None:
    question = make.numeric(mistakes=[{"id": "swapped", "value": "4*d*(d+h+2)", "say": "No."}])
    posed = pose(question, 1, {"d": 5, "h": 7})
    assert posed.answer == 4 * 7 * 14  # type: ignore[union-attr]  # numeric
    assert posed.learner_args == {"d": 5, "h": 7}
    same = pose(question, 1, {"d": 7, "h": 7})
    assert same.mistakes == ()  # type: ignore[union-attr]  # numeric


@pytest.mark.parametrize("sizes", [{"d": 0}, {"d": -3}, {"d": 2.5}, {"d": 10**12}, {"q": 3}])
def test_sizes_that_make_no_sense_are_refused_by_name(sizes: dict[str, float]) -> None:
    with pytest.raises(PoseError) as caught:
        pose(make.numeric(), 1, sizes)
    assert next(iter(sizes)) in str(caught.value)


def test_an_inexact_answer_needs_a_tolerance() -> None:
    inexact = {"draw": {}, "prompt": "?", "explain": "!", "answer": "exp(1)", "mistakes": []}
    with pytest.raises(PoseError, match="tolerance"):
        pose(make.numeric(**inexact), 1)
    posed = pose(make.numeric(**inexact, tolerance={"abs": 0.001}), 1)
    assert grade(posed, parse(posed, "2.718")).right  # type: ignore[arg-type]  # a number
    assert not grade(posed, parse(posed, "2.72")).right  # type: ignore[arg-type]  # a number


def test_a_wrong_option_brings_its_feedback_and_mistake() -> None:
    posed = pose(make.choice(shuffle=False), 1)
    verdict = grade(posed, Chosen(1))
    assert (verdict.score, verdict.diagnosis and verdict.diagnosis.mistake) == (0, "gate-negative")
    assert [(part.right, part.chosen) for part in verdict.parts] == [
        (True, False),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize("typed", ["forget gate", "망각 게이트", "f", " Forget-Gate "])
def test_a_gap_takes_the_answers_of_both_languages(typed: str) -> None:
    posed = pose(make.cloze(), 1)
    assert grade(posed, parse(posed, typed)).right  # type: ignore[arg-type]  # an answer
    wrong = grade(posed, parse(posed, "cell state"))  # type: ignore[arg-type]  # another gap's
    assert (wrong.score, [part.right for part in wrong.parts]) == (0, [False])


def test_every_gap_is_a_card_that_shows_the_others() -> None:
    first, second = cards(make.cloze())
    assert (first.id, second.id) == ("t.cloze#1", "t.cloze#2")
    posed = pose(second, 1)
    assert posed.question == "t.cloze#2"
    assert posed.prompt.en == "The forget gate multiplies ＿＿＿"
    assert posed.prompt.ko == "＿＿＿에 망각 게이트를 곱합니다"
    verdict = grade(posed, parse(posed, "c"))  # type: ignore[arg-type]  # an answer
    assert verdict.right
    assert verdict.right_answer == Localized(
        "The forget gate multiplies **cell state**", "**셀 상태**에 망각 게이트를 곱합니다"
    )
    assert pose(first, 1).prompt.ko == "셀 상태에 ＿＿＿를 곱합니다"


def test_gaps_that_are_numbered_are_cards_in_that_order() -> None:
    prompt = "It is [[2: later]] and [[1: sooner]]."
    first, second = (pose(card, 1) for card in cards(make.cloze(prompt=prompt)))
    assert first.prompt.en == "It is later and ＿＿＿."
    assert second.prompt.en == "It is ＿＿＿ and sooner."


def test_one_gap_and_other_kinds_are_one_card() -> None:
    for question in (make.cloze(prompt="A [[gap]]."), make.numeric(), make.choice()):
        assert cards(question) == (question,)
    first, second = cards(make.cloze())
    assert cards(second) == (second,) != (first,)


def test_the_numbers_of_all_cards_are_those_of_the_question() -> None:
    drawn = {"draw": {"d": {"from": 1, "to": 10**6}}, "prompt": "{d}: [[{d + 1}]] [[{d + 2}]]"}
    whole = make.cloze(**drawn)
    for seed in range(5):
        numbers = {pose(card, seed).sizes for card in (whole, *cards(whole))}
        assert len(numbers) == 1


def test_fixed_sizes_may_leave_engine_mistakes_that_coincide_unnamed() -> None:
    question = make.numeric(
        draw={},
        compute={
            "count": {
                "engine": "lstm_params",
                "args": {"input_size": 4, "hidden_size": 4, "convention": "textbook"},
            }
        },
        prompt="LSTM(4, 4)?",
        explain="{count.total}",
        answer="count.total",
        mistakes=[],
    )
    assert pose(question, 1).answer == 4 * 4 * 9  # type: ignore[union-attr]  # numeric


@given(seed=SEEDS)
def test_drawn_sizes_keep_every_engine_mistake_apart(seed: int) -> None:
    question = make.numeric(
        draw={"d": {"choose": [8, 10, 16]}, "h": {"choose": [8, 16, 24]}},
        compute={
            "count": {"engine": "lstm_params", "args": {"input_size": "d", "hidden_size": "h"}}
        },
        explain="{count.total:,}",
        answer="count.total",
        mistakes=[],
    )
    posed = pose(question, seed)
    assert posed.solution is not None
    assert posed.solution.coinciding == ()
    assert len(posed.mistakes) == len(posed.solution.mistakes) >= 5  # type: ignore[union-attr]  # numeric


@pytest.mark.parametrize("typed", ["576", "576개", "576 parameters", " 576 개 "])
def test_the_unit_may_be_typed(typed: str) -> None:
    posed = pose(make.numeric(unit={"en": "parameters", "ko": "개"}), 7)
    response = parse(posed, typed)
    assert not isinstance(response, FormatError)
    assert grade(posed, response).right


def test_a_mistake_without_a_value_at_own_sizes_is_left_out() -> None:
    question = make.numeric(mistakes=[{"id": "ratio", "value": "h/(d - 1)", "say": "No."}])
    assert pose(question, 1, {"d": 1, "h": 4}).mistakes == ()  # type: ignore[union-attr]  # numeric


@pytest.mark.parametrize(
    ("typed", "right"), [("{0, 1}", True), ("{1,0}", True), (r"\{0, 1\}", False)]
)
def test_braces_in_a_gap_are_typed_as_they_are_shown(typed: str, right: bool) -> None:
    posed = pose(make.cloze(prompt="A bit is in [[{{0, 1}}|{{1, 0}}]]."), 1)
    response = parse(posed, typed)
    assert not isinstance(response, FormatError)
    assert grade(posed, response).right is right


def test_a_cloze_forgives_a_typo_but_not_another_gaps_answer() -> None:
    posed = pose(cards(make.cloze())[0], 1)
    verdict = grade(posed, parse(posed, "forgt gate"))  # type: ignore[arg-type]  # it can be read
    assert verdict.right
    assert str(verdict.understood) == "forget gate"
    swapped = grade(posed, parse(posed, "cell stat"))  # type: ignore[arg-type]  # it can be read
    assert swapped.score == 0
