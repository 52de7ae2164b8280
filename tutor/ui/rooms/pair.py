"""Who to talk to, and what somebody answered otherwise."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from tutor.live.wire import Talking
from tutor.session.room.saying import shown_name
from tutor.text.message import Message, msg, msgs
from tutor.text.words import Words
from tutor.ui.voice import Voice
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.typeset import typeset


class PairView(Lines):
    """Shows a talk as one of those who talk sees it."""

    def show(self, talking: Talking, voice: Voice) -> None:
        """Show whom to talk to, and the opposing answer with its reason."""
        self.set_lines(partial(pair_lines, talking, voice))

    def hide(self) -> None:
        """Show nothing."""
        self.set_lines(None)


def pair_lines(talking: Talking, voice: Voice, width: int) -> list[Content]:
    """Return a talk as lines of at most `width` cells."""
    lines = typeset(voice.document(_what_to_do(talking)), width)
    if talking.opposing is not None:
        lines += [Content(), voice.say(msg("Somebody answered otherwise:"), "$muted")]
        lines += _indented(talking.opposing, voice, width, "bold")
    if talking.reason:
        because = msg("because: {reason}", reason=talking.reason)
        lines += _indented(because, voice, width)
    if talking.talk == "pairs":
        then = msg("Convince each other; then everybody answers once more.")
    else:
        then = msg("Then everybody answers once more.")
    return [*lines, Content(), *typeset(voice.document(then), width, "$muted")]


def _indented(words: Words, voice: Voice, width: int, style: str = "") -> list[Content]:
    return [Content("  ") + line for line in typeset(voice.document(words), width - 2, style)]


def _what_to_do(talking: Talking) -> Message:
    if talking.talk == "explain":
        return msg("**Listen:** the question is explained once more.")
    if not talking.partners:
        return msg("**Talk it over** with somebody who answered otherwise.")
    names = [shown_name(name) for name in talking.partners]
    return msgs(
        "**Talk to {names}:** you answered differently.",
        "**Talk to {names}:** you answered differently.",
        n=len(names),
        names=", ".join(names),
    )
