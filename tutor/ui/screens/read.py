"""The lecture, page by page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tutor.text.message import msg, msgs
from tutor.text.template import Markdown
from tutor.text.words import Words
from tutor.ui.keys import Key
from tutor.ui.screens.base import BACK
from tutor.ui.screens.scrolling import SCROLL_KEYS, ScrollingScreen
from tutor.ui.widgets.line import Line
from tutor.ui.widgets.page import Page as ScrollPage
from tutor.ui.widgets.prose import Prose

if TYPE_CHECKING:
    from tutor.bank.bank import Bank
    from tutor.bank.topic import Page

NO_PAGES = msg("There are no pages here. Press Esc, and study the questions.")


class ReadScreen(ScrollingScreen):
    """Shows one page at a time, and asks the questions that stand in it.

    Args:
        topic: begin with this topic's first page.
        page: begin with this page; without either, with the first of all.
    """

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter", "answer", msg("answer"), footer=True),
        Key("right,n", "turn(1)", msg("next page"), footer=True, shown="→"),
        Key("left,b", "turn(-1)", msg("page before"), footer=True, shown="←"),
        Key("c", "contents", msg("contents"), footer=True),
        Key("l", "lab", msg("open the lab")),
        Key("s", "study", msg("study this topic")),
        *SCROLL_KEYS,
        BACK,
    )
    AUTO_FOCUS = ""  # the page has no focus; the list of pages takes it while it is shown
    DEFAULT_CSS = """
    ReadScreen {
        #page { width: 1fr; }
        #title { text-style: bold; margin-bottom: 1; }
        #sources { color: $muted; margin-top: 1; }
        #ask { margin: 1 0; color: $act; }
        #contents { width: 44; display: none; border: none; padding: 1 1; }
        &.-contents #contents { display: block; }
        &.-contents.-narrow #contents { width: 100%; }
        &.-contents.-narrow #page { display: none; }
    }
    """

    def __init__(self, topic: str | None = None, page: str | None = None) -> None:
        super().__init__()
        self._topic, self._page = topic, page
        self._pages: tuple[str, ...] = ()
        self._at = 0

    def body(self) -> Iterable[Widget]:
        """Give the page, and the list of all pages beside it."""
        yield Horizontal(
            ScrollPage(
                Line(id="title"), Prose(id="text"), Line(id="ask"), Prose(id="sources"), id="page"
            ),
            OptionList(markup=False, id="contents"),
        )

    def on_mount(self) -> None:
        """Open the page that was asked for."""
        bank = self._bank
        self._pages = self._all_pages()
        if self._page is None and self._topic is not None:
            pages = next((t.pages for t in bank.topics if t.id == self._topic), ())
            self._page = pages[0] if pages else ""
        if self._page in self._pages:
            self._at = self._pages.index(self._page)
        elif self._page is not None:
            self._pages = ()
        super().on_mount()
        self.set_focus(None)

    def renew(self) -> None:
        """Stay at the page, or where it was if it has gone."""
        if self._pages:
            shown, self._pages = self._pages[self._at], self._all_pages()
            last = max(len(self._pages) - 1, 0)
            self._at = self._pages.index(shown) if shown in self._pages else min(self._at, last)

    def _all_pages(self) -> tuple[str, ...]:
        return tuple(page for topic in self._bank.topics for page in topic.pages)

    @property
    def _bank(self) -> Bank:
        return self.app.services.load_bank()

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._bank.pages[self._pages[self._at]] if self._pages else None

    def heading(self) -> tuple[Words, Words]:
        """Return the topic, and which of its pages this is."""
        page = self.page
        if page is None:
            return msg("**Read**"), ""
        topic = self._bank.topic_of(page.id)
        number = topic.pages.index(page.id) + 1
        where = msg("page {number} of {count}", number=number, count=len(topic.pages))
        return msg("**{title}**", title=topic.title), where

    def paint(self) -> None:
        """Show the page."""
        page = self.page
        title, ask = self.query_one("#title", Line), self.query_one("#ask", Line)
        if page is None:
            title.update(Content())
            ask.update(Content())
            self.query_one("#text", Prose).show(self.voice, NO_PAGES)
            self.query_one("#sources", Prose).show(self.voice, None)
            return
        title.update(self.say(page.title))
        self.query_one("#text", Prose).show(self.voice, page.body)
        ask.update(self.say(self._asked_words(page)))
        sources = msg("Sources: {sources}", sources="; ".join(page.sources))
        self.query_one("#sources", Prose).show(self.voice, sources if page.sources else None)
        self._paint_contents()

    def _asked_words(self, page: Page) -> Words:
        asked = self._asked(page)
        if not asked:
            return ""
        return msgs(
            "▸ {n} question about this page: press Enter",
            "▸ {n} questions about this page: press Enter",
            n=len(asked),
        )

    def _paint_contents(self) -> None:
        contents = self.query_one("#contents", OptionList)
        options: list[Option | None] = []
        for topic in self._bank.topics:
            if topic.pages:
                options.append(Option(self.say(topic.title, "bold"), disabled=True))
            for page in topic.pages:
                label = Markdown(self.voice.speaker.say(self._bank.pages[page].title))
                options.append(Option(Content("  ") + self.say(label), id=page))
        contents.set_options(options)
        if self._pages:
            contents.highlighted = contents.get_option_index(self._pages[self._at])

    def _asked(self, page: Page) -> tuple[str, ...]:
        return tuple(question for question in page.ask if self._bank.cards_of(question))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether a key has anything to do on this page."""
        page = self.page
        match action:
            case "answer":
                return page is not None and bool(self._asked(page))
            case "lab":
                return page is not None and page.lab is not None
            case "study" | "contents" | "turn":
                return page is not None
            case _:
                return super().check_action(action, parameters)

    def action_answer(self) -> None:
        """Ask the questions that stand in the page."""
        if page := self.page:
            self.app.study(questions=self._asked(page))

    def action_study(self) -> None:
        """Study the page's topic."""
        if page := self.page:
            self.app.study(topics=[self._bank.topic_of(page.id).id])

    def action_lab(self) -> None:
        """Open the page's lab."""
        page = self.page
        if page is not None and page.lab is not None:
            self.app.open_place("lab", page.lab.name, page.lab.controls)

    def action_turn(self, pages: int) -> None:
        """Turn pages, forwards or back."""
        self._open(self._at + pages)

    def action_contents(self) -> None:
        """Show or hide the list of pages."""
        shown = not self.has_class("-contents")
        self.set_class(shown, "-contents")
        self.set_focus(self.query_one("#contents") if shown else None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the page that was picked from the list."""
        if event.option_id is not None:
            self._open(self._pages.index(event.option_id))
            if self.has_class("-narrow"):
                self.action_contents()

    def _open(self, at: int) -> None:
        if 0 <= at < len(self._pages):
            self._at = at
            self.repaint()
            self.query_one("#page", ScrollPage).scroll_home(animate=False)
