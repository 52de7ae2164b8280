from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.kinds import questions as make
from tutor.kinds import FormatError, PoseError, Verdict, grade, parse, pose
from tutor.kinds.match import LETTERS, PosedMatch, typed
from tutor.memory.rating import Rating
from tutor.text.keystrokes import TWINS

SEEDS = st.integers(0, 2**31)
SIGMOIDS = [
    {"left": "forget gate", "right": "sigmoid"},
    {"left": "input gate", "right": "sigmoid"},
    {"left": "candidate", "right": "tanh"},
]


def posed_match(seed: int = 1, **fields: Any) -> PosedMatch:
    posed = pose(make.match(**fields), seed)
    assert isinstance(posed, PosedMatch)
    return posed


def verdict(posed: PosedMatch, text: str) -> Verdict:
    response = parse(posed, text)
    assert not isinstance(response, FormatError), response.message
    return grade(posed, response)


@given(seed=SEEDS)
def test_every_left_side_has_its_right_one_among_those_shown(seed: int) -> None:
    posed = posed_match(seed)
    assert [posed.rights[index].en for index in posed.answers] == ["keeps", "writes", "shows"]
    assert sorted(right.en for right in posed.rights) == ["counts", "keeps", "shows", "writes"]
    assert verdict(posed, typed(posed.answers)).score == 1


def test_right_sides_are_mixed() -> None:
    assert len({posed_match(seed).rights for seed in range(40)}) > 10


def test_the_share_that_is_right_counts() -> None:
    posed = posed_match()
    first, second, third = posed.answers
    swapped = verdict(posed, typed([first, third, second]))
    assert swapped.score == pytest.approx(1 / 3)
    assert swapped.rating is Rating.AGAIN
    assert [part.right for part in swapped.parts] == [True, False, False]
    assert [str(part.label) for part in swapped.parts] == ["keeps", "shows", "writes"]
    assert [part.note and str(part.note) for part in swapped.parts] == [None, "writes", "shows"]
    [distractor] = set(range(4)) - set(posed.answers)
    assert verdict(posed, typed([distractor, second, third])).score == pytest.approx(2 / 3)


def test_right_sides_that_read_alike_stand_for_each_other() -> None:
    posed = posed_match(pairs=SIGMOIDS, distractors=[])
    first, second, third = posed.answers
    assert verdict(posed, typed([second, first, third])).score == 1
    assert verdict(posed, typed([third, first, second])).score == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    "form",
    [
        "1{0} 2{1} 3{2}",
        "3{2} 1{0} 2{1}",
        "1={0}, 2={1}, 3={2}",
        "1 = {0}; 2 = {1}; 3 = {2}",
        "1:{0} 2:{1} 3:{2}",
        "1. {0} 2. {1} 3. {2}",
        "1) {0} 2) {1} 3) {2}",
        "1 → {0}, 2 → {1}, 3 → {2}",
        "1->{0} 2->{1} 3->{2}",
        "1-{0} 2-{1} 3-{2}",
        "1 {0} 2 {1} 3 {2}",
        "1{0}2{1}3{2}",
        "1{0}\n2{1}\n3{2}",
        "{0} {1} {2}",
        "{0}{1}{2}",
        "{0}, {1}, {2}",
        " {0};{1};{2} ",
    ],
)
@pytest.mark.parametrize("change", [str, str.upper, lambda text: text.translate(HANGUL)])
def test_ways_to_type_the_letters(form: str, change: Any) -> None:
    posed = posed_match()
    text = form.format(*(LETTERS[index] for index in posed.answers))
    assert verdict(posed, change(text)).score == 1


HANGUL = str.maketrans({letter: TWINS[letter] for letter in "abcd"})


def test_a_syllable_that_the_input_method_has_joined_is_its_keys() -> None:
    posed = posed_match()
    assert parse(posed, "뮻") == parse(posed, "abc")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Type a letter for each number, such as 1b 2c 3a."),
        ("1 2 3", "Type a letter for each number, such as 1b 2c 3a."),
        ("b1 a2", "Type a letter for each number, such as 1b 2c 3a."),
        ("1b 2a then c", "Type a letter for each number, such as 1b 2c 3a."),
        ("1b 3c", "2 is still open."),
        ("2d", "1, 3 are still open."),
        ("ba", "3 is still open."),
        ("1b 2b 3c", "b is used twice."),
        ("1b 1a 3c", "1 is there twice."),
        ("1b 2a 3e", "There is no e; the letters are a to d."),
        ("1b 2a 3σ", "Type a letter for each number, such as 1b 2c 3a."),
        ("1b 2a 3c 4d", "There is no 4; the numbers are 1 to 3."),
        ("bacd", "There is no 4; the numbers are 1 to 3."),
        ("0a", "There is no 0; the numbers are 1 to 3."),
        ("1b 2a 3c" + " " * 1000, "That is longer than 100 characters."),
        ("1b\u200b 2a 3c", "The answer holds an invisible character."),
    ],
)
def test_what_is_no_match_is_asked_again(text: str, message: str) -> None:
    problem = parse(posed_match(), text)
    assert isinstance(problem, FormatError)
    assert str(problem.message) == message


@given(text=st.text("123abcd =:.)→->,;ㅁㅠ뮤", max_size=20))
def test_near_misses_are_read_or_asked_again(text: str) -> None:
    posed = posed_match()
    response = parse(posed, text)
    if not isinstance(response, FormatError):
        assert len(set(response.rights)) == 3  # type: ignore[union-attr]  # a match


@pytest.mark.parametrize(
    "fields",
    [
        {"pairs": [{"left": "a", "right": "b"}]},
        {"pairs": [{"left": str(n), "right": f"r{n}"} for n in range(9)]},
        {"pairs": [{"left": "a", "right": "b"}, {"left": "a", "right": "c"}]},
        {"pairs": [{"left": {"en": "a", "ko": "가"}, "right": "b"}, {"left": "a", "right": "c"}]},
        {"pairs": [{"left": "a", "right": {"en": "b", "ko": "나"}}, {"left": "c", "right": "b"}]},
        {"pairs": [{"left": "a", "right": "b"}, {"left": "c", "right": "b"}], "distractors": []},
        {"distractors": ["keeps"]},
        {"distractors": [{"en": "keeps", "ko": "아님"}]},
        {"distractors": ["none", "none"]},
        {"distractors": [str(number) for number in range(9)]},
    ],
)
def test_sides_that_cannot_be_told_apart_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        make.match(**fields)


def test_numbers_that_make_sides_alike_are_drawn_again() -> None:
    pairs = [{"left": "three gates", "right": "{3*h}"}, {"left": "four", "right": "{4*h}"}]
    fields = {"pairs": pairs, "distractors": ["12"], "draw": {"h": {"choose": [3, 4, 5]}}}
    for seed in range(30):
        assert "15" in [right.en for right in posed_match(seed, **fields).rights]
    with pytest.raises(PoseError, match="read alike"):
        posed_match(**(fields | {"draw": {"h": {"choose": [3]}}}))


def test_eight_pairs_and_eight_distractors_have_a_letter_each() -> None:
    pairs = [{"left": f"l{n}", "right": f"r{n}"} for n in range(8)]
    posed = posed_match(pairs=pairs, distractors=[f"d{n}" for n in range(8)])
    assert len(posed.rights) == len(LETTERS) == 16
    assert verdict(posed, typed(posed.answers)).score == 1
