from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.kinds import questions
from tutor.errors import ExitCode, TutorError
from tutor.session.practice import ask, faces_of
from tutor.session.study import Answered, Asking

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


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
    first, right, *wrong = faces_of(questions.numeric(), 3, NOW)
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
    faces = faces_of(question, 0, NOW)  # type: ignore[arg-type]  # one of the union
    assert len(list(faces)) == len(faces) >= 2
    with pytest.raises(IndexError):
        faces[len(faces)]
