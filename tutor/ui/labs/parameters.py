"""The parameter workbench on the screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.message import Message as Event
from textual.widgets import Input

from tutor.labs.parameters import Bench
from tutor.labs.parameters.controls import MOST_DENSE_LAYERS
from tutor.text.message import msg
from tutor.text.words import Words
from tutor.ui.keys import Key, bindings
from tutor.ui.labs import parameters_lines as drawn
from tutor.ui.labs.panel import ControlPanel
from tutor.ui.labs.row import ControlRow
from tutor.ui.voice import Voice
from tutor.ui.widgets.field import Field
from tutor.ui.widgets.line import Line
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.menu import CURSOR
from tutor.ui.widgets.page import Page

MOST_CONTROLS = MOST_DENSE_LAYERS + 5
FEWEST_ROWS = 8  # of tensors, before a long table is folded
PICTURE_ROWS = 9
WIDE, HIGH = 120, 32  # cells of the screen from which on more is shown


class GuessField(Field):
    """The field of a guess; Esc goes back to the controls."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter", "submit", msg("check"), footer=True),
        Key("escape,up", "leave_field", msg("controls"), footer=True),
    )
    BINDINGS = bindings(KEYS[1:])

    class Left(Event):
        """The learner goes back to the controls."""

    def action_leave_field(self) -> None:
        """Go back."""
        self.post_message(self.Left())


