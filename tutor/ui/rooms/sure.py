"""How sure one is of an answer, with what that earns or costs."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content

from tutor.session.room.events import Sure
from tutor.session.room.saying import SURE_WORDS
from tutor.text.message import Message, msg
from tutor.ui.keys import Key, bindings
from tutor.ui.voice import Voice
from tutor.ui.widgets.menu import Item, Menu
from tutor.ui.widgets.typeset import MUTED

_STAKES: dict[Sure, Message] = {
    1: msg("right +1, wrong 0"),
    2: msg("right +2, wrong −2"),
    3: msg("right +3, wrong −6"),
}
_FIRST: Sure = 2


class SureRow(Menu):
    """Three rows; a digit takes one at once, Enter the one at the cursor."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter,space", "choose", msg("choose"), footer=True, shown="enter"),
        *(
            Key(str(sure), f"take({sure})", msg("how sure"), shown="1–3", footer=sure == 1)
            for sure in SURE_WORDS
        ),
        Key("up,k", "step(-1)", msg("up"), shown="↑"),
        Key("down,j", "step(1)", msg("down"), shown="↓"),
    )
    BINDINGS = bindings(KEYS)

    def ask(self, voice: Voice, sure: Sure | None = None) -> None:
        """Ask how sure the learner is, the cursor on what was said before."""
        self.paint(voice)
        self.put_cursor((sure or _FIRST) - 1)

    def paint(self, voice: Voice) -> None:
        """Speak a language; the cursor stays."""
        self.show(
            [
                Item(
                    str(sure),
                    Content.assemble(
                        f"{sure}  ", voice.say(words), "   ", voice.say(_STAKES[sure], MUTED)
                    ),
                )
                for sure, words in SURE_WORDS.items()
            ]
        )

    def action_step(self, step: int) -> None:
        """Move the cursor."""
        self.move(step)

    def action_take(self, sure: int) -> None:
        """Take one by its number."""
        self.put_cursor(sure - 1)
        self.action_choose()
