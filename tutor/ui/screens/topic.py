"""One topic: read it, study it, or practise ahead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tutor.store.home import TopicCounts
from tutor.text.message import msg, msgs
from tutor.text.words import Words
from tutor.ui.keys import Key
from tutor.ui.screens.base import BACK, TutorScreen
from tutor.ui.widgets.menu import Item, Menu
from tutor.ui.widgets.meter import bar, recall_style
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.prose import Prose
from tutor.ui.widgets.typeset import MUTED, joined

if TYPE_CHECKING:
    from tutor.bank.bank import Topic

GONE = msg("This topic is no longer in the question files. Press Esc.")


class TopicScreen(TutorScreen):
    """What can be done with a topic, and what it consists of.

    Args:
        topic: its id, in the bank.
    """

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("s", "do('study')", msg("study"), footer=True),
        Key("r", "do('read')", msg("read"), footer=True),
        Key("a", "do('ahead')", msg("practise all"), footer=True),
        Key("up,k", "move(-1)", msg("up"), shown="↑"),
        Key("down,j", "move(1)", msg("down"), shown="↓"),
        BACK,
    )

    def __init__(self, topic: str) -> None:
        super().__init__()
        self._topic = topic

    def body(self) -> Iterable[Widget]:
        """Give the counts, the menu and the pages."""
        yield Page(
            Prose(id="about"),
            Menu(id="choices"),
            Static(Content(), id="pages", markup=False),
        )

    def begin(self) -> None:
        """Begin on what is to do."""
        self.query_one(Menu).focus()

    def heading(self) -> tuple[Words, Content]:
        """Return the topic's title and how well it is remembered."""
        counts = self._counts()
        if counts is None or counts.recall is None:
            return msg("**{topic}**", topic=self._title), Content()
        recall = bar(counts.recall, 10, recall_style(counts.recall))
        return msg("**{topic}**", topic=self._title), recall + Content(
            f" {counts.recall * 100:.0f} %"
        )

    def paint(self) -> None:
        """Show the choices and the pages."""
        self.app.count()
        bank = self.app.services.load_bank()
        listed = () if self._found is None else self._found.pages
        self.query_one("#about", Prose).show(self.voice, *self._about())
        self.query_one(Menu).show(
            [
                Item(name, self.say(title), self.say(right, MUTED))
                for name, title, right in self._offers()
            ]
        )
        lines = [self.say(msg("Pages"), "bold")]
        lines += [
            Content.styled(f"{number:3}  ", MUTED) + self.say(bank.pages[page].title)
            for number, page in enumerate(listed, 1)
        ]
        pages = self.query_one("#pages", Static)
        pages.display = bool(listed)
        pages.update(joined(lines))

    @property
    def _found(self) -> Topic | None:
        """The topic; none if it has left the question files."""
        return self.app.services.load_bank().find_topic(self._topic)

    @property
    def _title(self) -> Words:
        return self._topic if self._found is None else self._found.title

    def _counts(self) -> TopicCounts | None:
        return next(
            (counts for counts in self.app.counts.topics if counts.topic == self._topic), None
        )

    def _about(self) -> Iterator[Words]:
        if self._found is None:
            yield GONE
            return
        topics = {topic.id: topic.title for topic in self.app.services.load_bank().topics}
        needed = [topics[name] for name in self._found.requires if name in topics]
        for title in needed:
            yield msg("Builds on *{topic}*.", topic=title)

    def _offers(self) -> Iterator[tuple[str, Words, Words]]:
        """Give what can be done: its name, its title, and how much of it there is."""
        topic, counts = self._found, self._counts()
        if topic is None:
            return
        new = min(counts.new, self.app.counts.new) if counts else 0
        if counts is not None and counts.due + new:
            right = msg("{due:,} due, {new:,} new", due=counts.due, new=new)
            yield "study", msg("Study"), right
        if topic.pages:
            pages = msgs("{n} page", "{n} pages", n=len(topic.pages))
            yield "read", msg("Read"), pages
        if topic.questions:
            cards = msgs("{n} card", "{n} cards", n=len(topic.questions))
            yield "ahead", msg("Practise all, due or not"), cards

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is."""
        if action == "do":
            return str(parameters[0]) in {name for name, _, _ in self._offers()}
        return super().check_action(action, parameters)

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self.query_one(Menu).move(step)

    @on(Menu.Chosen)
    def choose(self, event: Menu.Chosen) -> None:
        """Do what was chosen."""
        self.action_do(event.name)

    def action_do(self, what: str) -> None:
        """Study, read, or practise every card."""
        if what == "study":
            self.app.study([self._topic])
        elif what == "read":
            self.app.open_place("read", self._topic)
        elif self._found is not None:
            self.app.study(questions=self._found.questions)
