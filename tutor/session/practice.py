"""One card by itself, at any seed: as it is asked, and as it looks when it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tutor.errors import ExitCode, TutorError
from tutor.grading.formula import Value
from tutor.kinds import Posed, PoseError, Question, examples, pose
from tutor.memory.card import CardMemory
from tutor.memory.scheduler import Settings
from tutor.session.events import Submit
from tutor.session.study import Answered, Asking, Card, Finished, StudyState, begin_at, step
from tutor.text.message import msg
from tutor.text.template import TemplateError


def ask(question: Question, seed: int, sizes: Mapping[str, Value] | None = None) -> Posed:
    """Pose a question.

    Raises:
        TutorError: it cannot be posed with these numbers; a usage error if the sizes are to blame.
    """
    try:
        return pose(question, seed, sizes)
    except (PoseError, TemplateError) as error:
        reason = error.message
    raise TutorError(
        msg("{card} cannot be asked: {reason}", card=f"{question.id}@{seed}", reason=reason),
        exit_code=ExitCode.USAGE if sizes else ExitCode.FAILED,
    )


def begin_practice(question: Question, seed: int, at: datetime, settings: Settings) -> StudyState:
    """Return a session that asks one card at a seed, as if it had never been seen.

    Raises:
        TutorError: the card cannot be asked at this seed.
    """
    card = Card(question, question.id.partition(".")[0], CardMemory.new(question.id))
    return begin_at(card, ask(question, seed), at, settings)


@dataclass(frozen=True, slots=True)
class Faces:
    """A card as it is asked, then as answered: right first, then with each wrong example.

    Attributes:
        begun: a session that asks it.
        at: when it is answered.
        answers: what is typed, face by face after the first.
    """

    begun: StudyState
    at: datetime
    answers: tuple[str, ...]

    def __len__(self) -> int:
        """Return how many faces there are."""
        return 1 + len(self.answers)

    def __getitem__(self, face: int) -> Asking | Answered:
        """Return a face, counted from 0; an answer is judged when it is to be shown."""
        if not 0 <= face < len(self):
            raise IndexError(face)
        state = self.begun
        if face:
            state, _not_written = step(state, Submit(self.answers[face - 1], self.at))
        assert not isinstance(state.phase, Finished)  # noqa: S101 - nobody has left
        return state.phase


def faces_of(question: Question, seed: int, at: datetime) -> Faces:
    """Return the faces of a card.

    Raises:
        TutorError: the card cannot be asked at this seed.
    """
    begun = begin_practice(question, seed, at, Settings())
    assert isinstance(begun.phase, Asking)  # noqa: S101 - just begun
    cases = examples(begun.phase.posed)
    return Faces(begun, at, tuple(dict.fromkeys((*cases.right[:1], *cases.wrong))))
