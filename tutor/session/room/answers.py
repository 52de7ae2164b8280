"""Answers as they are typed: read, judged, and said again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tutor.grading.formula import Value
from tutor.kinds import FormatError, Posed, Verdict, examples, grade, parse
from tutor.kinds.ballots import ballot_key, ballot_words
from tutor.kinds.choice import PosedChoice
from tutor.kinds.multi import PosedMulti
from tutor.kinds.numeric import TypedNumber
from tutor.session.room.itself import Itself
from tutor.session.room.state import Ballot, Round
from tutor.text.safe import scrub
from tutor.text.template import escape
from tutor.text.words import Words

REMEMBERED = 1024  # answers of all rooms; a text has 4,000 characters at most


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer that could be read.

    Attributes:
        key: equal for equal answers to one posed question.
    """

    key: str
    verdict: Verdict


def judge(posed: Posed, text: str) -> Judged | FormatError:
    """Read and judge what was typed; of many players most have typed what another has."""
    return _judged(Itself(posed), text)


@lru_cache(maxsize=REMEMBERED)
def _judged(of: Itself[Posed], text: str) -> Judged | FormatError:
    posed = of.value
    response = parse(posed, text)
    if isinstance(response, FormatError):
        return response
    return Judged(ballot_key(posed, response), grade(posed, response))


def words_of(round_: Round, player: str, ballot: Ballot) -> Words:
    """Return a player's answer as a person would say it, not judged."""
    return _words(Itself(round_.posed_for(player)), ballot.text)


@lru_cache(maxsize=REMEMBERED)
def _words(of: Itself[Posed], text: str) -> Words:
    posed = of.value
    response = parse(posed, text)
    if isinstance(response, FormatError):  # a ballot of a program that read it otherwise
        return escape(scrub(text))
    return ballot_words(posed, response)


def right_answer(posed: Posed) -> Words:
    """Return what is right, as a verdict says it."""
    response = parse(posed, examples(posed).right[0])
    if isinstance(response, FormatError):
        raise TypeError(f"{posed.question} cannot read its own answer")
    return grade(posed, response).right_answer


def why_wrong(posed: Posed, verdict: Verdict) -> Words | None:
    """Return the mistake that was recognised; of a wrong option that names none, its feedback."""
    if verdict.diagnosis is not None:
        return verdict.diagnosis.message
    if not isinstance(posed, PosedChoice | PosedMulti):
        return None
    picked = (part.note for part in verdict.parts if part.chosen and not part.right)
    return next((note for note in picked if note is not None), None)


def number_of(round_: Round, player: str, ballot: Ballot) -> Value | None:
    """Return the number that a player typed; None if it is no number."""
    response = parse(round_.posed_for(player), ballot.text)
    return response.value if isinstance(response, TypedNumber) else None
