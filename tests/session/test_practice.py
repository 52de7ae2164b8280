from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.kinds import questions
from tutor.errors import ExitCode, TutorError
from tutor.kinds import pose
from tutor.memory.rating import Rating
from tutor.memory.scheduler import Settings
from tutor.session.events import Leave, Rate, Skip, Submit
from tutor.session.practice import Practice, ask, shown_phases
from tutor.session.study import Answered, Asking, Finished

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


def test_a_card_that_cannot_be_asked_says_which_and_why() -> None:
    hopeless = questions.numeric(
        draw={"d": {"choose": [8]}},
        prompt="{d}",
        explain="So.",
        answer="d",
        mistakes=[{"id": "same", "value": "d", "say": "The same."}],
    )
    with pytest.raises(TutorError) as error:
        ask(hopeless, 5)
    assert "t.numeric@5" in str(error.value.message)
    assert error.value.exit_code is ExitCode.FAILED
    with pytest.raises(TutorError) as error:
        ask(questions.numeric(), 5, {"nobody": 3})
    assert error.value.exit_code is ExitCode.USAGE


def test_a_card_is_shown_as_asked_as_answered_right_and_with_each_mistake() -> None:
    first, right, *wrong = shown_phases(questions.numeric(), 3, NOW)
    assert isinstance(first, Asking)
    assert isinstance(right, Answered)
    assert right.verdict.right
    answered = [phase for phase in wrong if isinstance(phase, Answered)]
    assert len(answered) == len(wrong) >= 2
    assert not any(phase.verdict.right for phase in answered)
    named = [p.verdict.diagnosis.mistake for p in answered if p.verdict.diagnosis]
    assert named[:2] == ["three-blocks", "no-bias"]


@pytest.mark.parametrize(
    "question",
    [questions.flashcard(), questions.choice(), questions.cloze(), questions.numeric()],
    ids=lambda question: question.kind,
)
def test_every_kind_can_be_shown(question: object) -> None:
    phases = shown_phases(question, 0, NOW)  # type: ignore[arg-type]  # one of the union
    assert len(phases) >= 2
