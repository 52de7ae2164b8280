"""A plan that arrives from elsewhere, proved before a room is opened with it."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from tutor.kinds import PoseError, Question, pose
from tutor.kinds.face import Faceless, face
from tutor.kinds.written import read_question
from tutor.live.refusals import Refusal
from tutor.live.wire import Open
from tutor.session.room.state import Plan, Planned
from tutor.text.markdown import MarkdownError, parse
from tutor.text.message import msg
from tutor.text.particles import resolve_particles
from tutor.text.safe import UnsafeText, clean, scrub
from tutor.text.words import Words


def plan_of(frame: Open) -> Plan:
    """Return the plan of a frame.

    Raises:
        Refusal: a question is none, cannot be posed with its seed, or is not safe to show.
    """
    planned = tuple(
        Planned(_question(number, item.question, item.seed), item.seed)
        for number, item in enumerate(frame.plan, 1)
    )
    return Plan(frame.title, planned, frame.settings, frame.topics)


def _question(number: int, written: dict[str, object], seed: int) -> Question:
    try:
        for text in _texts(written):
            clean(text)
        question = read_question(written)
    except UnsafeText:
        raise _refused(number, msg("it holds a character that is not safe to show")) from None
    except ValidationError as error:
        raise _refused(number, scrub(error.errors(include_url=False)[0]["msg"][:200])) from None
    except ValueError as error:
        raise _refused(number, scrub(str(error)[:200])) from None
    try:
        posed = pose(question, seed)
        face(posed)
        for text in (posed.explain.en, resolve_particles(posed.explain.ko)):
            parse(text)
    except PoseError as error:
        raise _refused(number, error.message) from None
    except Faceless:
        raise _refused(number, msg("a flashcard is judged by its learner alone")) from None
    except (ValidationError, MarkdownError) as error:
        raise _refused(number, scrub(str(error)[:200])) from None
    return question


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
