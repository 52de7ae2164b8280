"""The four ratings, each with the interval it would give."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content

from tutor.memory.interval import interval_words
from tutor.memory.rating import Rating
from tutor.session.study import Answered
from tutor.text.message import Message, msg
from tutor.ui.keys import Key, bindings
from tutor.ui.voice import Voice
from tutor.ui.widgets.menu import Item, RowMenu
from tutor.ui.widgets.typeset import MUTED

NAMES: dict[Rating, Message] = {
    Rating.AGAIN: msg("Again"),
    Rating.HARD: msg("Hard"),
    Rating.GOOD: msg("Good"),
    Rating.EASY: msg("Easy"),
}


class Ratings(RowMenu):
    """The suggested rating is at the cursor; arrows move it, Enter goes on, a digit does both."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter,space", "choose", msg("next"), footer=True, shown="enter"),
        *(
            Key(str(rating.value), f"put({rating.value})", msg("rate"), shown="1–4",
                footer=rating is Rating.AGAIN)
            for rating in Rating
        ),
        Key("left", "step(-1)", msg("lower rating"), shown="←"),
        Key("right", "step(1)", msg("higher rating"), shown="→"),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    GAP = 4

    def show_answer(self, answered: Answered, voice: Voice) -> None:
        """Show the intervals of an answer in a language."""
        items = []
        for rating, memory in answered.outcomes.items():
            name = Content.assemble((f"{rating.value} ", ""), voice.say(NAMES[rating]))
            if memory.due is not None:
                name += Content(" ") + voice.say(interval_words(memory.due - answered.at), MUTED)
            items.append(Item(str(rating.value), name))
        self.show(items)

    def suggest(self, rating: Rating) -> None:
        """Put the cursor on a rating."""
        self.put_cursor(rating.value - 1)

    def action_put(self, rating: int) -> None:
        """Rate by number."""
        self.put_cursor(rating - 1)
        self.action_choose()

    @property
    def shows_cursor(self) -> bool:
        """The rating that counts is always visible."""
        return True
