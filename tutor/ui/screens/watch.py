"""Question files while they are written: what is wrong in them, and their cards."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import events, on, work
from textual.app import SuspendNotSupported
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.message import Message as Event
from textual.widget import Widget

from tutor.bank.desk import Desk, Row
from tutor.bank.look import Look
from tutor.bank.problems import Problem, plain_words, source_lines
from tutor.bank.watcher import Watcher
from tutor.errors import TutorError
from tutor.session.practice import faces_of
from tutor.text.document import Span
from tutor.text.message import msg, msgs
from tutor.text.words import LANGS, Words
from tutor.ui.editor import editor_command, run_editor
from tutor.ui.keys import Key, bindings
from tutor.ui.screens.base import BACK, TutorScreen
from tutor.ui.voice import Voice
from tutor.ui.widgets.cardview import CardView
from tutor.ui.widgets.line import Line
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.menu import CURSOR, Item, Menu
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.parts import WRONG
from tutor.ui.widgets.prose import Prose
from tutor.ui.widgets.typeset import MUTED, hanging, wrapped

EVERY = 0.4  # seconds between two looks at the files
BOTH = 84  # cells beside which the two languages have room
_NOTHING = msg("There is no question in these files yet.")


class Rows(Menu, inherit_bindings=False):
    """The problems and the cards; the cursor is always visible, and only Enter opens the editor."""

    KEYS: ClassVar[tuple[Key, ...]] = (Key("enter", "choose", msg("edit"), footer=True),)
    BINDINGS = bindings(KEYS)

    def _row(self, item: Item, width: int, *, chosen: bool) -> Content:
        row = super()._row(item, width, chosen=chosen)
        if not chosen and self.items[self.cursor] is item:
            return Content.styled(f"{CURSOR} ", MUTED) + row[2:]
        return row


class CardPage(Page, can_focus=True):
    """The card, which scrolls while it has the focus."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("up,k", "scroll_up", msg("scroll up"), shown="↑"),
        Key("down,j", "scroll_down", msg("scroll down"), shown="↓"),
    )
    BINDINGS = bindings(KEYS)


