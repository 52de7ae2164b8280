"""Properties of the choice of a room's questions, over banks that hypothesis makes up."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.kinds import Question, is_scored
from tutor.kinds.cards import question_of
from tutor.kinds.written import read_question
from tutor.session.room.choosing import OPEN_SHARE, Candidate, choose_questions
from tutor.session.room.state import Planned

_KINDS: dict[str, dict[str, object]] = {
    "numeric": {"answer": "1"},
    "text": {"accept": {"en": ["yes"], "ko": ["네"]}},
    "flashcard": {"back": "Back"},
    "discuss": {"points": ["One"]},
}


def card(topic: str, number: int, kind: str, difficulty: int, objective: str | None) -> Question:
    return read_question(
        {
            "id": f"{topic}.q{number}",
            "kind": kind,
            "difficulty": difficulty,
            "objective": objective,
            "prompt": f"{topic} {number}?",
            "explain": "So.",
            **_KINDS[kind],
        }
    )


@st.composite
def banks(draw: st.DrawFn) -> list[Candidate]:
    candidates = []
    for topic in draw(st.lists(st.sampled_from("abcd"), min_size=1, max_size=4, unique=True)):
        for number in range(draw(st.integers(0, 6))):
            kind = draw(st.sampled_from([*_KINDS, "cloze"]))
            difficulty = draw(st.integers(1, 3))
            missed = draw(st.sampled_from([0.0, 0.0, 1.0, 2.5]))
            objective = draw(st.sampled_from([None, "o1", "o2"]))
            if kind == "cloze":
                values = {
                    "id": f"{topic}.q{number}",
                    "kind": "cloze",
                    "difficulty": difficulty,
                    "prompt": "The [[one]] and [[two]]",
                    "explain": "So.",
                }
                cards = [read_question({**values, "id": f"{topic}.q{number}#{n}"}) for n in (1, 2)]
            else:
                cards = [card(topic, number, kind, difficulty, objective)]
            preferred = draw(st.booleans())
            candidates += [Candidate(each, topic, missed, preferred) for each in cards]
    return candidates


counts = st.integers(1, 12)
seeds = st.integers(0, 2**31 - 1)
ranges = st.sampled_from([(1, 3), (1, 1), (2, 3), (1, 2)])


@settings(max_examples=50)
@given(banks(), counts, seeds, ranges, st.booleans())
def test_what_is_chosen_fits(
    bank: list[Candidate], count: int, seed: int, difficulty: tuple[int, int], talks: bool
) -> None:
    chosen = choose_questions(bank, count, seed, difficulty, open_questions=talks)
    assert chosen == choose_questions(list(bank), count, seed, difficulty, open_questions=talks)
    assert len(chosen) <= count
    asked = [planned.question for planned in chosen]
    assert max(Counter(question_of(one.id) for one in asked).values(), default=1) == 1
    assert all(difficulty[0] <= one.difficulty <= difficulty[1] for one in asked)
    assert all(one.kind != "flashcard" for one in asked)
    assert all(0 <= planned.seed < 2**31 for planned in chosen)
    opened = [one for one in asked if not is_scored(one)]
    assert len(opened) <= (count // OPEN_SHARE if talks else 0)
    fitting = {
        question_of(each.question.id)
        for each in bank
        if is_scored(each.question) and difficulty[0] <= each.question.difficulty <= difficulty[1]
    }
    assert len(asked) - len(opened) == min(len(fitting), count - len(opened))


@settings(max_examples=50)
@given(banks(), counts, seeds)
def test_the_most_missed_come_first_and_the_rest_warms_up(
    bank: list[Candidate], count: int, seed: int
) -> None:
    missed = {each.question.id: each.missed for each in bank}
    scored = [p for p in choose_questions(bank, count, seed) if is_scored(p.question)]
    weights = [missed[planned.question.id] for planned in scored]
    assert weights == sorted(weights, reverse=True)
    rest = [p.question.difficulty for p in scored if not missed[p.question.id]]
    assert rest == sorted(rest)


def spread(chosen: tuple[Planned, ...]) -> list[str]:
    return [planned.question.id[0] for planned in chosen]


@settings(max_examples=20)
@given(seeds)
def test_topics_and_kinds_take_turns(seed: int) -> None:
    bank = [
        Candidate(card(topic, number, kind, 2, objective), topic)
        for topic in "abc"
        for number, (kind, objective) in enumerate(
            [("numeric", "o1"), ("text", "o1"), ("numeric", "o2"), ("text", "o2")] * 2
        )
    ]
    chosen = choose_questions(bank, 9, seed)
    assert Counter(spread(chosen)) == {"a": 3, "b": 3, "c": 3}
    assert all(one != other for one, other in pairwise(spread(chosen)))
    kinds = Counter(planned.question.kind for planned in chosen)
    assert min(kinds.values()) >= 3


@settings(max_examples=20)
@given(seeds)
def test_what_is_preferred_fills_up_first(seed: int) -> None:
    bank = [
        Candidate(card(topic, number, "numeric", 1, None), topic, preferred=topic == "b")
        for topic in "ab"
        for number in range(3)
    ]
    assert sorted(spread(choose_questions(bank, 4, seed))) == ["a", "b", "b", "b"]


def test_other_seeds_give_other_questions() -> None:
    bank = [Candidate(card("a", number, "numeric", 1, None), "a") for number in range(9)]
    chosen = {
        tuple(planned.question.id for planned in choose_questions(bank, 4, seed))
        for seed in range(8)
    }
    assert len(chosen) > 1


def test_nobody_begins_with_talk() -> None:
    bank = [
        Candidate(card("a", number, "discuss" if number < 3 else "numeric", 1, None), "a")
        for number in range(13)
    ]
    chosen = choose_questions(bank, 10, 5)
    kinds = [planned.question.kind for planned in chosen]
    assert [at for at, kind in enumerate(kinds) if kind == "discuss"] == [4, 9]


def test_a_question_that_cannot_be_asked_is_left_out() -> None:
    broken = read_question(
        {
            "id": "a.broken",
            "kind": "numeric",
            "prompt": "?",
            "explain": "So.",
            "compute": {"x": {"value": "1/0"}},
            "answer": "x",
        }
    )
    bank = [Candidate(broken, "a", missed=3.0), Candidate(card("a", 1, "text", 1, None), "a")]
    assert [planned.question.id for planned in choose_questions(bank, 5, 1)] == ["a.q1"]
