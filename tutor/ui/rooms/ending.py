"""The end of a session for one player: how it went, and what was missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from textual.content import Content

from tutor.bank.bank import Bank
from tutor.live.wire import Board, Result, Row
from tutor.session.room.saying import written_points
from tutor.text.localized import Localized
from tutor.text.message import msg, msgs
from tutor.text.words import Words
from tutor.ui.voice import Voice
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.parts import WRONG
from tutor.ui.widgets.typeset import MUTED, typeset


class Settled(NamedTuple):
    """A question that is over: what came of it, and what was asked."""

    result: Result
    prompt: Localized

    @property
    def is_missed(self) -> bool:
        """Whether the first answer, which nobody had talked over, was not right."""
        return self.result.first_score is None or self.result.first_score < 1


class EndView(Lines):
    """Shows how a session went."""

    def show(
        self,
        board: Board | None,
        own: Row | None,
        settled: Sequence[Settled],
        voice: Voice,
        *,
        comes_back: bool,
    ) -> None:
        """Show one's own line in words, and the questions that were missed."""
        self.set_lines(partial(end_lines, board, own, settled, voice, comes_back=comes_back))

    def hide(self) -> None:
        """Show nothing."""
        self.set_lines(None)


def end_lines(
    board: Board | None,
    own: Row | None,
    settled: Sequence[Settled],
    voice: Voice,
    width: int,
    *,
    comes_back: bool = True,
) -> list[Content]:
    """Return the end of a session as lines of at most `width` cells.

    Args:
        board, own: as it ended, and one's own line of it.
        settled: the questions that are over.
        voice: the language.
        width: cells per line.
        comes_back: whether some of what was missed is among the player's own cards.
    """
    lines: list[Content] = []
    for words in _summary(board, own):
        lines += typeset(voice.document(words), width)
    missed = [question for question in settled if question.is_missed]
    if missed:
        lines += [Content(), voice.say(msg("What you missed at first"), "bold")]
    for question in missed:
        mark = Content.styled(f"✗ {question.result.round:>2}  ", WRONG)
        lines.append((mark + voice.say(question.prompt)).truncate(width, ellipsis=True))
    if missed and comes_back:
        back = msg("It comes back in your study.")
        lines.append(voice.say(back, MUTED))
    return lines


def _summary(board: Board | None, own: Row | None) -> Iterator[Words]:
    yield msg("**The session is over.**")
    if own is not None and board is not None:
        yield msgs(
            "{right} of {n} answer right, **{points}** points, place {rank} of {players}.",
            "{right} of {n} answers right, **{points}** points, place {rank} of {players}.",
            n=own.answered,
            right=own.right,
            points=written_points(own.points),
            rank=own.rank,
            players=board.players,
        )


def missed_cards(settled: Iterable[Settled], bank: Bank | None) -> list[str]:
    """Return the cards of one's own question files that were missed, each once."""
    if bank is None:
        return []
    names = (question.result.question for question in settled if question.is_missed)
    cards = (name if name in bank.questions else bank.aliases.get(name, "") for name in names)
    return list(dict.fromkeys(card for card in cards if card in bank.questions))
