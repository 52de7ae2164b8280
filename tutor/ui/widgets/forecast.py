"""What is due on the coming days, day by day; for wide terminals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from textual.content import Content
from textual.widgets import Static

from tutor.text.message import Message, msg
from tutor.text.width import cells
from tutor.ui.voice import Voice
from tutor.ui.widgets.typeset import MUTED, joined, padded

_WEEKDAYS = (
    msg("Mon"), msg("Tue"), msg("Wed"), msg("Thu"), msg("Fri"), msg("Sat"), msg("Sun"),
)  # fmt: skip
_BAR = 24


class Forecast(Static):
    """A bar for each day."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(Content(), id=id, markup=False)

    def show(self, counts: Sequence[int], today: date, voice: Voice) -> None:
        """Show the cards due on each day, the first being today."""
        days = [voice.text(_day(today + timedelta(days=n), n)) for n in range(len(counts))]
        day_width = max(map(cells, days), default=0) + 2
        top = max(counts, default=0)
        lines = [voice.say(msg("Due in the next 14 days"), "bold"), Content()]
        for day, count in zip(days, counts, strict=True):
            length = max(1, round(count / top * _BAR)) if count else 0
            number = Content.styled(f"{count:,}", "" if count else MUTED)
            lines.append(
                padded(Content.styled(day, MUTED), day_width)
                + padded(number, 5, right=True)
                + Content.styled("  " + "▰" * length, "$act")
            )
        self.update(joined(lines))


def _day(day: date, ahead: int) -> Message:
    if ahead == 0:
        return msg("today")
    if ahead == 1:
        return msg("tomorrow")
    return msg("{weekday} {day}", weekday=_WEEKDAYS[day.weekday()], day=day.day)
