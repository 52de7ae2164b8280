"""The end of a session: what was studied, how it went, what comes tomorrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget

from tutor.session.summary import ObjectiveScore, Summary
from tutor.text.message import Message, msg, msgs
from tutor.text.width import truncate
from tutor.text.words import Words
from tutor.ui.keys import Key
from tutor.ui.screens.base import TutorScreen
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.menu import Item, Menu
from tutor.ui.widgets.meter import bar, recall_style
from tutor.ui.widgets.mistakes import mistake_lines
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.prose import Prose
from tutor.ui.widgets.typeset import padded

_TITLE = 44
_BAR = 10


class SummaryScreen(TutorScreen):
    """Shows a summary.

    Args:
        summary: of the session that has ended.
    """

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("up,k", "move(-1)", msg("up"), shown="↑"),
        Key("down,j", "move(1)", msg("down"), shown="↓"),
        Key("pageup", "page(-1)", msg("page up")),
        Key("pagedown", "page(1)", msg("page down")),
        Key("escape,q", "leave", msg("home"), footer=True, shown="esc"),
    )

    def __init__(self, summary: Summary) -> None:
        super().__init__()
        self._summary = summary

    def body(self) -> Iterable[Widget]:
        """Give the counts, the objectives, the mistakes, and what is next."""
        yield Page(
            Prose(id="total"),
            Lines(id="objectives"),
            Lines(id="mistakes"),
            Prose(id="unposed", style="$text-warning"),
            Prose(id="tomorrow"),
        )
        yield Menu(id="next")

    def begin(self) -> None:
        """Offer what comes next."""
        self.set_focus(self.query_one("#next", Menu))

    def heading(self) -> tuple[Words, Words]:
        """Return the title and the time it took."""
        minutes = max(1, round(self._summary.time.total_seconds() / 60))
        spent = msgs("{n} minute", "{n} minutes", n=minutes) if self._summary.answers else ""
        return msg("**Session**"), spent

    def paint(self) -> None:
        """Show the summary."""
        summary = self._summary
        self.query_one("#total", Prose).show(self.voice, *self._totals())
        objectives = self.query_one("#objectives", Lines)
        objectives.set_lines(self._objectives if summary.objectives else None)
        mistakes = self.query_one("#mistakes", Lines)
        mistakes.set_lines(self._mistakes if summary.mistakes else None)
        self.query_one("#unposed", Prose).show(self.voice, *self._unposed())
        home = self.app.count()
        tomorrow = msgs(
            "{n} card is due tomorrow.", "{n} cards are due tomorrow.", n=home.forecast[1]
        )
        self.query_one("#tomorrow", Prose).show(self.voice, tomorrow)
        items = [Item("home", self.say(msg("Back to Home")))]
        if home.due + home.new:
            left = msgs("{n} card left today", "{n} cards left today", n=home.due + home.new)
            items.append(Item("more", self.say(msg("Go on studying")), self.say(left, "$muted")))
        self.query_one("#next", Menu).show(items)

    def _totals(self) -> Iterator[Message]:
        summary = self._summary
        if not summary.answers:
            yield msg("No card was answered in this session.")
        else:
            yield msgs(
                "**{n}** card answered, **{right}** right at the first attempt.",
                "**{n}** cards answered, **{right}** right at the first attempt.",
                n=summary.cards,
                right=summary.right_first,
            )
        if summary.skipped:
            yield msgs("{n} card was skipped.", "{n} cards were skipped.", n=summary.skipped)

    def _objectives(self, width: int) -> list[Content]:
        known = self.app.services.load_bank().objectives
        room = min(_TITLE, width - 26)

        def row(score: ObjectiveScore) -> Content:
            objective = known.get(score.objective)
            title = score.objective if objective is None else self.voice.text(objective.title)
            share = score.right / score.total
            count = self.voice.text(msg("{right} of {total}", right=score.right, total=score.total))
            name = padded(Content(truncate(title, room)), room + 2)
            return name + bar(share, _BAR, recall_style(share)) + Content(f"  {count}")

        head = self.say(msg("First attempts by objective"), "bold")
        return [head, Content(), *(row(score) for score in self._summary.objectives)]

    def _mistakes(self, width: int) -> list[Content]:
        met = ((count, diagnosis.message, None) for diagnosis, count in self._summary.mistakes)
        return mistake_lines(msg("Mistakes you met"), met, self.voice, width)

    def _unposed(self) -> Iterator[Message]:
        for question, reason in self._summary.unposed:
            yield msg("! {question} could not be asked: {reason}", question=question, reason=reason)

    @on(Menu.Chosen, "#next")
    def go_on(self, event: Menu.Chosen) -> None:
        """Go home, or begin another session."""
        if self.app.screen is not self:  # Enter was pressed twice
            return
        self.dismiss()
        if event.name == "more":
            self.app.study()

    def action_move(self, step: int) -> None:
        """Move the cursor; at its ends, scroll."""
        if not self.query_one("#next", Menu).move(step):
            self.action_page(step)

    def action_page(self, step: int) -> None:
        """Scroll by a page."""
        page = self.query_one(Page)
        if step > 0:
            page.scroll_page_down(animate=False)
        else:
            page.scroll_page_up(animate=False)