class WatchScreen(TutorScreen):
    """Checks files whenever they are saved, and draws the card that matters beside the problems.

    Args:
        watcher: looks at the files.
    """

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("up,k", "move(-1)", msg("up"), shown="↑"),
        Key("down,j", "move(1)", msg("down"), shown="↓"),
        Key("n", "draw(1)", msg("next seed"), footer=True),
        Key("v", "turn", msg("verdicts"), footer=True),
        Key("space", "answer", msg("answer"), footer=True),
        Key("p", "draw(-1)", msg("previous seed")),
        Key("tab", "app.focus_next", msg("list or card")),
        Key("pagedown", "page(1)", msg("page down")),
        Key("pageup", "page(-1)", msg("page up")),
        Key("escape,q", BACK.action, msg("leave"), footer=True, shown="esc"),
    )

    class Looked(Event):
        """The files have been read and checked, or could not be.

        Attributes:
            found: what there is to see.
            seeds: how many seeds it is from.
            known: the look that is proved by this one; None if something was saved.
        """

        def __init__(self, found: Look | TutorError, seeds: int, known: Look | None = None) -> None:
            super().__init__()
            self.found = found
            self.seeds = seeds
            self.known = known

    def __init__(self, watcher: Watcher) -> None:
        super().__init__()
        self._watcher = watcher
        self._desk = Desk()
        self._proved = 0  # with so many seeds
        self._is_looking = self._is_proving = False
        self._faces = 1
        self._rows = Rows(id="rows")
        self._detail = Lines(id="detail")
        self._title_line = Line(id="name")
        self._note = Prose(id="note", style="$text-warning")
        self._views = {lang: CardView(id=f"view-{lang}") for lang in LANGS}

    def body(self) -> Iterable[Widget]:
        """Give the list with the chosen problem in full, and the card."""
        with Container(id="split"):
            with Vertical(id="found"):
                yield Page(self._rows, id="list")
                yield self._detail
            with Vertical(id="card"):
                yield self._title_line
                with CardPage(id="card-page"):
                    yield self._note
                    yield Horizontal(*self._views.values(), id="views")

    def begin(self) -> None:
        """Look for the first time, and again and again."""
        self._rows.focus()
        self.set_interval(EVERY, self.poll)
        self.poll()

    def heading(self) -> tuple[Words, Words]:
        """Return what is watched, and how it stands."""
        names = ", ".join(path.name for path in self._watcher.paths)
        watched = msg("**Watching** {names}", names=names) if names else msg("**Watching** all")
        if self._desk.look is None:
            return watched, msg("reading …")
        problems = len(self._desk.look.report.problems)
        seeds = msgs("{n:,} seed", "{n:,} seeds", n=self._proved)
        more = " …" if self._proved < self._watcher.seeds else ""
        if problems:
            count = msgs("{n} problem", "{n} problems", n=problems)
            return watched, msg(
                "✗ {problems}, {seeds}{more}", problems=count, seeds=seeds, more=more
            )
        return watched, msg("✓ sound, {seeds}{more}", seeds=seeds, more=more)

    def poll(self) -> None:
        """Look whether something was saved, in another thread."""
        if not self._is_looking:
            self._is_looking = True
            self._look()

    @work(thread=True, group="look")
    def _look(self) -> None:
        try:
            found = self._watcher.look()
            if found is not None:
                self.post_message(self.Looked(found, self._watcher.quick))
        except TutorError as error:
            self.post_message(self.Looked(error, 0))
        finally:
            self._is_looking = False

    @work(thread=True, group="prove")
    def _prove(self, known: Look) -> None:
        try:
            found = self._watcher.prove(known)
            self.post_message(self.Looked(found, self._watcher.seeds, known))
        except TutorError as error:
            self.post_message(self.Looked(error, 0, known))

    def on_watch_screen_looked(self, event: Looked) -> None:
        """Show what was found; then prove it with all seeds, unless that is done."""
        if event.known is not None:
            self._is_proving = False
        if isinstance(event.found, TutorError):
            self.app.tell(event.found)
            return
        if event.known is None or event.known is self._desk.look:
            self._proved = event.seeds
            self._desk = self._desk.found(event.found)
            self._show_rows()
        look = self._desk.look
        if look is not None and self._proved < self._watcher.seeds and not self._is_proving:
            self._is_proving = True
            self._prove(look)

    def _show_rows(self) -> None:
        self.repaint()
        if self._desk.rows:
            self._rows.put_cursor(self._desk.chosen)

    def paint(self) -> None:
        """Show the list, the chosen problem and its card."""
        self._rows.show([self._item(row) for row in self._desk.rows])
        row = self._desk.row
        problem = None if row is None else row.problem
        self._detail.set_lines(None if problem is None else partial(_in_full, problem, self.voice))
        self._paint_card()

    def _item(self, row: Row) -> Item:
        if row.problem is not None:
            where = f"{row.problem.file.name}:{row.problem.line}"
            said = plain_words(row.problem.message, self.voice.speaker)
            return Item("", Content.assemble(("✗ ", f"bold {WRONG}"), f"{where}  {said}"))
        return Item("", Content(f"  {row.card}"))

    def _paint_card(self) -> None:
        card, draft = self._desk.card, self._desk.draft
        self._title_line.update(Content() if card is None else Content.styled(str(card), "bold"))
        note: Words | None = None
        phase = None
        if card is None or draft is None:
            note = _NOTHING if self._desk.look is not None else None
        else:
            if not draft.current:
                note = msg(
                    "The question cannot be read as it is now; this is the card it was before."
                )
            try:
                faces = faces_of(draft.question, card.seed or 0, self.app.services.now())
                self._faces = len(faces)
                phase = faces[self._desk.face % len(faces)]
            except TutorError as error:
                note = error.message
        self._note.show(self.voice, note)
        wide = self.query_one("#views").size.width >= BOTH
        for lang, view in self._views.items():
            view.display = phase is not None and (wide or lang == self.voice.lang)
            if phase is not None and view.display:
                view.show(phase, Voice(self.app.services.speaker(lang)))

    def on_resize(self, event: events.Resize) -> None:
        """Show the other language where it has room now."""
        super().on_resize(event)
        self.call_after_refresh(self.repaint)

    def action_move(self, step: int) -> None:
        """Choose another row."""
        self._desk = self._desk.choose(self._desk.chosen + step)
        self.query_one("#card-page", CardPage).scroll_home(animate=False)
        self._show_rows()

    def action_draw(self, step: int) -> None:
        """Show the card at the next seed, or the one before."""
        self._desk = self._desk.draw(step)
        self.repaint()

    def action_turn(self) -> None:
        """Show the verdict on the next answer to the card: the right one, then each mistake."""
        self._desk = self._desk.turn(self._faces)
        self.repaint()

    def action_page(self, pages: int) -> None:
        """Scroll the card."""
        page = self.query_one("#card-page", CardPage)
        page.scroll_relative(y=pages * max(1, page.size.height - 2), animate=False)

    def action_answer(self) -> None:
        """Open the card to be answered; nothing is logged."""
        card, draft = self._desk.card, self._desk.draft
        if card is not None and draft is not None:
            self.app.answer_draft(card, draft.question)

    @on(Menu.Chosen, "#rows")
    def edit(self) -> None:
        """Open the editor where the problem is, or where the card is written."""
        if self._rows.cursor != self._desk.chosen:  # a click on another row only chooses it
            self.action_move(self._rows.cursor - self._desk.chosen)
            return
        row, draft = self._desk.row, self._desk.draft
        if row is not None and row.problem is not None:
            file, line, column = row.problem.file, row.problem.line, row.problem.column
        elif draft is not None:
            file, line, column = draft.place.file, draft.place.line, 1
        else:
            return
        with self.app.telling():
            command = editor_command(os.environ, file, line, column)
            try:
                with self.app.suspend():
                    run_editor(command)
            except SuspendNotSupported:
                self.app.tell(msg("This terminal cannot be handed to an editor."))
        self.refresh()
        self.poll()

    def action_leave(self) -> None:
        """Go back to where this was opened; to the shell, if it was opened from there."""
        if len(self.app.screen_stack) > 2:
            self.dismiss()
        else:
            self.app.exit()


def _in_full(problem: Problem, voice: Voice, width: int) -> list[Content]:
    """Return a problem with its line, and what to do about it."""
    lines = wrapped([Span(plain_words(problem.message, voice.speaker))], width)
    if problem.hint:
        hint = plain_words(problem.hint, voice.speaker)
        lines += hanging(Content("→ "), wrapped([Span(hint)], width - 2, "$act"))
    lines += [Content.styled(line, MUTED) for line in source_lines(problem, max(20, width - 2))]
    return lines
