"""Steps put in order, sides matched, and points ticked at the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.learner import CONTENT, Learner, learner_at, make_services
from tutor.kinds.match import LETTERS
from tutor.memory.rating import Rating
from tutor.services import Services
from tutor.session.study import Answered, Asking
from tutor.text.keystrokes import TWINS
from tutor.ui.app import First

LONG = "a right side of many words that leaves no room for another one beside it"
CARDS = f"""
format: 1
topic: arranged
title: {{en: Arranged, ko: 배열}}
questions:
- id: arranged.steps
  kind: order
  prompt: {{en: "Order attention.", ko: "어텐션의 순서는?"}}
  steps:
  - {{en: "scores $QK^\\\\top$", ko: "점수"}}
  - {{en: "[dim]scale[/]", ko: "나누기"}}
  - {{en: softmax, ko: 소프트맥스}}
  - {{en: weighted sum, ko: 가중합}}
  explain: {{en: "So.", ko: "그렇습니다."}}
- id: arranged.gates
  kind: match
  prompt: {{en: "Match the gates.", ko: "게이트를 연결하세요."}}
  pairs:
  - {{left: {{en: forget gate, ko: 망각 게이트}}, right: {{en: keeps, ko: 간직}}}}
  - {{left: {{en: input gate, ko: 입력 게이트}}, right: {{en: writes, ko: 쓰기}}}}
  - {{left: {{en: output gate, ko: 출력 게이트}}, right: {{en: shows, ko: 보이기}}}}
  distractors: [{{en: counts, ko: 세기}}]
  explain: {{en: "So.", ko: "그렇습니다."}}
- id: arranged.wide
  kind: match
  prompt: {{en: "Match.", ko: "연결하세요."}}
  pairs:
  - {{left: {{en: one, ko: 하나}}, right: {{en: "first {LONG}", ko: 가}}}}
  - {{left: {{en: two, ko: 둘}}, right: {{en: "second {LONG}", ko: 나}}}}
  explain: {{en: "So.", ko: "그렇습니다."}}
- id: arranged.talk
  kind: discuss
  prompt: {{en: "Why gates?", ko: "왜 게이트입니까?"}}
  points:
  - {{en: "The path is short.", ko: "길이 짧습니다."}}
  - {{en: "The gate stays open.", ko: "게이트가 열려 있습니다."}}
  - {{en: "It has limits.", ko: "한계가 있습니다."}}
  explain: {{en: "So.", ko: "그렇습니다."}}
