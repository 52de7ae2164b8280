"""Scheduling agrees with the reference library, and adds a fuzz of its own."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.memory.card import CardMemory, CardState
from tutor.memory.fuzz import fuzz_bounds, fuzzed
from tutor.memory.rating import Rating
from tutor.memory.scheduler import Settings, preview, replay, retrievability, schedule

START = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
EXACT = Settings(fuzz=False)

ratings = st.sampled_from(Rating)
waits = st.one_of(
    st.timedeltas(timedelta(0), timedelta(hours=2)),
    st.timedeltas(timedelta(hours=2), timedelta(days=400)),
)
histories = st.lists(st.tuples(ratings, waits), min_size=1, max_size=25)
steps = st.lists(st.sampled_from([timedelta(minutes=m) for m in (1, 5, 10, 60)]), max_size=3).map(
    tuple
)
settings = st.builds(
    Settings,
    desired_retention=st.sampled_from([0.7, 0.85, 0.9, 0.97]),
    learning_steps=steps,
    relearning_steps=steps,
    maximum_interval=st.sampled_from([1, 30, 36_500]),
    fuzz=st.sampled_from([False]),
)


def dated(history: list[tuple[Rating, timedelta]]) -> list[tuple[Rating, datetime]]:
    at, answers = START, []
    for rating, wait in history:
        at += wait
        answers.append((rating, at))
    return answers


@given(histories, settings)
def test_every_answer_leaves_what_the_library_leaves(
    history: list[tuple[Rating, timedelta]], settings: Settings
) -> None:
    library = fsrs.Scheduler(
        desired_retention=settings.desired_retention,
        learning_steps=settings.learning_steps,
        relearning_steps=settings.relearning_steps,
        maximum_interval=settings.maximum_interval,
        enable_fuzzing=False,
    )
    theirs = fsrs.Card(card_id=1, due=START)
    ours = CardMemory.new("rnn.card")
    for rating, at in dated(history):
        later = at + timedelta(days=3, hours=5)
        theirs, _ = library.review_card(theirs, fsrs.Rating(rating), at)
        ours = schedule(ours, rating, at, settings)
        assert (ours.state, ours.step) == (theirs.state, theirs.step)
        assert (ours.stability, ours.difficulty) == (theirs.stability, theirs.difficulty)
        assert (ours.due, ours.last_review) == (theirs.due, theirs.last_review)
        assert retrievability(ours, later) == library.get_card_retrievability(theirs, later)
    assert ours.reps == len(history)


@given(histories, settings)
def test_replay_is_schedule_folded(
    history: list[tuple[Rating, timedelta]], settings: Settings
) -> None:
    settings = replace(settings, fuzz=True)
    answers = dated(history)
    folded = CardMemory.new("rnn.card")
    for rating, at in answers:
        folded = schedule(folded, rating, at, settings)
    assert replay(CardMemory.new("rnn.card"), answers, settings) == folded


def test_a_new_card_has_no_recall_and_no_history_no_effect() -> None:
    new = CardMemory.new("rnn.card")
    assert retrievability(new, START) == 0.0
    assert replay(new, [], EXACT) is new


def test_a_lapse_is_forgetting_what_was_learnt() -> None:
    learning = schedule(CardMemory.new("c"), Rating.AGAIN, START, EXACT)
    assert (learning.state, learning.lapses) == (CardState.LEARNING, 0)
    learnt = schedule(learning, Rating.EASY, START, EXACT)
    assert (learnt.state, learnt.lapses) == (CardState.REVIEW, 0)
    forgotten = schedule(learnt, Rating.AGAIN, START + timedelta(days=9), EXACT)
    assert (forgotten.state, forgotten.lapses) == (CardState.RELEARNING, 1)
    again = schedule(forgotten, Rating.AGAIN, START + timedelta(days=9, hours=1), EXACT)
    assert (again.state, again.lapses) == (CardState.RELEARNING, 1)


def test_preview_shows_what_each_rating_would_do() -> None:
    new = CardMemory.new("c")
    shown = preview(new, START, EXACT)
    assert list(shown) == [Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY]
    assert all(shown[r] == schedule(new, r, START, EXACT) for r in Rating)
    waits = [memory.due - START for memory in shown.values() if memory.due]
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=5.5), timedelta(minutes=10)]
    assert waits[3] == timedelta(days=8)


def test_the_time_zone_of_the_instant_does_not_matter() -> None:
    seoul = START.astimezone(timezone(timedelta(hours=9)))
    new = CardMemory.new("c")
    assert schedule(new, Rating.EASY, seoul, EXACT) == schedule(new, Rating.EASY, START, EXACT)
    with pytest.raises(ValueError, match="has no time zone"):
        schedule(new, Rating.EASY, START.replace(tzinfo=None), EXACT)


@pytest.mark.parametrize(
    ("days", "bounds"),
    # by Anki's formula: 1 + .15 to 7 days + .10 to 20 days + .05 beyond, on both sides
    [(1, (1, 1)), (2, (2, 2)), (3, (2, 4)), (7, (5, 9)), (20, (17, 23)), (100, (93, 107))],
)
def test_fuzz_bounds(days: int, bounds: tuple[int, int]) -> None:
    assert fuzz_bounds(days, 36_500) == bounds


@given(st.integers(1, 5000), st.text(max_size=30), st.integers(1, 500), st.integers(1, 5000))
def test_fuzz_stays_within_bounds_and_maximum(
    days: int, card: str, reps: int, maximum: int
) -> None:
    days = min(days, maximum)
    lower, upper = fuzz_bounds(days, maximum)
    moved = fuzzed(days, card=card, reps=reps, maximum=maximum)
    assert 1 <= lower <= moved <= upper <= maximum
    assert moved <= fuzzed(days + 1, card=card, reps=reps, maximum=maximum + 1)


def test_fuzz_is_the_same_on_every_machine_and_reaches_its_whole_range() -> None:
    share = 0xF4E93F91E77868 / 2**56  # of: printf 'rnn.card\0007' | b2sum -l 56
    assert fuzzed(100, card="rnn.card", reps=7, maximum=999) == 93 + int(share * 15)
    seen = {fuzzed(100, card=f"card-{n}", reps=3, maximum=999) for n in range(600)}
    assert seen == set(range(93, 108))


def test_fuzz_moves_the_due_date_by_whole_days_and_nothing_else() -> None:
    moved = 0
    for n in range(40):
        exact = schedule(CardMemory.new(f"c{n}"), Rating.EASY, START, EXACT)
        fuzzy = schedule(CardMemory.new(f"c{n}"), Rating.EASY, START, Settings())
        assert exact.due is not None
        assert fuzzy.due is not None
        moved += fuzzy.due != exact.due
        assert fuzzy.due - START in {timedelta(days=d) for d in range(6, 11)}
        assert (fuzzy.stability, fuzzy.difficulty) == (exact.stability, exact.difficulty)
    assert moved > 20


@given(st.integers(1, 12), st.timedeltas(timedelta(0), timedelta(days=300)))
def test_a_better_rating_never_waits_less(reps: int, wait: timedelta) -> None:
    history = [(Rating.EASY, START + n * timedelta(days=20)) for n in range(reps)]
    memory = replay(CardMemory.new("c"), history, Settings())
    assert memory.last_review is not None
    shown = preview(memory, memory.last_review + wait, Settings())
    dues = [shown[r].due or START for r in (Rating.HARD, Rating.GOOD, Rating.EASY)]
    assert dues == sorted(dues)


def test_home_needs_no_scheduler() -> None:
    modules = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, tutor.memory.scheduler, tutor.memory.day; print(*sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "tutor.memory.scheduler" in modules
    assert {"fsrs", "hashlib", "typing_extensions", "random"}.isdisjoint(modules)
