"""The author's screen: problems and cards of files that are being written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

import pytest

from tests.ui.learner import LARGE, SMALL, Learner, learner_at
from tutor.services import Services
from tutor.ui.app import First, TutorApp
from tutor.ui.screens import watch
from tutor.ui.screens.preview import PreviewScreen
from tutor.ui.screens.watch import WatchScreen

PATIENCE = 60.0  # seconds until what should be shown counts as missing
HEAD = "format: 1\ntopic: mine\ntitle: Mine\nquestions:\n"
COUNT = """\
- id: mine.count
  kind: numeric
  draw: {d: {choose: [8, 10, 16, 32]}, h: {from: 8, to: 64, step: 8}}
  compute: {lstm: {engine: lstm_params, args: {input_size: d, hidden_size: h}}}
  prompt: {en: "Sizes {d} and {h}: how many?", ko: "크기 {d}와 {h}: 몇 개?"}
  answer: lstm.total
  explain: {en: "Four blocks.", ko: "블록 네 개."}
"""
CARD = '- {id: mine.card, kind: flashcard, prompt: {en: "Front?", ko: "앞면?"}, back: back, explain: why}\n'
PICK = """\
- id: mine.pick
  kind: choice
  prompt: {en: "Which one?", ko: "어느 것?"}
  options: [{text: one, right: true}, {text: two, feedback: "Not two."}]
  explain: So.
"""


class Author(Learner):
    """Saves files, and waits until the screen shows it."""

    file: Path

    def save(self, *questions: str) -> None:
        self.file.write_text(HEAD + "".join(questions), encoding="utf-8")

    async def until(self, *texts: str, gone: str = "") -> None:
        """Wait until the screen shows all texts, and no more the one that is to be gone."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + PATIENCE
        while not all(text in self.text for text in texts) or (gone and gone in self.text):
            assert clock() < deadline, "\n".join(self.lines)
            await asyncio.sleep(0)
            await self.settle()


@asynccontextmanager
async def author_at(
    services: Services,
    folder: Path,
    *questions: str,
    size: tuple[int, int] = SMALL,
    seeds: int = 3,
    paths: Sequence[Path] | None = None,
) -> AsyncIterator[Author]:
    file = folder / "mine.yaml"
    file.write_text(HEAD + "".join(questions), encoding="utf-8")
    first = First.watch([file] if paths is None else paths, seeds)
    async with learner_at(services, first, size) as learner:
        author = Author(learner.app, learner.pilot)
        author.file = file
        await author.until("problem", "seed") if "✗" in author.text else await author.until("seed")
        yield author


async def test_sound_files_show_their_cards_and_the_first_of_them(
    services: Services, tmp_path: Path
) -> None:
    async with author_at(services, tmp_path, COUNT, CARD) as author:
        await author.until("✓ sound, 3 seeds", "mine.count@0", "mine.card")
        assert "Watching mine.yaml" in author.lines[0]
        assert "how many?" in author.text
        assert "크기" not in author.text


async def test_arrows_choose_the_card_and_n_and_p_its_seed(
    services: Services, tmp_path: Path
) -> None:
    async with author_at(services, tmp_path, CARD, COUNT) as author:
        await author.until("mine.card@0", "Front?")
        await author.press("down", "n", "n", "n")
        assert "mine.count@3" in author.text
        third = author.text
        await author.press("p")
        assert "mine.count@2" in author.text
        await author.press("n")
        assert author.text == third
        await author.press("ㅜ", "ㅔ", "up")
        assert "mine.card@0" in author.text


async def test_both_languages_where_there_is_room(services: Services, tmp_path: Path) -> None:
    async with author_at(services, tmp_path, COUNT, size=LARGE) as author:
        await author.until("English", "한국어", "how many?", "몇 개?")
        assert any("English" in line and "한국어" in line for line in author.lines)
        await author.resize(*SMALL)
        await author.until("how many?", gone="몇 개?")
        await author.press("f2")
        await author.until("몇 개?", gone="how many?")
        await author.resize(*LARGE)
        await author.until("how many?", "몇 개?")


async def test_v_shows_the_verdict_on_the_right_answer_and_on_each_mistake(
    services: Services, tmp_path: Path
) -> None:
    async with author_at(services, tmp_path, COUNT, size=LARGE) as author:
        await author.until("mine.count@0")
        await author.press("v")
        assert "✓ Right." in author.text
        assert "Four blocks." in author.text
        await author.press("v")
        assert "✗ Not yet." in author.text
        while "Not yet." in author.text:
            await author.press("v")
        assert "Right." not in author.text
        assert "how many?" in author.text


async def test_a_save_is_noticed_and_what_was_written_is_shown(
    services: Services, tmp_path: Path
) -> None:
    async with author_at(services, tmp_path, CARD, PICK) as author:
        await author.until("mine.card@0")
        author.save(CARD, PICK.replace("Which one?", "Which of them?"))
        await author.until("mine.pick@0", "Which of them?")


