"""One's own answer in a vote, and where it is: with the room, or still here."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import partial

from textual.content import Content

from tutor.live.wire import Yours
from tutor.session.room.events import Sure
from tutor.session.room.saying import SURE_WORDS
from tutor.text.message import Message, msg
from tutor.text.words import Words
from tutor.ui.rooms.vote import Draft
from tutor.ui.voice import Voice
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.parts import RIGHT
from tutor.ui.widgets.typeset import MUTED, hanging, typeset


class Whereabouts(Enum):
    """Where an answer is."""

    THERE = "there"
    SENDING = "sending"
    WAITING = "waiting"  # for the connection
    PAUSED = "paused"  # for the room


class MineView(Lines):
    """Shows one's own answer."""

    def show_there(self, yours: Yours, voice: Voice, then: Words | None = None) -> None:
        """Show the answer that the room has, and what can be done with it."""
        head = msg("The room has your answer: **{answer}**", answer=yours.words)
        said = [head, *_beside(yours.sure, yours.reason)]
        self.set_lines(partial(_mine_lines, said, then, voice, "✓"))

    def show_first(self, yours: Yours, voice: Voice) -> None:
        """Show the answer of the first vote while the second is open."""
        head = msg("Your first answer: **{answer}**", answer=yours.words)
        said = [head, *_beside(yours.sure, yours.reason)]
        then = msg("It counts as long as you do not answer again.")
        self.set_lines(partial(_mine_lines, said, then, voice, ""))

    def show_kept(self, yours: Yours, voice: Voice) -> None:
        """Show the answer that counts once the vote is closed."""
        head = msg("Your answer: **{answer}**", answer=yours.words)
        said = [head, *_beside(yours.sure, yours.reason)]
        self.set_lines(partial(_mine_lines, said, None, voice, ""))

    def show_draft(self, draft: Draft, where: Whereabouts, voice: Voice) -> None:
        """Show an answer that the room does not have yet."""
        said = [_on_the_way(draft, where), *_beside(draft.sure, draft.reason)]
        self.set_lines(partial(_mine_lines, said, None, voice, "…"))

    def hide(self) -> None:
        """Show nothing."""
        self.set_lines(None)


def _on_the_way(draft: Draft, where: Whereabouts) -> Message:
    match where:
        case Whereabouts.WAITING:
            return msg(
                "Your answer waits here until the connection is back: **{answer}**",
                answer=draft.words,
            )
        case Whereabouts.PAUSED:
            return msg(
                "Your answer is sent as soon as the room goes on: **{answer}**",
                answer=draft.words,
            )
        case _:
            return msg("Sending your answer: **{answer}**", answer=draft.words)


def _beside(sure: Sure | None, reason: str) -> list[Message]:
    if sure is not None and reason:
        return [msg("{sure}, because: {reason}", sure=SURE_WORDS[sure], reason=reason)]
    if sure is not None:
        return [SURE_WORDS[sure]]
    return [msg("because: {reason}", reason=reason)] if reason else []


def _mine_lines(
    said: Sequence[Words], then: Words | None, voice: Voice, sign: str, width: int
) -> list[Content]:
    head, *beside = said
    room = width - 2 if sign else width
    lines = typeset(voice.document(head), room)
    for words in beside:
        lines += typeset(voice.document(words), room, MUTED)
    if sign:
        lines = hanging(Content.styled(f"{sign} ", f"bold {RIGHT}" if sign == "✓" else ""), lines)
    if then is not None:
        lines += typeset(voice.document(then), width, MUTED)
    return lines