class ParametersView(Vertical):
    """Controls, the count they lead to, a field for a guess, and what is said about it all.

    Args:
        bench: the workbench as it is opened.
    """

    SCOPED_CSS = False  # the screen's width class is above the view
    DEFAULT_CSS = """
    ParametersView { height: 1fr; }
    ParametersView #bench-columns { layout: horizontal; height: auto; padding-left: 1; }
    ParametersView ControlPanel { width: 30; margin-right: 2; }
    ParametersView #bench-result { width: 1fr; height: auto; }
    ParametersView #bench-aside { display: none; width: 1fr; height: auto; margin-left: 4; }
    ParametersView Lines.below { margin-top: 1; }
    ParametersView Page > Lines { padding-left: 3; }
    ParametersView #bench-speech {
        height: auto; padding: 0 1; border-top: solid $foreground 20%;
    }
    ParametersView #guess-row { height: 1; }
    ParametersView #guess-label { width: 20; }
    ParametersView GuessField { width: 30; }
    ParametersView #said { padding-left: 2; max-height: 8; }
    .-wide ParametersView ControlPanel { width: 32; margin-right: 4; }
    .-wide ParametersView #bench-result { width: 63; }
    .-wide ParametersView #bench-aside { display: block; }
    """

    class Changed(Event):
        """The state is another."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self._voice: Voice | None = None

    def compose(self) -> ComposeResult:
        """Lay out controls, result and, if there is room, the solution; below, what is said."""
        yield Page(
            Container(
                ControlPanel(MOST_CONTROLS),
                Vertical(
                    Lines(id="sum"),
                    Lines(id="tensors", classes="below"),
                    Lines(id="picture", classes="below"),
                    Lines(id="captions-here", classes="below"),
                    Lines(id="conventions-here", classes="below"),
                    id="bench-result",
                ),
                Vertical(Lines(id="steps"), id="bench-aside"),
                id="bench-columns",
            ),
            Lines(id="captions", classes="below"),
            Lines(id="conventions", classes="below"),
        )
        yield Vertical(
            Horizontal(Line(id="guess-label"), GuessField(id="guess"), id="guess-row"),
            Lines(id="said"),
            id="bench-speech",
        )

    def paint(self, voice: Voice) -> None:
        """Show the state in a language."""
        self._voice = voice
        frame, covered = self.bench.frame, self.bench.is_covered
        size = self.screen.size
        wide = size.width >= WIDE
        rows = max(FEWEST_ROWS, size.height - 16)
        refused = self.bench.refusal.name if self.bench.refusal is not None else None
        self.query_one(ControlPanel).show(self.bench.controls.fields(), voice, refused)
        self._paint_label(voice)
        self._draw("sum", partial(drawn.sum_lines, frame, voice, covered=covered))
        self._draw("tensors", partial(drawn.tensor_lines, frame, voice, rows=rows, covered=covered))
        conventions = partial(drawn.convention_lines, frame, voice, covered=covered)
        self._draw("conventions", None if wide else conventions)
        self._draw("conventions-here", conventions if wide else None)
        open_wide = wide and not covered
        self._draw("steps", partial(drawn.step_lines, frame, voice) if open_wide else None)
        roomy = open_wide and size.height >= HIGH
        picture = partial(drawn.tensor_picture, frame, voice, height=PICTURE_ROWS)
        self._draw("picture", picture if roomy else None)
        captions = frame.captions[: 2 if size.height >= HIGH else 1]
        draw_captions = None if covered else partial(drawn.caption_lines, captions, voice)
        self._draw("captions", None if wide else draw_captions)
        self._draw("captions-here", draw_captions if wide else None)
        self._draw("said", self._said(voice))

    def _draw(self, name: str, setter: Callable[[int], list[Content]] | None) -> None:
        self.query_one(f"#{name}", Lines).set_lines(setter)

    def _paint_label(self, voice: Voice) -> None:
        field = self.query_one(GuessField)
        style = "bold $act" if field.has_focus else ""
        mark = Content.styled(f"{CURSOR} " if field.has_focus else "  ", style)
        self.query_one("#guess-label", Line).update(mark + voice.say(msg("Your count"), style))
        field.placeholder = voice.text(msg("a number or a sum, then Enter"))

    def _said(self, voice: Voice) -> Callable[[int], list[Content]] | None:
        """Return what answers the learner: why a turn was refused, or a verdict."""
        bench = self.bench
        if bench.refusal is not None:
            return partial(drawn.notice_lines, bench.refusal.message, voice)
        if bench.judged is not None:
            return partial(drawn.guess_lines, bench.judged, voice)
        return None

    def title(self) -> Words:
        """Return what the header says at the right."""
        if self.bench.predicting:
            return msg("predict first")
        return ""

    def _take(self, bench: Bench) -> None:
        self.bench = bench
        if self._voice is not None:
            self.paint(self._voice)
        self.post_message(self.Changed())

    def on_resize(self) -> None:
        """Use the room there is."""
        if self._voice is not None:
            self.paint(self._voice)

    def on_descendant_focus(self) -> None:
        """Mark where the focus is."""
        if self._voice is not None:
            self._paint_label(self._voice)

    on_descendant_blur = on_descendant_focus

    def reset(self) -> None:
        """Put the controls back to where they stood when the lab was opened."""
        self.query_one(GuessField).value = ""
        self._take(self.bench.reset())

    def predict(self) -> None:
        """Cover the numbers until they are predicted, or show them again."""
        self.query_one(GuessField).value = ""
        self._take(self.bench.predict())
        if self.bench.is_covered:
            self.guess()

    @property
    def is_guessing(self) -> bool:
        """Whether letters go into the field of the guess."""
        return self.query_one(GuessField).has_focus

    def guess(self) -> None:
        """Go to the field of the guess."""
        self.query_one(GuessField).focus()

    def take_focus(self) -> None:
        """Go to the controls."""
        self.query_one(ControlPanel).take_focus()

    @on(ControlRow.Turned)
    def turn(self, event: ControlRow.Turned) -> None:
        """Turn a control."""
        event.stop()
        self._take(self.bench.turned(event.name, event.turn))

    @on(ControlRow.Settled)
    def settle(self, event: ControlRow.Settled) -> None:
        """Forget what was refused."""
        event.stop()
        if self.bench.refusal is not None:
            self._take(self.bench.settled())

    @on(Input.Submitted)
    def judge(self, event: Input.Submitted) -> None:
        """Judge the guess."""
        event.stop()
        self._take(self.bench.guessed(event.value))

    @on(Input.Changed)
    def ignore(self, event: Input.Changed) -> None:
        """Judge nothing while it is typed."""
        event.stop()

    @on(GuessField.Left)
    def back_to_controls(self, event: GuessField.Left) -> None:
        """Go back to the controls."""
        event.stop()
        self.take_focus()