async def test_a_broken_file_shows_the_error_and_keeps_the_card(
    services: Services, tmp_path: Path
) -> None:
    async with author_at(services, tmp_path, CARD, COUNT) as author:
        await author.until("mine.card@0")
        author.save(CARD, COUNT.replace("lstm.total", "lstm.totl"))
        await author.until("✗ 1 problem", "mine.yaml:11", "lstm.total", "mine.count@0")
        author.save(CARD, COUNT)
        await author.until("✓ sound", "mine.count@0", "how many?")
        author.save(CARD, "- {id: mine.count, kind: numeric, prompt: [")
        await author.until("the card it was before", "mine.count@0", "how many?")
        author.save(CARD, COUNT)
        await author.until("✓ sound", "mine.count@0", gone="the card it was before")


async def test_a_card_that_cannot_be_asked_says_why(services: Services, tmp_path: Path) -> None:
    async with author_at(services, tmp_path, CARD, COUNT) as author:
        await author.until("mine.card@0")
        author.save(CARD, COUNT.replace("choose: [8, 10, 16, 32]", "choose: [0]"))
        await author.until("✗ 1 problem", "mine.count@0 cannot be asked")
        await author.press("v", "n", "space", "enter")
        assert isinstance(author.app.screen, WatchScreen)


async def test_space_opens_the_card_to_answer_it_and_nothing_is_logged(
    services: Services, tmp_path: Path
) -> None:
    async with author_at(services, tmp_path, PICK) as author:
        await author.until("mine.pick@0")
        await author.press("n", "n", "space")
        assert isinstance(author.app.screen, PreviewScreen)
        assert "Preview mine.pick@2" in author.lines[0]
        await author.press("1", "enter", "escape")
        assert isinstance(author.app.screen, WatchScreen)
        assert list(services.store.rows()) == []


async def test_enter_opens_the_editor_at_the_problem_or_the_card(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Sequence[str]] = []
    monkeypatch.setenv("VISUAL", "vi")
    monkeypatch.setattr(watch, "run_editor", opened.append)
    monkeypatch.setattr(TutorApp, "suspend", lambda _: nullcontext())
    async with author_at(services, tmp_path, CARD, COUNT) as author:
        await author.until("mine.card@0")
        await author.press("down", "enter")
        assert opened == [["vi", "+6", str(author.file)]]
        author.save(CARD, COUNT.replace("lstm.total", "lstm.totl"))
        await author.until("mine.yaml:11")
        await author.press("enter")
        assert opened[1:] == [["vi", "+11", str(author.file)]]


async def test_a_click_on_another_row_chooses_it(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Sequence[str]] = []
    monkeypatch.setenv("VISUAL", "vi")
    monkeypatch.setattr(watch, "run_editor", opened.append)
    monkeypatch.setattr(TutorApp, "suspend", lambda _: nullcontext())
    async with author_at(services, tmp_path, CARD, COUNT) as author:
        await author.until("mine.card@0")
        await author.pilot.click("#rows", offset=(6, 1))
        await author.until("mine.count@0")
        assert opened == []
        await author.pilot.click("#rows", offset=(6, 1))
        await author.settle()
        assert len(opened) == 1


async def test_no_editor_is_said(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", str(tmp_path / "nothing"))
    monkeypatch.setattr(TutorApp, "suspend", lambda _: nullcontext())
    async with author_at(services, tmp_path, CARD) as author:
        await author.until("mine.card@0")
        await author.press("enter")
        await author.until("cannot be run")


async def test_files_that_come_and_go_in_a_folder(services: Services, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    async with author_at(services, folder, CARD, paths=[folder]) as author:
        await author.until("mine.card@0")
        other = folder / "other.yaml"
        other.write_text((HEAD + PICK).replace("mine", "other"), encoding="utf-8")
        await author.until("other.pick@0", "mine.card")
        author.file.unlink()
        await author.until("other.pick@0", gone="mine.card")
        other.unlink()
        await author.until("no question in these files")


async def test_hostile_text_is_text(services: Services, tmp_path: Path) -> None:
    bad = CARD.replace("Front?", "[@click=app.quit]x[/] [b]y")
    async with author_at(services, tmp_path, bad, "- {'[/red]': 1, id: mine.x}\n") as author:
        await author.until("✗", "[@click=app.quit]x[/] [b]y")


async def test_tab_moves_to_the_card_which_scrolls(services: Services, tmp_path: Path) -> None:
    long = CARD.replace("Front?", "Front? " + "word " * 400)
    async with author_at(services, tmp_path, long) as author:
        await author.until("mine.card@0", "Front?")
        await author.press("tab", "down", "down", "down", "down")
        assert "Front?" not in author.text
        await author.press("tab")
        await author.press("pageup", "pageup")
        assert "Front?" in author.text


async def test_escape_ends_it(services: Services, tmp_path: Path) -> None:
    async with author_at(services, tmp_path, CARD) as author:
        await author.press("escape")
        assert author.app._exit
