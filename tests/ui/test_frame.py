"""What every screen has: keys, help, the palette, a way out, a smallest size."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.learner import learner_at, make_services
from tutor.services import Services
from tutor.text.keystrokes import TWINS
from tutor.text.message import msg
from tutor.text.words import Lang
from tutor.ui.app import First
from tutor.ui.keys import Key, key_name
from tutor.ui.screens.help import HelpScreen
from tutor.ui.screens.home import HomeScreen
from tutor.ui.screens.read import ReadScreen
from tutor.ui.screens.study import StudyScreen
from tutor.ui.screens.topic import TopicScreen
from tutor.ui.widgets.field import AnswerField

COUNT = First.study(questions=["lstm.count"])


def test_letters_have_their_hangul_twins() -> None:
    assert Key("l", "lab", msg("lab")).binding.key == "l,ㅣ"
    assert Key("q,escape", "leave", msg("leave")).binding.key == "q,escape,ㅂ"
    assert Key("f4", "sizes", msg("sizes")).binding.key == "f4"
    assert len(set(TWINS.values())) == len(TWINS)


def test_keys_are_written_as_on_the_keyboard() -> None:
    assert [key_name(key) for key in ("f10", "escape", "up", "ctrl+p", "n")] == [
        "F10",
        "esc",
        "↑",
        "ctrl+p",
        "n",
    ]


async def test_help_lists_the_keys_of_the_screen(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        await learner.press("f1")
        assert isinstance(learner.app.screen, HelpScreen)
        assert "F4 my sizes" in learner.text
        assert "F8 skip" in learner.text
        assert "enter check" in learner.text
        assert "ctrl+q quit" in learner.text
        await learner.press("escape")
        assert isinstance(learner.app.screen, StudyScreen)
        assert isinstance(learner.app.screen.focused, AnswerField)


async def test_the_footer_shows_at_most_five_keys_and_help(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        assert learner.lines[-1].split("   ")[0] == " enter check"
        assert learner.lines[-1].endswith("F1 keys")
        await learner.type("1")
        await learner.press("enter")
        assert "enter next" in learner.lines[-1]
        assert "1–4 rate" in learner.lines[-1]


async def test_a_click_on_a_key_presses_it(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        column = learner.lines[-1].index("F4")
        await learner.pilot.click(offset=(column, 23))
        await learner.settle()
        assert "My sizes" in learner.text


async def test_a_tiny_terminal_says_what_it_needs_and_comes_back(services: Services) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        await learner.type("34")
        await learner.resize(59, 24)
        assert "60 × 20" in learner.text
        assert "59 × 24" in learner.text
        assert "hidden size" not in learner.text
        await learner.press("9")
        await learner.resize(60, 20)
        assert "hidden size" in learner.text
        await learner.type("56")
        assert "understood as 3,456" in learner.text


async def test_a_terminal_that_begins_tiny(services: Services) -> None:
    async with learner_at(services, size=(30, 8)) as learner:
        assert "60 × 20" in learner.text
        await learner.resize(80, 24)
        assert any(line.startswith("  ▸ Start studying") for line in learner.lines)


async def test_the_palette_reaches_a_topic(services: Services) -> None:
    async with learner_at(services) as learner:
        await learner.press("ctrl+p")
        await learner.type("study: long")
        await learner.pilot.pause(0.2)
        await learner.press("enter")
        assert isinstance(learner.app.screen, StudyScreen)
        assert learner.session.state.planned == 4


@pytest.mark.parametrize(
    ("first", "typed", "seen"),
    [
        (COUNT, "my sizes", "hidden size"),
        (COUNT, "skip", "1 card was skipped."),
        (First.topic("lstm"), "contents", "Long short-term memory Three gates and a candidate"),
        (First.place("lab"), "your count", "enter check"),
    ],
)
async def test_the_palette_reaches_the_keys_of_the_screen(
    services: Services, first: First, typed: str, seen: str
) -> None:
    async with learner_at(services, first) as learner:
        await learner.press("ctrl+p")
        await learner.type(typed)
        await learner.pilot.pause(0.2)
        await learner.press("enter")
        await learner.settle()
        assert seen in learner.text


async def test_the_palette_reaches_what_follows_a_verdict(services: Services) -> None:
    async with learner_at(services, COUNT) as learner:
        await learner.type("1")
        await learner.press("enter", "ctrl+p")
        await learner.pilot.pause(0.2)
        assert "next (enter)" in learner.text
        assert "open in the lab (l)" in learner.text
        assert "read the page (p)" in learner.text
        await learner.type("read the page")
        await learner.pilot.pause(0.2)
        await learner.press("enter")
        assert isinstance(learner.app.screen, ReadScreen)


async def test_the_palette_names_a_place_once_and_opens_a_topic(services: Services) -> None:
    async with learner_at(services) as learner:
        await learner.press("ctrl+p")
        await learner.pilot.pause(0.2)
        names = [line.strip() for line in learner.lines]
        assert "Labs" in names
        assert "Labs (g)" not in names
        await learner.type("topic: long")
        await learner.pilot.pause(0.2)
        await learner.press("enter")
        assert isinstance(learner.app.screen, TopicScreen)


@pytest.mark.parametrize(
    "keys", [(), ("1",), ("enter",), ("enter", "1", "enter"), ("r",), ("r", "c"), ("g",), ("t",)]
)
@pytest.mark.parametrize("lang", ["en", "ko"])
async def test_help_lists_each_key_once(tmp_path: Path, keys: tuple[str, ...], lang: Lang) -> None:
    services = make_services(tmp_path, lang)
    async with learner_at(services, size=(80, 60)) as learner:
        await learner.press(*keys, "f1")
        assert isinstance(learner.app.screen, HelpScreen)
        rows = [line.split("   ")[0] for line in map(str.strip, learner.lines) if "   " in line]
        names = [name for row in rows for name in row.split("  ")]
        assert len(names) > 4
        assert len(names) == len(set(names))
        assert ("1–4" in names) == (keys == ("enter", "1", "enter"))
    services.close()


async def test_a_second_session_is_not_opened_over_the_first(services: Services) -> None:
    async with learner_at(services, First.study()) as learner:
        learner.app.study()
        await learner.settle()
        screens = [type(screen) for screen in learner.app.screen_stack]
        assert screens == [HomeScreen, StudyScreen]
        assert "A session is open" in learner.text


@pytest.mark.parametrize("theme", ["textual-light", "ansi-dark", "ansi-light", "solarized-light"])
async def test_every_theme_can_be_chosen(services: Services, theme: str) -> None:
    async with learner_at(services, First.study(questions=["lstm.count"])) as learner:
        learner.app.theme = theme
        await learner.type("1")
        await learner.press("enter")
        assert "✗ Not yet." in learner.text


async def test_ctrl_c_says_how_to_quit(services: Services) -> None:
    async with learner_at(services) as learner:
        await learner.press("ctrl+c")
        assert "Ctrl+Q quits" in learner.text
        assert learner.app.is_running
