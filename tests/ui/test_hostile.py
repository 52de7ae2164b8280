"""Nothing that a file holds, or a learner types, becomes markup or reaches the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.learner import learner_at
from tutor.services import Services
from tutor.ui.app import First

UI = Path(__file__).resolve().parents[2] / "tutor" / "ui"


async def test_content_is_shown_as_it_is_written(services: Services) -> None:
    async with learner_at(services, First.study(questions=["hostile.choice"])) as learner:
        assert "[dim] and [/] and [@click=app.quit]x[/]: what is arr[i][j]?" in learner.text
        assert "[red]an element[/red]" in learner.text
        assert learner.lines[0].startswith(" [b]Hostile[/b] [@click=app.quit]text[/]")
        await learner.pilot.click(offset=(28, 3))
        assert learner.app.is_running
        await learner.press("2")
        assert "[link=x]no[/link] [/]" in learner.text
        assert "[$error]i[/] picks a row, [/]" in learner.text


async def test_what_is_typed_is_shown_as_it_is(services: Services) -> None:
    async with learner_at(services, First.study(questions=["hostile.gap"])) as learner:
        await learner.type("[/][b]$x$*y*")
        await learner.press("enter")
        assert "[/][b]$x$*y* → anything" in learner.text


async def test_home_shows_titles_as_they_are(services: Services) -> None:
    async with learner_at(services) as learner:
        assert "[b]Hostile[/b] [@click=app.q…" in learner.text
        await learner.press("2")
        assert "[b]Hostile[/b] [@click=app.quit]text[/]" in learner.text


async def test_notices_and_commands_are_no_markup(services: Services) -> None:
    async with learner_at(services) as learner:
        learner.app.tell("[/] and [@click=app.quit]x[/]")
        await learner.settle()
        assert "[/] and [@click=app.quit]x[/]" in learner.text
        await learner.press("ctrl+p")
        await learner.type("hostile")
        await learner.pilot.pause(0.2)
        assert "Study: [b]Hostile[/b]" in learner.text


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: path.stem)
def test_no_widget_parses_markup(path: Path) -> None:
    source = path.read_text()
    assert "from_markup" not in source
    for name in ("Static(", "Label(", "OptionList(", "notify("):
        for call in source.split(name)[1:]:
            if not call.startswith(("markup", ")")):
                assert "markup=False" in call[:400], f"{name} without markup=False"
