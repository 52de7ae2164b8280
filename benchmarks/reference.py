"""The reference program of the start-up benchmark: a bare Textual app with Home's widgets."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static


class Bare(App[None]):
    """As many widgets as Home has, with fixed words in them."""

    CSS = "Static { height: auto; } OptionList { height: auto; }"

    def compose(self) -> ComposeResult:
        """Lay out header, counts, forecast, start, topics, places and keys."""
        yield Static(Content("tutor                    Day 14"))
        with VerticalScroll():
            yield Static(Content("23 due     12 new     6-day streak"))
            yield Static(Content("▁▃▂▅▁▁▂▇▂▁▁▃▁▁   next 14 days"))
            yield OptionList("Start studying", markup=False)
            yield Static(Content("Topics   due   new   recall"))
            yield OptionList(*(f"Topic {number}" for number in range(9)), markup=False)
            yield Static(Content("Read · Labs · Stats"))
        yield Static(Content("enter Start   F1 keys"))


if __name__ == "__main__":
    Bare().run()
