"""The reference program of the start-up benchmark: a bare Textual app that looks like Home.

It has Home's 16 widgets, as Home's tree has them: four containers, nine texts (four of which
an 80×24 terminal does not show), three menus that take the focus; as much text and as many
styles on them; and Home's rules of CSS. It has no languages, no data, no keys of its own and
no command line: what those cost at the start is what the benchmark is to show.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

TOPICS = (
    "Sequences and recurrence",
    "Long short-term memory",
    "Gated recurrent units",
    "Activations and their slopes",
    "Attention",
    "Transformers",
    "Counting parameters",
    "Encoder and decoder",
    "Backpropagation through time",
)


class Page(VerticalScroll, can_focus=False):
    """What scrolls."""


class Menu(Static, can_focus=True):
    """What takes the focus."""


class Bare(App[None]):
    """As many widgets as Home has, with fixed words in them."""

    CSS = """
    Screen { background: $background; color: $foreground; }
    Screen.-small > * { display: none; }
    Screen.-small > #too-small { display: block; }
    #header { height: 2; padding: 0 1; border-bottom: solid $foreground 20%; text-wrap: nowrap; }
    #keys { height: 2; padding: 0 1; border-top: solid $foreground 20%; text-wrap: nowrap; }
    #too-small { display: none; width: 100%; height: 100%; content-align: center middle;
                 text-align: center; }
    .line { height: 1; width: 100%; text-wrap: nowrap; text-overflow: ellipsis; }
    .prose { height: auto; width: 100%; text-wrap: nowrap; display: none; }
    Menu { height: auto; width: 100%; text-wrap: nowrap; }
    Page {
        height: 1fr;
        padding-top: 1;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        scrollbar-color: $foreground 20%;
    }
    Page > * { padding-left: 2; padding-right: 1; }
    #columns { height: auto; }
    #main { width: 76; max-width: 100%; height: auto; }
    #days { display: none; }
    Screen.-wide #days { display: block; width: 1fr; height: auto; margin-left: 6; }
    Screen.-wide #forecast { display: none; }
    #counts, #forecast, #topics-head { padding-left: 2; }
    #start, #places, #notices { margin-top: 1; }
    #table { height: auto; width: 100%; margin-top: 1; }
    #hint { padding-left: 2; margin-top: 1; }
    #notices { padding-left: 2; }
    """
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [
        (0, "-narrow"),
        (120, "-wide"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+q", "quit", "quit")]

    def compose(self) -> ComposeResult:
        """Lay out header, counts, forecast, start, topics, places and keys."""
        yield Static(Content("tutor" + " " * 50 + "Day 14   EN 한"), id="header")
        with Page(), Horizontal(id="columns"):
            with Vertical(id="main"):
                yield Static(_counts(), id="counts", classes="line")
                yield Static(_forecast(), id="forecast", classes="line")
                yield Menu(_row("Start studying", "about 8 minutes"), id="start")
                with Vertical(id="table"):
                    yield Static(_row("Topics", "due   new   recall"), classes="line")
                    yield Menu(_topics(), id="topics")
                yield Static(Content(), id="hint", classes="prose")
                yield Menu(Content("  Read   Labs   Stats"), id="places")
                yield Static(Content(), id="notices", classes="prose")
            yield Static(Content(), id="days")
        yield Static(_keys(), id="keys")
        yield Static(Content(), id="too-small")


def _counts() -> Content:
    return Content.assemble(("0", "bold"), " due   ", ("20", "bold"), " new")


def _forecast() -> Content:
    blocks = [("▁", "$text-muted")] * 14
    return Content.assemble(*blocks, "   ", ("nothing due in the next 14 days", "$text-muted"))


def _row(left: str, right: str) -> Content:
    return Content.assemble(("▸ ", "bold $primary"), f"{left:<50}", (right, "$text-muted"))


def _topics() -> Content:
    return Content("\n").join(
        Content.assemble(
            (f"{number} ", "$text-muted"),
            f"{title:<40}",
            ("0", "$text-muted"),
            "     2   ",
            ("not started", "$text-muted"),
        )
        for number, title in enumerate(TOPICS, 1)
    )


def _keys() -> Content:
    keys = (("enter", "start"), ("1–9", "open a topic"), ("F2", "한국어"), ("r", "Read"))
    return Content.assemble(
        *(part for key, label in keys for part in ((key, "bold $primary"), f" {label}   "))
    )


if __name__ == "__main__":
    Bare().run()
