"""What the log says about the learner's work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tutor.memory.rating import Rating
from tutor.services import MOST_DIAGNOSED
from tutor.session.mistakes import MetMistake
from tutor.store.stats import Stats, Tally
from tutor.text.message import Message, msg
from tutor.text.width import cells
from tutor.text.words import Words
from tutor.ui.screens.scrolling import ScrollingScreen
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.mistakes import mistake_lines
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.typeset import MUTED, joined, padded

BAR_CELLS = 10
RATING_TITLES = {
    Rating.AGAIN: msg("Again"),
    Rating.HARD: msg("Hard"),
    Rating.GOOD: msg("Good"),
    Rating.EASY: msg("Easy"),
}
Row = tuple[Words, str, Words]


class StatsScreen(ScrollingScreen):
    """Reviews, accuracy and what is due; every figure says what it counts."""

    def heading(self) -> tuple[Words, Words]:
        """Return the title."""
        return msg("**Statistics**"), ""

    def body(self) -> Iterable[Widget]:
        """Give one scrolling page."""
        yield Page(Static(Content(), markup=False, id="figures"), Lines(id="mistakes"))

    def paint(self) -> None:
        """Show the figures as they are now."""
        with self.app.telling():
            services = self.app.services
            counted = services.stats()
            self._show(counted)
            self._show_mistakes(services.met_mistakes(counted)[:MOST_DIAGNOSED])

    def _show_mistakes(self, met: Sequence[MetMistake]) -> None:
        recent = [(made.recent, made.words, made.total) for made in met if made.recent]
        earlier = [(made.total, made.words, None) for made in met if not made.recent]

        def setter(width: int) -> list[Content]:
            groups = [
                mistake_lines(title, rows, self.voice, width)
                for title, rows in (
                    (msg("Mistakes of the last 7 study days"), recent),
                    (msg("Earlier mistakes"), earlier),
                )
                if rows
            ]
            return [line for group in groups for line in (*group, Content())]

        self.query_one("#mistakes", Lines).set_lines(setter if met else None)

    def _show(self, counted: Stats) -> None:
        lines: list[Content] = []
        if not counted.reviews:
            lines += [self.say(msg("No answers yet. Press Esc, then Enter to study.")), Content()]
        for title, rows in _groups(counted):
            lines += [self.say(title, "bold"), *self._table(rows), Content()]
        self.query_one("#figures", Static).update(joined(lines))

    def _table(self, rows: list[Row]) -> list[Content]:
        labels = [self.say(label) for label, _, _ in rows]
        width = max((cells(label.plain) for label in labels), default=0) + 2
        number = max((cells(figure) for _, figure, _ in rows), default=0)
        return [
            Content("  ")
            + padded(label, width)
            + padded(Content(figure), number, right=True)
            + Content("  ")
            + self.say(note, MUTED)
            for label, (_, figure, note) in zip(labels, rows, strict=True)
        ]


def _groups(counted: Stats) -> list[tuple[Message, list[Row]]]:
    reviews: list[Row] = [
        (msg("today"), f"{counted.reviews_today:,}", ""),
        (msg("last 7 days"), f"{counted.reviews_7_days:,}", ""),
        (msg("last 30 days"), f"{counted.reviews_30_days:,}", ""),
        (msg("in all"), f"{counted.reviews:,}", ""),
    ]
    due: list[Row] = [
        (msg("today"), f"{counted.due_today:,}", ""),
        (msg("tomorrow"), f"{counted.due_tomorrow:,}", ""),
        (msg("streak"), f"{counted.streak:,}", msg("study days in a row")),
    ]
    ratings: list[Row] = [
        (
            RATING_TITLES[rating],
            f"{count:,}",
            bar(count / counted.reviews if counted.reviews else 0),
        )
        for rating, count in counted.ratings.items()
    ]
    accuracy: list[Row] = [
        (entry.title, _share(entry.tally), _counts(entry.tally))
        for entry in counted.topics
        if entry.tally.answers
    ]
    accuracy.append((msg("all topics"), _share(counted.tally), _counts(counted.tally)))
    return [
        (msg("Reviews (answers given)"), reviews),
        (msg("Cards due"), due),
        (msg("Right at the first attempt of a day"), accuracy),
        (msg("Ratings"), ratings),
    ]


def _share(tally: Tally) -> str:
    share = tally.first_attempt_accuracy
    return "–" if share is None else f"{share:.0%}"


def _counts(tally: Tally) -> Words:
    if not tally.first_attempts:
        return msg("no answers yet")
    return msg("{right:,} of {total:,}", right=tally.first_right, total=tally.first_attempts)


def bar(share: float) -> str:
    """Return a bar of ten cells, filled to a share from 0 to 1."""
    filled = round(share * BAR_CELLS)
    return "▰" * filled + "▱" * (BAR_CELLS - filled)