"""


@pytest.fixture
def arranged(tmp_path: Path) -> Services:
    content = tmp_path / "content"
    (content / "small").mkdir(parents=True)
    for name in ("content.yaml", "small/lstm.yaml"):
        (content / name).write_bytes((CONTENT / name).read_bytes())
    (content / "small" / "arranged.yaml").write_text(CARDS, encoding="utf-8")
    return make_services(tmp_path, content=content)


def only(name: str) -> First:
    return First.study(questions=[f"arranged.{name}"])


def digits(learner: Learner, *order: int) -> list[str]:
    """The digits that put steps, given by their place in the right order, one after the other."""
    mixed = learner.phase.posed.mixed
    return [str(mixed.index(step) + 1) for step in order]


def letters(learner: Learner, *lefts: int) -> list[str]:
    return [LETTERS[learner.phase.posed.answers[left]] for left in lefts]


async def test_digits_put_the_steps_in_order(arranged: Services) -> None:
    async with learner_at(arranged, only("steps")) as learner:
        assert "Which step comes first?" in learner.text
        assert "[dim]scale[/]" in learner.text
        pressed = digits(learner, 0, 1, 2, 3)
        await learner.press(*pressed[:3])
        assert "Which step comes next?" in learner.text
        assert isinstance(learner.phase, Asking)
        order = [line.strip() for line in learner.lines if line.strip()[:1].isdigit()]
        assert order == [
            f"{pressed[0]}  scores QKᵀ",
            f"{pressed[1]}  [dim]scale[/]",
            f"{pressed[2]}  softmax",
        ]
        await learner.press(pressed[3])
        assert "Enter checks this order" in learner.text
        assert learner.lines[-1].startswith(" enter check")
        await learner.press("enter")
        assert "✓ Right." in learner.text
        assert "1 scores QKᵀ 2 [dim]scale[/] 3 softmax 4 weighted sum" in learner.text
        assert learner.log() == [("arranged.steps", Rating.GOOD, 1.0, " ".join(pressed))]


async def test_the_cursor_puts_steps_too_and_backspace_takes_them_back(arranged: Services) -> None:
    async with learner_at(arranged, only("steps")) as learner:
        await learner.press("down", "down", "down", "down", "space", "enter", "backspace")
        await learner.press("up", "k", "ㅏ", "enter", "enter", "enter")
        assert isinstance(learner.phase, Asking)
        await learner.press("4", "enter")
        assert [row[3] for row in learner.log()] == ["4 1 2 3"]


async def test_a_digit_of_a_step_in_the_order_does_nothing(arranged: Services) -> None:
    async with learner_at(arranged, only("steps")) as learner:
        await learner.press("1", "1", "9", "2", "1", "3", "4", "enter")
        assert [row[3] for row in learner.log()] == ["1 2 3 4"]


async def test_a_wrong_order_names_the_first_wrong_step(arranged: Services) -> None:
    async with learner_at(arranged, only("steps")) as learner:
        await learner.press(*digits(learner, 0, 2, 1, 3), "enter")
        assert "~ Partly right." in learner.text
        assert "Step 2 should be “[dim]scale[/]”: you have “softmax” there." in learner.text
        assert "Your order; ✗ has to move" in learner.text
        beside = next(line for line in learner.lines if "weighted sum" in line)
        assert beside.split() == ["✓", "4", "weighted", "sum", "4", "weighted", "sum"]
        assert learner.log()[0][1:3] == (Rating.AGAIN, pytest.approx(2 / 3))


async def test_a_click_puts_a_step_and_takes_it_back(arranged: Services) -> None:
    async with learner_at(arranged, only("steps")) as learner:
        row = next(y for y, line in enumerate(learner.lines) if "▸ 1" in line)
        await learner.pilot.click(offset=(6, row + 1))
        await learner.settle()
        assert "Your order so far" in learner.text
        await learner.pilot.click(offset=(6, row))
        await learner.settle()
        assert "Which step comes first?" in learner.text


async def test_letters_match_the_sides(arranged: Services) -> None:
    async with learner_at(arranged, only("gates")) as learner:
        first, second, third = letters(learner, 0, 1, 2)
        row = next(line for line in learner.lines if "forget gate" in line)
        assert row.split()[:5] == ["▸", "1", "[", "]", "forget"]
        assert "a  " in row  # the right sides stand beside
        await learner.press(first)
        assert f"1 [{first}] forget gate" in learner.text
        assert "Type the letter that belongs to 2." in learner.text
        await learner.press(TWINS[second], third.upper())
        assert "Enter checks; a letter changes the row at the cursor." in learner.text
        await learner.press("enter")
        assert "✓ Right." in learner.text
        response = f"1{first} 2{second} 3{third}"
        assert learner.log() == [("arranged.gates", Rating.GOOD, 1.0, response)]


async def test_a_wrong_match_says_what_belongs(arranged: Services) -> None:
    async with learner_at(arranged, only("gates")) as learner:
        await learner.press(*letters(learner, 0, 2, 1), "enter")
        assert "~ Partly right." in learner.text
        assert "✓ 1 forget gate: keeps" in learner.text
        assert "✗ 2 input gate: shows → writes" in learner.text


async def test_what_is_open_is_asked_for(arranged: Services) -> None:
    async with learner_at(arranged, only("gates")) as learner:
        first, second, third = letters(learner, 0, 1, 2)
        await learner.press("3", third, "enter")
        assert "1, 2 are still open." in learner.text
        assert learner.log() == []
        await learner.press(first, second, "enter")
        assert "✓ Right." in learner.text


async def test_a_letter_in_use_moves_and_backspace_clears(arranged: Services) -> None:
    async with learner_at(arranged, only("gates")) as learner:
        await learner.press("a", "a")
        assert "1 [ ] forget gate" in learner.text
        assert "2 [a] input gate" in learner.text
        await learner.press("2", "backspace")
        assert "2 [ ] input gate" in learner.text


async def test_arrows_alone_match_everything(arranged: Services) -> None:
    async with learner_at(arranged, only("gates")) as learner:
        await learner.press("right", "down", "space", "down", "left", "left", "enter")
        assert [row[3] for row in learner.log()] == ["1a 2b 3c"]


async def test_letters_that_the_input_method_has_joined_count_each(arranged: Services) -> None:
    async with learner_at(arranged, only("gates")) as learner:
        await learner.press("뮻", "enter")
        assert [row[3] for row in learner.log()] == ["1a 2b 3c"]


async def test_a_letter_beyond_the_right_sides_is_a_shortcut_or_nothing(
    arranged: Services,
) -> None:
    async with learner_at(arranged, only("gates")) as learner:
        await learner.press("e", "p", "9")
        assert isinstance(learner.phase, Asking)
        assert "1 [ ] forget gate" in learner.text


async def test_long_sides_stand_below_each_other(arranged: Services) -> None:
    async with learner_at(arranged, only("wide")) as learner:
        rows = [line for line in learner.lines if "[ ]" in line]
        assert [row.split("]")[1].strip() for row in rows] == ["one", "two"]
        place = next(y for y, line in enumerate(learner.lines) if line.startswith("    b  "))
        await learner.pilot.click(offset=(10, place))
        await learner.settle()
        assert "1 [b] one" in learner.text


async def test_points_are_shown_after_the_talk_and_ticked(arranged: Services) -> None:
    async with learner_at(arranged, only("talk")) as learner:
        assert "The path is short." not in learner.text
        await learner.press("1")
        assert "The path is short." not in learner.text
        await learner.press("enter")
        assert "1 [ ] The path is short." in learner.text
        await learner.press("1", "3", "2", "space", "down", "down")
        assert "3 [x] It has limits." in learner.text
        await learner.press("enter")
        assert isinstance(learner.phase, Answered)
        assert learner.log() == []
        assert "✓ 1 The path is short." in learner.text
        assert "· 2 The gate stays open." in learner.text
        assert "▸ 2 Hard" in learner.text
        await learner.press("enter")
        assert learner.log() == [("arranged.talk", Rating.HARD, None, "1 3")]


async def test_no_point_is_an_answer(arranged: Services) -> None:
    async with learner_at(arranged, only("talk")) as learner:
        await learner.press("space", "enter")
        assert "▸ 1 Again" in learner.text
        await learner.press("3")
        assert learner.log() == [("arranged.talk", Rating.GOOD, None, "")]


@pytest.mark.parametrize("name", ["steps", "gates", "talk"])
async def test_another_language_keeps_what_was_done(arranged: Services, name: str) -> None:
    async with learner_at(arranged, only(name)) as learner:
        await learner.press("enter" if name == "talk" else "a", "1", "f2")
        done = {"steps": "1 ", "gates": "[a] 망각 게이트", "talk": "1 [x] 길이 짧습니다."}[name]
        assert done in learner.text
