"""What is wrong in the question files, and where."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tutor.bank.problems import Problem, plain_words, render
from tutor.text.message import msg, msgs
from tutor.text.words import Words
from tutor.ui.screens.scrolling import ScrollingScreen
from tutor.ui.widgets.page import Page
from tutor.ui.widgets.typeset import MUTED, joined


class ProblemsScreen(ScrollingScreen):
    """Lists the problems; the other files are taught all the same."""

    def heading(self) -> tuple[Words, Words]:
        """Return the title and the count."""
        count = len(self._problems)
        return msg("**Question files**"), msgs("{n} problem", "{n} problems", n=count)

    def body(self) -> Iterable[Widget]:
        """Give one scrolling page."""
        yield Page(Static(Content(), markup=False, id="problems"))

    def paint(self) -> None:
        """List the problems with their lines."""
        if not self._problems:
            lines = [self.say(msg("All question files are sound. Press Esc to go back."))]
        else:
            lines = [
                self.say(msg("Everything else is taught; nothing is lost."), MUTED),
                Content(),
            ]
            for problem in self._problems:
                lines += [*self._entry(problem), Content()]
            lines.append(self.say(msg("After a change, `tutor check` tells what is left."), MUTED))
        self.query_one("#problems", Static).update(joined(lines))

    @property
    def _problems(self) -> tuple[Problem, ...]:
        bank = self.app.services.bank
        return bank.problems if bank else ()

    def _entry(self, problem: Problem) -> list[Content]:
        speaker = self.voice.speaker
        shown = render(problem, speaker).split("\n")[1:]
        return [
            Content.styled(problem.place, "bold"),
            Content(f"  {plain_words(problem.message, speaker)}"),
            Content.styled(f"  → {plain_words(problem.hint, speaker)}", "$act"),
            *(Content.styled(f"  {line}", MUTED) for line in shown),
        ]
