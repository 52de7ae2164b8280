"""A plan that arrives from elsewhere, proved before a room is opened with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pydantic import ValidationError

from tutor.kinds import PoseError, pose
from tutor.kinds.face import Faceless
from tutor.kinds.written import read_question
from tutor.live.patience import TookTooLong, at_most
from tutor.live.refusals import Refusal
from tutor.live.rehearsal import rehearse
from tutor.live.wire import Open, PlannedQuestion
from tutor.session.room.state import Plan, Planned
from tutor.text.markdown import MarkdownError, parse
from tutor.text.message import msg
from tutor.text.particles import resolve_particles
from tutor.text.safe import UnsafeText, clean, scrub
from tutor.text.words import Lang, Words


class Proof:
    """A plan that is played through, question by question, before a room is opened with it.

    Args:
        frame: which holds it.
        say: returns words in a language.
        work: seconds that one question may take.
    """

    def __init__(self, frame: Open, say: Callable[[Lang, Words], str], work: float) -> None:
        self.seed = frame.seed
        self._frame = frame
        self._say = say
        self._work = work
        self._planned: list[Planned] = []

    def go_on(self) -> Plan | None:
        """Prove one more question; return the plan after the last.

        Raises:
            Refusal: the question is none, or something of it cannot be asked, judged or told.
        """
        number = len(self._planned)
        item = self._frame.plan[number]
        try:
            with at_most(self._work):
                self._planned.append(self._proved(item))
        except Exception as error:  # noqa: BLE001 - whatever a stranger's question raises is its fault
            raise _refused(number + 1, _reason(error)) from None
        return self._plan(self._planned) if len(self._planned) == len(self._frame.plan) else None

    def _plan(self, planned: Sequence[Planned]) -> Plan:
        frame = self._frame
        return Plan(frame.title, tuple(planned), frame.settings, frame.topics)

    def _proved(self, item: PlannedQuestion) -> Planned:
        for text in _texts(item.question):
            clean(text)
        question = read_question(item.question)
        posed = pose(question, item.seed)
        for text in (posed.explain.en, resolve_particles(posed.explain.ko)):
            parse(text)
        planned = Planned(question, item.seed)
        rehearse(self._plan((planned,)), self._say)
        return planned


def _reason(error: Exception) -> Words:  # noqa: PLR0911 - one return for each class
    match error:
        case UnsafeText():
            return msg("it holds a character that is not safe to show")
        case ValidationError():
            return scrub(error.errors(include_url=False)[0]["msg"][:200])
        case PoseError():
            return error.message
        case Faceless():
            return msg("a flashcard is judged by its learner alone")
        case TookTooLong():
            return msg("it takes the server too long")
        case ValueError() | MarkdownError():
            return scrub(str(error)[:200])
        case _:
            return msg("the server cannot play it through")


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a JSON value, keys included; its parser has bounded the nesting."""
    match value:
        case str():
            yield value
        case dict():
            for key, item in value.items():
                yield from _texts(key)
                yield from _texts(item)
        case list():
            for item in value:
                yield from _texts(item)
        case _:
            return


def _refused(number: int, reason: Words) -> Refusal:
    return Refusal(
        "plan", msg("Question {number} cannot be asked: {reason}", number=number, reason=reason)
    )
