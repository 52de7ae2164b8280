"""The time that is left, in words."""

from __future__ import annotations

from textual.content import Content

from tutor.live.seat import Timer
from tutor.text.message import Message, msg
from tutor.ui.voice import Voice
from tutor.ui.widgets.line import Line
from tutor.ui.widgets.typeset import MUTED

HURRY = 10  # seconds; from here on the time stands out


def timer_words(timer: Timer, now: float) -> Message | None:
    """Return the time that is left; None if nothing ends and nothing is paused.

    Args:
        timer: as the server told it.
        now: on the receiver's monotonic clock, in seconds.
    """
    seconds = timer.seconds_left(now)
    if timer.is_paused:
        if seconds is None:
            return msg("paused")
        return msg("paused at {time}", time=written_time(seconds))
    if seconds is None:
        return None
    if not seconds:
        return msg("time is up")
    return msg("{time} left", time=written_time(seconds))


def written_time(seconds: int) -> str:
    """Write seconds as minutes and seconds: `0:18`."""
    return f"{seconds // 60}:{seconds % 60:02}"


def timer_content(timer: Timer, now: float, voice: Voice) -> Content:
    """Return the time that is left as it is shown; the last seconds stand out."""
    words = timer_words(timer, now)
    if words is None:
        return Content()
    seconds = timer.seconds_left(now)
    if timer.is_paused:
        style = "$text-warning"
    else:
        style = "bold $text-warning" if seconds is not None and seconds <= HURRY else ""
    return voice.say(words, style)


class TimerLine(Line):
    """A line with the time that is left. It counts when it is shown again, once a second."""

    def show(self, timer: Timer, now: float, voice: Voice) -> None:
        """Show the time that is left at an instant of the receiver's monotonic clock."""
        content = timer_content(timer, now, voice)
        self.display = bool(content.plain)
        self.update(content.stylize_before(MUTED))
