"""Home: what there is to do today, and the way to everything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget

from tutor.memory.day import study_day
from tutor.store.home import HomeCounts
from tutor.text.message import Message, msg, msgs
from tutor.text.words import Words
from tutor.ui.keys import Key, bindings
from tutor.ui.places import PLACES
from tutor.ui.screens.base import LANGUAGE, TutorScreen
from tutor.ui.widgets.forecast import Forecast
from tutor.ui.widgets.line import Line
from tutor.ui.widgets.menu import Item, Menu, RowMenu
from tutor.ui.widgets.meter import sparkline
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.prose import Prose
from tutor.ui.widgets.topics import Topics
from tutor.ui.widgets.typeset import MUTED

SECONDS_PER_CARD = 25.0  # before the learner's own pace is known
_SPACE = Content("   ")
_PLACES = 3  # of errors in question files that a notice names
_READING = msg("reading the questions…")


class HomeScreen(TutorScreen):
    """The base of the stack; it is painted from the database alone."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("up,k", "move(-1)", msg("up"), shown="↑"),
        Key("down,j", "move(1)", msg("down"), shown="↓"),
        *(
            Key(str(digit), f"topic({digit})", msg("open a topic"), shown="1–9", footer=digit == 1)
            for digit in range(1, 10)
        ),
        LANGUAGE,
        *(
            Key(place.key, f"place('{place.name}')", place.title, footer=place.on_home)
            for place in PLACES.values()
        ),
        Key("q", "app.quit", msg("quit")),
    )

    def body(self) -> Iterable[Widget]:
        """Give the counts, Start, the topics, the places and the notices."""
        yield Page(
            Horizontal(
                Vertical(
                    Line(id="counts"),
                    Line(id="forecast"),
                    StartMenu(id="start"),
                    Topics(),
                    Prose(id="hint", style=MUTED),
                    RowMenu(id="places"),
                    Prose(id="notices", style="$text-warning"),
                    id="main",
                ),
                Forecast(id="days"),
                id="columns",
            ),
        )

    def heading(self) -> tuple[Words, Content]:
        """Return the program's name, the content's, and the languages."""
        bank = self.app.services.bank
        name = self.say(bank.name) + _SPACE if bank is not None and bank.name else Content()
        spoken, other = "bold", MUTED
        english = self.voice.lang == "en"
        return msg("**tutor**"), Content.assemble(
            name,
            ("EN", spoken if english else other),
            " ",
            ("한", other if english else spoken),
        )

    def begin(self) -> None:
        """Begin on Start."""
        self.query_one("#start", Menu).focus()

    def paint(self) -> None:
        """Show the counts of this moment."""
        services = self.app.services
        home = self.app.count()
        now = services.now()
        today = study_day(now, services.tz, services.store.settings.rollover_hour)
        counts = [
            msgs("**{n:,}** due", "**{n:,}** due", n=home.due),
            msgs("**{n:,}** new today", "**{n:,}** new today", n=home.new),
        ]
        if home.streak:
            counts.append(msgs("**{n}**-day streak", "**{n}**-day streak", n=home.streak))
        self.query_one("#counts", Line).update(_SPACE.join(self.say(count) for count in counts))
        word = msg("next 14 days") if any(home.forecast) else msg("nothing due in the next 14 days")
        self.query_one("#forecast", Line).update(
            sparkline(home.forecast) + _SPACE + self.say(word, MUTED)
        )
        self.query_one("#start", Menu).show([self._start(home)])
        self.query_one(Topics).show(home.topics, self.voice)
        self.query_one("#hint", Prose).show(self.voice, self._hint(home))
        self.query_one("#places", RowMenu).show(
            [Item(place.name, self.say(place.title)) for place in PLACES.values() if place.on_home]
        )
        self._paint_notices()
        self.query_one(Forecast).show(home.forecast, today, self.voice)

    def _start(self, home: HomeCounts) -> Item:
        cards = home.due + home.new
        if self.app.is_waiting:
            return Item("start", self.say(msg("Start studying")), self.say(_READING, MUTED))
        if cards or not home.topics:
            minutes = max(1, round(cards * (home.seconds_per_card or SECONDS_PER_CARD) / 60))
            right = msgs("about {n} minute", "about {n} minutes", n=minutes) if cards else ""
            return Item("start", self.say(msg("Start studying")), self.say(right, MUTED))
        tomorrow = home.forecast[1]
        return Item(
            "start",
            self.say(msg("Done for today")),
            self.say(msgs("{n} card tomorrow", "{n} cards tomorrow", n=tomorrow), MUTED),
        )

    def _hint(self, home: HomeCounts) -> Message | None:
        """Return what to press where there is nothing to start."""
        bank = self.app.services.bank
        if not home.topics:
            if bank is None and self.app.is_reading:
                return _READING
            if bank is None:
                return msg("Press Enter to read the questions again.")
            return msg(
                "There are no questions yet. Put a question file into `{folder}`.",
                folder=str(self.app.services.paths.questions),
            )
        if not home.due + home.new:
            return msg("Press ↓ for the topics: Enter opens one, to read it or to practise ahead.")
        return None

    def _paint_notices(self) -> None:
        notices: list[Message] = list(self.app.services.notices)
        bank = self.app.services.bank
        if bank is not None and bank.problems:
            places = dict.fromkeys(f"{p.file.name}:{p.line}" for p in bank.problems)
            shown = ", ".join(list(places)[:_PLACES]) + ("…" if len(places) > _PLACES else "")
            files = len({problem.file for problem in bank.problems})
            notices.append(
                msgs(
                    "{n} question file has errors: {place} (press e to see)",
                    "{n} question files have errors, the first: {place} (press e to see)",
                    n=files,
                    place=shown,
                )
            )
        signed = [msg("! {notice}", notice=notice) for notice in notices]
        self.query_one("#notices", Prose).show(self.voice, *signed)

    @on(Menu.Chosen, "#start")
    def action_start(self) -> None:
        """Study what is due and new, or look for something else to do."""
        home = self.app.count()
        if home.due + home.new or self.app.services.bank is None:
            self.app.study()
        elif home.topics:
            self.query_one(Topics).menu.focus()

    @on(Menu.Chosen, "#topics")
    def open_chosen_topic(self, event: Menu.Chosen) -> None:
        """Open the topic at the cursor."""
        self.app.open_topic(event.name)

    @on(Menu.Chosen, "#places")
    def open_chosen_place(self, event: Menu.Chosen) -> None:
        """Open the place at the cursor."""
        self.app.open_place(event.name)

    def action_topic(self, number: int) -> None:
        """Open a topic by its number, counted from 1."""
        items = self.query_one(Topics).menu.items
        if number <= len(items):
            self.app.open_topic(items[number - 1].name)

    def action_place(self, name: str) -> None:
        """Open a place."""
        self.app.open_place(name)

    def action_move(self, step: int) -> None:
        """Move the cursor, from one menu to the next at the ends."""
        focused = self.focused
        if isinstance(focused, Menu) and focused.is_vertical and focused.move(step):
            return
        if step > 0:
            self.focus_next(Menu)
        else:
            self.focus_previous(Menu)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only places that exist."""
        if action == "place":
            place = PLACES[str(parameters[0])]
            problems = self.app.services.bank.problems if self.app.services.bank else ()
            return place.on_home or bool(problems)
        return super().check_action(action, parameters)


class StartMenu(Menu):
    """The one thing to do next."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter,space", "choose", msg("start"), footer=True, shown="enter"),
    )
    BINDINGS = bindings(KEYS)
