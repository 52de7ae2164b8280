"""One card asked again and again, at any seed, with nothing written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from tutor.errors import ExitCode, TutorError
from tutor.grading.formula import Value
from tutor.kinds import Posed, PoseError, Question, examples, pose
from tutor.memory.card import CardMemory
from tutor.memory.scheduler import Settings
from tutor.session.events import Event, Rate, Skip, Submit
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


class Practice:
    """A session of one card. Rating it or leaving it out asks it at the next seed.

    Args:
        question: the question; the intervals shown are those of a new card.
        seed: its first seed.
        settings: of the scheduler, for the intervals.
        clock: gives the present instant, in UTC.

    Raises:
        TutorError: the card cannot be asked at this seed.
    """

    logs = False

    def __init__(
        self, question: Question, seed: int, settings: Settings, clock: Callable[[], datetime]
    ) -> None:
        self._card = _unseen(question)
        self._settings = settings
        self._clock = clock
        self.seed = seed
        self.state = self._begun(seed)

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        return self._clock()

    def draw(self, seed: int) -> StudyState:
        """Ask the card at a seed.

        Raises:
            TutorError: it cannot be asked at this seed; the state is as it was, and the next
                seed is the one after it.
        """
        self.seed = seed
        self.state = self._begun(seed)
        return self.state

    def send(self, event: Event) -> StudyState:
        """Take an event; what it causes is dropped: practice is never logged."""
        match event:
            case Rate() | Skip():
                return self.draw(self.seed + 1)
            case _:
                self.state, _not_written = step(self.state, event)
                return self.state

    def renew(self) -> StudyState:
        """Return the state: the one card is asked as it was when practice began."""
        return self.state

    def _begun(self, seed: int) -> StudyState:
        posed = ask(self._card.question, seed)
        return begin_at(self._card, posed, self._clock(), self._settings)


def shown_phases(question: Question, seed: int, at: datetime) -> tuple[Asking | Answered, ...]:
    """Return a card as it is asked, then as answered: right first, then with each wrong example.

    Raises:
        TutorError: the card cannot be asked at this seed.
    """
    asked = begin_at(_unseen(question), ask(question, seed), at, Settings())
    phases = [asked.phase]
    cases = examples(asked.phase.posed) if isinstance(asked.phase, Asking) else None
    for text in dict.fromkeys((*cases.right[:1], *cases.wrong)) if cases else ():
        answered, _not_written = step(asked, Submit(text, at))
        phases.append(answered.phase)
    return tuple(phase for phase in phases if not isinstance(phase, Finished))


def _unseen(question: Question) -> Card:
    return Card(question, question.id.partition(".")[0], CardMemory.new(question.id))
