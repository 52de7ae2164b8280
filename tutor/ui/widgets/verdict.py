"""The verdict on an answer, and what there is to say about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import assert_never

from textual.content import Content

from tutor.kinds.choice import PosedChoice
from tutor.kinds.cloze import PosedCloze
from tutor.kinds.discuss import PosedDiscuss
from tutor.kinds.flashcard import PosedFlashcard
from tutor.kinds.formula import PosedFormula
from tutor.kinds.match import PosedMatch
from tutor.kinds.multi import PosedMulti
from tutor.kinds.numeric import PosedNumeric
from tutor.kinds.order import PosedOrder
from tutor.kinds.posed import Verdict
from tutor.kinds.text import PosedText
from tutor.kinds.trace import PosedTrace
from tutor.kinds.truefalse import PosedTrueFalse
from tutor.session.study import Answered
from tutor.text.document import Document, Paragraph, Span
from tutor.text.message import Message, msg, msgs
from tutor.text.width import cells
from tutor.text.words import Words
from tutor.ui.voice import Voice
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.parts import (
    PARTLY,
    RIGHT,
    WRONG,
    gap_lines,
    judged_lines,
    match_lines,
    option_lines,
    order_lines,
    point_lines,
    tick_lines,
)
from tutor.ui.widgets.traced import traced
from tutor.ui.widgets.typeset import MUTED, hanging, typeset

Link = tuple[str, Words]  # a key, and the title of what it opens


class VerdictView(Lines):
    """Sign and word, how the answer was understood, the mistake, the right answer, why.

    The explanation ends with what to open to read on.
    """

    def show(self, answered: Answered, links: Sequence[Link], voice: Voice) -> None:
        """Show the verdict on an answer."""
        self.set_lines(partial(verdict_lines, answered, links, voice))

    def hide(self) -> None:
        """Show nothing."""
        self.set_lines(None)


def verdict_lines(
    answered: Answered, links: Sequence[Link], voice: Voice, width: int
) -> list[Content]:
    """Return the verdict as lines of at most `width` cells."""
    verdict, posed = answered.verdict, answered.posed
    groups = _judged(answered, voice, width)
    groups.append(typeset(voice.document(posed.explain), width))
    groups.append(_links(links, voice, width))
    if verdict.score is None:
        question = voice.say(msg("How well did you know it?"), "$act")
        groups.append([question + _hints(answered, voice)])
    lines: list[Content] = []
    for group in groups:
        if lines and group:
            lines.append(Content())
        lines += group
    return lines


def _judged(  # noqa: PLR0911 - one return for each kind
    answered: Answered, voice: Voice, width: int
) -> list[list[Content]]:
    """Return the judgement, and how the parts of the answer fared."""
    verdict, posed, parts = answered.verdict, answered.posed, answered.verdict.parts
    head = _headline(answered, voice, width)  # of what the learner rates there is none
    match posed:
        case PosedFlashcard():
            return [answer_lines(verdict.right_answer, voice, width)]
        case PosedDiscuss():
            return [point_lines(parts, voice, width)]
        case PosedChoice():
            return [head, option_lines(parts, voice, width)]
        case PosedMulti():
            return [head, tick_lines(parts, voice, width)]
        case PosedTrueFalse():
            return [head, *judged_lines(posed, parts, voice, width)]
        case PosedCloze():
            answer = answer_lines(verdict.right_answer, voice, width)
            return [head, gap_lines(parts[0], voice, width), answer]
        case PosedOrder():
            return [head, *order_lines(posed, parts, voice, width)]
        case PosedMatch():
            return [head, match_lines(posed, parts, voice, width)]
        case PosedTrace():
            return [head, traced(posed, verdict, voice, width)]
        case PosedNumeric() | PosedFormula() | PosedText():
            if verdict.right:
                return [head]
            answer = answer_lines(verdict.right_answer, voice, width - 2)
            return [[*head, *(Content("  ") + line for line in answer)]]
        case _:
            assert_never(posed)


def _headline(answered: Answered, voice: Voice, width: int) -> list[Content]:
    """Return sign and word, how the answer was read, and the mistake behind it."""
    verdict = answered.verdict
    sign, word, style = _judgement(verdict)
    head = voice.say(word, f"bold {style}")
    if verdict.detail is not None:
        head += Content("   ") + voice.say(verdict.detail, MUTED)
    hints = _hints(answered, voice)
    lines = [head + hints]
    if verdict.understood is not None:
        understood = msg("understood as {answer}", answer=verdict.understood)
        beside = head + Content("   ") + voice.say(understood, MUTED) + hints
        if cells(beside.plain) <= width - 2:
            lines = [beside]
        else:
            lines += typeset(voice.document(understood), width - 2, MUTED)
    said_by_parts = bool(verdict.parts) and not isinstance(answered.posed, PosedTrace)
    if verdict.diagnosis is not None and not said_by_parts:
        lines += typeset(voice.document(verdict.diagnosis.message), width - 2)
    if verdict.difference is not None:
        lines += typeset(voice.document(verdict.difference), width - 2)
    return hanging(Content.styled(f"{sign} ", f"bold {style}"), lines)


def _hints(answered: Answered, voice: Voice) -> Content:
    """Return how many hints the answer was given with, if any."""
    if not answered.hints:
        return Content()
    counted = msgs("with {n} hint", "with {n} hints", n=answered.hints)
    return Content("   ") + voice.say(counted, MUTED)


def _judgement(verdict: Verdict) -> tuple[str, Message, str]:
    if verdict.right:
        return "✓", msg("Right."), RIGHT
    if verdict.score:
        return "~", msg("Partly right."), PARTLY
    return "✗", msg("Not yet."), WRONG


def _links(links: Sequence[Link], voice: Voice, width: int) -> list[Content]:
    """Return keys with what they open: on one line, or where that is too long, each on its own."""
    shown = [
        hanging(
            Content.styled(f"{key}  ", "bold $act"),
            typeset(voice.document(title), width - 3, MUTED),
        )
        for key, title in links
    ]
    line = Content("   ").join(lines[0] for lines in shown)
    if all(len(lines) == 1 for lines in shown) and cells(line.plain) <= width:
        return [line] if links else []
    return [line for lines in shown for line in lines]


def answer_lines(answer: Words, voice: Voice, width: int) -> list[Content]:
    """Return what is right as lines of at most `width` cells."""
    document = voice.document(answer)
    label = Span(voice.text(msg("Answer:")) + " ")
    match document.blocks:
        case (Paragraph(spans), *rest):
            document = Document((Paragraph((label, *spans)), *rest))
    return typeset(document, width)
