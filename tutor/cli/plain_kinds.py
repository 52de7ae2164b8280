"""What each kind of question says and asks in plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from tutor.kinds import Posed, Verdict
from tutor.kinds.choice import PosedChoice
from tutor.kinds.cloze import PosedCloze
from tutor.kinds.flashcard import PosedFlashcard
from tutor.kinds.numeric import PosedNumeric
from tutor.text.message import Message, msg
from tutor.text.words import Words


def options(posed: Posed) -> tuple[Words, ...]:
    """Return what there is to pick from, in the order of its numbers."""
    match posed:
        case PosedChoice():
            return tuple(option.text for option in posed.options)
        case PosedFlashcard() | PosedNumeric() | PosedCloze():
            return ()
        case _:
            assert_never(posed)


def asks(posed: Posed) -> tuple[Message, ...]:
    """Return what is asked, a line of input each."""
    match posed:
        case PosedFlashcard():
            return (msg("Enter turns the card: "),)
        case PosedChoice():
            return (msg("Your choice, 1 to {count}: ", count=len(posed.options)),)
        case PosedCloze() if len(posed.gaps) > 1:
            return tuple(
                msg("({number}) ", number=number) for number in range(1, len(posed.gaps) + 1)
            )
        case PosedNumeric() | PosedCloze():
            return (msg("Your answer: "),)
        case _:
            assert_never(posed)


def notes(posed: Posed, verdict: Verdict) -> Iterator[tuple[int, Words]]:
    """Give what there is to say about single options or gaps, with their numbers."""
    match posed:
        case PosedChoice():
            said = verdict.diagnosis is not None  # the diagnosis is the picked option's feedback
            for number, part in enumerate(verdict.parts, 1):
                if part.chosen and part.note is not None and not said:
                    yield number, part.note
        case PosedCloze():
            for number, part in enumerate(verdict.parts, 1):
                if part.note is not None:
                    yield number, part.note
        case PosedFlashcard() | PosedNumeric():
            return
        case _:
            assert_never(posed)
