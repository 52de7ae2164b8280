"""A card and its verdict as plain lines."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.cli.output import lines, text_width
from tutor.cli.plain_kinds import (
    judged_table,
    lettered,
    notes,
    options,
    remarks,
    shown_table,
    tells_answer,
)
from tutor.cli.worked import worked_lines
from tutor.kinds import Posed, Verdict
from tutor.text.message import Message, msg, msgs
from tutor.text.speaker import Speaker
from tutor.text.width import cells
from tutor.text.words import Words


def said(words: Words, speaker: Speaker, *, first: str = "", rest: str = "") -> Iterator[str]:
    """Give words as lines, with something before the first and before the others."""
    width = text_width() - max(cells(first), cells(rest))
    for number, line in enumerate(lines(words, speaker, max(20, width))):
        yield (rest if number else first) + line


def front_lines(posed: Posed, speaker: Speaker) -> Iterator[str]:
    """Give the prompt, and the options by their numbers."""
    yield from said(posed.prompt, speaker)
    for number, option in enumerate(options(posed), 1):
        yield from said(option, speaker, first=f"  {number}. ", rest="     ")
    choices = lettered(posed)
    if choices:
        yield ""
    for letter, choice in choices:
        yield from said(choice, speaker, first=f"  {letter}. ", rest="     ")
    for line in shown_table(posed, speaker):
        yield f"  {line}"


def verdict_lines(
    posed: Posed, verdict: Verdict, speaker: Speaker, *, hints: int = 0
) -> Iterator[str]:
    """Give what came of an answer, why the right one is right, and how it is worked out.

    Args:
        posed: the card.
        verdict: on the answer.
        speaker: the language.
        hints: how many the learner had seen.
    """
    if verdict.score is not None:
        yield from said(headline(verdict.score), speaker)
    if verdict.detail is not None:
        yield from said(verdict.detail, speaker, first="  ", rest="  ")
    if hints:
        yield from said(msgs("with {n} hint", "with {n} hints", n=hints), speaker)
    if verdict.understood is not None:
        yield from said(msg("Understood as {answer}.", answer=verdict.understood), speaker)
    for words in remarks(posed, verdict):
        yield from said(words, speaker)
    for line in judged_table(posed, verdict, speaker, text_width() - 2):
        yield f"  {line}"
    if tells_answer(posed, verdict):
        yield from said(msg("The answer: {answer}", answer=verdict.right_answer), speaker)
    for number, note in notes(posed, verdict):
        yield from said(note, speaker, first=f"  {number}. ", rest="     ")
    yield from solution_lines(posed, speaker)


def solution_lines(posed: Posed, speaker: Speaker) -> Iterator[str]:
    """Give the explanation, and the solution line by line."""
    yield ""
    yield from said(posed.explain, speaker)
    if posed.solution is not None:
        yield ""
        yield from worked_lines(posed.solution, speaker)


def headline(score: float) -> Message:
    """Return the verdict in a word."""
    if score >= 1:
        return msg("✓ Right.")
    return msg("✗ Not yet.") if score == 0 else msg("~ Partly right.")
