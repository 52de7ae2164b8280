"""What a terminal shows that is too small for anything else."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from tutor.text.message import msg
from tutor.ui.voice import Voice

SMALLEST = Size(60, 20)


def is_too_small(size: Size) -> bool:
    """Return whether a terminal has too little room for any screen but this notice."""
    return size.width < SMALLEST.width or size.height < SMALLEST.height


class TooSmall(Static):
    """How large the terminal is, and how large it must be."""

    DEFAULT_CSS = """
    TooSmall { width: 100%; height: 100%; content-align: center middle;
               text-align: center; }
    """

    def __init__(self) -> None:
        super().__init__(Content(), markup=False)
        self._voice: Voice | None = None
        self._size = Size(0, 0)

    def show(self, voice: Voice) -> None:
        """Speak a language."""
        self._voice = voice
        self._update()

    def measure(self, size: Size) -> None:
        """Tell the terminal's size in cells."""
        self._size = size
        self._update()

    def _update(self) -> None:
        if self._voice is None:
            return
        needed = self._voice.say(
            msg(
                "tutor needs {columns} × {rows} cells; here are {width} × {height}.",
                columns=SMALLEST.width,
                rows=SMALLEST.height,
                width=self._size.width,
                height=self._size.height,
            )
        )
        hint = self._voice.say(msg("Make the window larger; nothing is lost."), "$muted")
        self.update(needed + Content("\n") + hint)
