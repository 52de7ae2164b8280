from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.kinds import questions
from tutor.kinds import pose
from tutor.memory.rating import Rating
from tutor.memory.scheduler import Settings
from tutor.session.events import Leave, Rate, Skip, Submit
from tutor.session.study import Answered, Asking, Finished
from tutor.ui.practice import Practice

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def practice(seed: int = 7) -> Practice:
    ticks = iter(range(1000))
    return Practice(
        questions.numeric(), seed, Settings(), lambda: NOW + timedelta(seconds=next(ticks))
    )


def asked(run: Practice) -> int:
    phase = run.state.phase
    assert isinstance(phase, Asking)
    return phase.posed.seed


def test_the_card_is_that_of_its_seed() -> None:
    phase = practice(7).state.phase
    assert isinstance(phase, Asking)
    assert phase.posed == pose(questions.numeric(), 7)


@pytest.mark.parametrize("event", [Rate(Rating.AGAIN, NOW), Rate(None, NOW)])
def test_after_a_verdict_the_next_seed_is_asked(event: Rate) -> None:
    run = practice(7)
    run.send(Submit("1", run.now()))
    assert isinstance(run.state.phase, Answered)
    assert run.state.phase.verdict.score == 0
    run.send(event)
    assert asked(run) == 8


def test_a_skipped_card_is_asked_at_the_next_seed_and_any_seed_can_be_drawn() -> None:
    run = practice(7)
    run.send(Skip(NOW))
    assert asked(run) == 8
    run.draw(0)
    assert asked(run) == 0


def test_leaving_ends_it() -> None:
    run = practice()
    run.send(Leave(NOW))
    assert isinstance(run.state.phase, Finished)


def test_practice_says_that_it_does_not_log() -> None:
    assert practice().logs is False
