"""What each kind of question says and asks in plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from tutor.cli.output import lines
from tutor.kinds import Posed, Verdict
from tutor.kinds.choice import PosedChoice
from tutor.kinds.cloze import PosedCloze
from tutor.kinds.discuss import PosedDiscuss
from tutor.kinds.flashcard import PosedFlashcard
from tutor.kinds.formula import PosedFormula
from tutor.kinds.judged import judged_lines, slip_notes
from tutor.kinds.match import LETTERS, PosedMatch, typed
from tutor.kinds.multi import PosedMulti
from tutor.kinds.numeric import PosedNumeric
from tutor.kinds.order import PosedOrder
from tutor.kinds.posed import Part
from tutor.kinds.text import PosedText
from tutor.kinds.trace import PosedTrace
from tutor.kinds.truefalse import PosedTrueFalse
from tutor.text.message import Message, msg
from tutor.text.speaker import Speaker
from tutor.text.template import unescaped
from tutor.text.width import cells, pad
from tutor.text.words import Words


def options(posed: Posed) -> tuple[Words, ...]:
    """Return what there is to pick from, in the order of its numbers."""
    match posed:
        case PosedChoice() | PosedMulti():
            return tuple(option.text for option in posed.options)
        case PosedTrueFalse():
            return tuple(option.text for option in posed.reasons)
        case PosedOrder():
            return posed.shown
        case PosedMatch():
            return posed.lefts
        case (
            PosedFlashcard()
            | PosedNumeric()
            | PosedFormula()
            | PosedCloze()
            | PosedText()
            | PosedTrace()
            | PosedDiscuss()
        ):
            return ()
        case _:
            assert_never(posed)


def lettered(posed: Posed) -> tuple[tuple[str, Words], ...]:
    """Return what there is to pick by letter, each with its letter."""
    if isinstance(posed, PosedMatch):
        return tuple(zip(LETTERS, posed.rights, strict=False))
    return ()


def hidden(posed: Posed) -> tuple[Words, ...]:
    """Return what Enter shows before anything is asked."""
    return posed.points if isinstance(posed, PosedDiscuss) else ()


def asks(posed: Posed) -> tuple[Message, ...]:  # noqa: PLR0911 - one return for each kind
    """Return what is asked, a line of input each."""
    match posed:
        case PosedFlashcard():
            return (msg("Enter turns the card: "),)
        case PosedChoice():
            return (msg("Your choice, 1 to {count}: ", count=len(posed.options)),)
        case PosedMulti():
            return (msg("The numbers of all that are right, such as 1 3: "),)
        case PosedTrueFalse():
            verdict = msg("True or false, t or f: ")
            if posed.reasons:
                return verdict, msg("The reason, 1 to {count}: ", count=len(posed.reasons))
            return (verdict, msg("The reason: ")) if posed.accepted else (verdict,)
        case PosedOrder():
            example = " ".join(map(str, range(len(posed.steps), 0, -1)))
            return (msg("Your order, such as {example}: ", example=example),)
        case PosedMatch():
            return (msg("A letter for each number, such as {example}: ", example=typed([1, 0])),)
        case PosedDiscuss():
            return (msg("The numbers of those that came up, or Enter for none: "),)
        case PosedTrace():
            return tuple(msg("{cell} = ", cell=cell.name) for cell in posed.asked)
        case PosedFormula():
            return (msg("Your formula in {names}: ", names=posed.vocabulary.listed),)
        case PosedNumeric() | PosedCloze() | PosedText():
            return (msg("Your answer: "),)
        case _:
            assert_never(posed)


def notes(posed: Posed, verdict: Verdict) -> Iterator[tuple[int, Words]]:
    """Give what there is to say about single options, with their numbers."""
    match posed:
        case PosedChoice():
            yield from _of_picked(verdict.parts, verdict)
        case PosedTrueFalse() if posed.reasons:  # the first part is the verdict
            yield from _of_picked(verdict.parts[1:], verdict)
        case PosedMulti():
            yield from ((n, note) for n, _, note in _noted(verdict.parts))
        case PosedMatch():
            yield from ((n, _corrected(part, note)) for n, part, note in _noted(verdict.parts))
        case (
            PosedFlashcard()
            | PosedNumeric()
            | PosedFormula()
            | PosedCloze()
            | PosedTrueFalse()
            | PosedOrder()
            | PosedText()
            | PosedTrace()
            | PosedDiscuss()
        ):
            return
        case _:
            assert_never(posed)


def _of_picked(parts: Sequence[Part], verdict: Verdict) -> Iterator[tuple[int, Words]]:
    """Give the note of the option that was picked, unless the diagnosis has said it."""
    if verdict.diagnosis is None:
        yield from ((n, note) for n, part, note in _noted(parts) if part.chosen)


def _noted(parts: Sequence[Part]) -> Iterator[tuple[int, Part, Words]]:
    """Give the parts with a note, counted from 1, and their notes."""
    for number, part in enumerate(parts, 1):
        if part.note is not None:
            yield number, part, part.note


def remarks(posed: Posed, verdict: Verdict) -> Iterator[Words]:
    """Give what there is to say about the answer as a whole."""
    match posed:
        case PosedMulti():  # each option that was missed or ticked wrongly has a note of its own
            return
        case PosedOrder():  # only the first step that is not in place has a note
            yield from (note for _, _, note in _noted(verdict.parts))
        case PosedCloze():
            yield from (_corrected(part, note) for _, part, note in _noted(verdict.parts))
        case (
            PosedFlashcard()
            | PosedChoice()
            | PosedTrueFalse()
            | PosedNumeric()
            | PosedFormula()
            | PosedText()
            | PosedMatch()
            | PosedTrace()
            | PosedDiscuss()
        ):
            if verdict.diagnosis is not None:
                yield verdict.diagnosis.message
            if verdict.difference is not None:
                yield verdict.difference
        case _:
            assert_never(posed)


def _corrected(part: Part, answer: Words) -> Message:
    """Return what was typed or chosen, and what is right."""
    return msg("{typed} → **{answer}**", typed=unescaped(part.label), answer=unescaped(answer))


def tells_answer(posed: Posed, verdict: Verdict) -> bool:
    """Return whether the right answer is still to be told; its parts may tell it already."""
    match posed:
        case PosedMatch() | PosedTrace() | PosedDiscuss():
            return False
        case PosedFlashcard():
            return True
        case (
            PosedChoice()
            | PosedMulti()
            | PosedTrueFalse()
            | PosedNumeric()
            | PosedCloze()
            | PosedFormula()
            | PosedText()
            | PosedOrder()
        ):
            return not verdict.right
        case _:
            assert_never(posed)


def shown_table(posed: Posed, speaker: Speaker) -> list[str]:
    """Return the table that a card shows before it is answered; no lines if it has none.

    What is asked for stands in brackets by its name, as the dialogue asks for it.
    """
    if not isinstance(posed, PosedTrace):
        return []
    rows = [
        [
            _plain(row.label, speaker),
            *(cell.shown if cell.given else f"[{cell.name}]" for cell in row.cells),
        ]
        for row in posed.rows
    ]
    if posed.columns:
        rows.insert(0, ["", *(_plain(head, speaker) for head in posed.columns)])
    widest = [
        max(cells(row[n]) for row in rows if n < len(row)) for n in range(max(map(len, rows)))
    ]
    return [
        "  ".join(
            pad(text, width, "right" if n else "left")
            for n, (text, width) in enumerate(zip(row, widest, strict=False))
        )
        for row in rows
    ]


def judged_table(posed: Posed, verdict: Verdict, speaker: Speaker, width: int) -> list[str]:
    """Return the table with its marks and the right values; no lines if the card has none."""
    if not isinstance(posed, PosedTrace):
        return []
    table = judged_lines(
        posed,
        verdict.parts,
        [_plain(row.label, speaker) for row in posed.rows],
        [_plain(head, speaker) for head in posed.columns],
        width,
        ascii=speaker.ascii,
    )
    return [
        *("".join(text for text, _ in line).rstrip() for line in table),
        *(_plain(note, speaker) for note in slip_notes(posed, verdict.parts)),
    ]


def _plain(words: Words, speaker: Speaker) -> str:
    return " ".join(lines(words, speaker))
