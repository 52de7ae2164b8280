"""The table of topics: what is due, what is new, how well the rest is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from tutor.store.home import TopicCounts
from tutor.text.message import msg
from tutor.text.width import cells, truncate
from tutor.ui.keys import Key, bindings
from tutor.ui.voice import Voice
from tutor.ui.widgets.line import Line
from tutor.ui.widgets.menu import Item, Menu
from tutor.ui.widgets.meter import bar, recall_style
from tutor.ui.widgets.typeset import MUTED, padded

_TITLE = 32
_COUNT = 6
_BAR = 10


class TopicMenu(Menu):
    """Topics to open."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter,space", "choose", msg("open"), footer=True, shown="enter"),
    )
    BINDINGS = bindings(KEYS)


class Topics(Vertical):
    """The table: a head, and a menu of rows."""

    DEFAULT_CSS = "Topics { height: auto; width: 100%; }"

    def compose(self) -> ComposeResult:
        """Lay out head and rows."""
        yield Line(id="topics-head")
        yield TopicMenu(id="topics")

    @property
    def menu(self) -> TopicMenu:
        """The rows."""
        return self.query_one(TopicMenu)

    def show(self, topics: Sequence[TopicCounts], voice: Voice) -> None:
        """Show topics; nothing, if there are none."""
        self.display = bool(topics)
        titles = [voice.text(topic.title) for topic in topics]
        width = max(map(cells, titles), default=0) + 4
        width = min(_TITLE, max(width, 24))
        head = Content.assemble("  ", padded(voice.say(msg("Topics"), "bold"), width))
        for word in (msg("due"), msg("new")):
            head += padded(voice.say(word, MUTED), _COUNT, right=True)
        head += Content("   ") + voice.say(msg("recall"), MUTED)
        self.query_one("#topics-head", Line).update(head)
        self.menu.show(
            [
                Item(topic.topic, _row(number, title, topic, width, voice))
                for number, (title, topic) in enumerate(zip(titles, topics, strict=True), 1)
            ]
        )


def _row(number: int, title: str, topic: TopicCounts, width: int, voice: Voice) -> Content:
    digit = Content.styled(f"{number} " if number < 10 else "  ", MUTED)
    row = padded(digit + Content(truncate(title, width - 3)), width)
    for count in (topic.due, topic.new):
        row += padded(Content.styled(f"{count:,}", "" if count else MUTED), _COUNT, right=True)
    row += Content("   ")
    if topic.recall is None:
        return row + voice.say(msg("learning") if topic.seen else msg("not started"), MUTED)
    row += bar(topic.recall, _BAR, recall_style(topic.recall))
    return row + Content(f"{topic.recall * 100:4.0f} %")
