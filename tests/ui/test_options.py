"""Options that are ticked, statements that are judged, and choices that are computed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.learner import CONTENT, LARGE, learner_at, make_services
from tests.ui.test_burst import burst
from tutor.memory.rating import Rating
from tutor.services import Services
from tutor.session.study import Asking
from tutor.ui.answers.multi import Ticks
from tutor.ui.answers.truefalse import Reasons, Truth
from tutor.ui.app import First
from tutor.ui.screens.summary import SummaryScreen
from tutor.ui.widgets.field import AnswerField
from tutor.ui.widgets.ratings import Ratings

CARDS = """\
format: 1
topic: picks
title: {en: Options, ko: 선택지}
questions:
- id: picks.ticks
  kind: multi
  shuffle: false
  prompt: {en: "Which gates has an LSTM?", ko: "LSTM의 게이트는?"}
  options:
  - {text: {en: "forget [/] gate", ko: 망각 게이트}, right: true}
  - {text: {en: input gate, ko: 입력 게이트}, right: true, feedback: {en: "It lets in.", ko: "들여보냅니다."}}
  - {text: {en: reset gate, ko: 리셋 게이트}, feedback: {en: "That is GRU's.", ko: "GRU에 있습니다."}, mistake: gru-gate}
  - {text: {en: attention gate, ko: 어텐션 게이트}, feedback: {en: "There is none.", ko: "없습니다."}}
  explain: {en: "Three gates.", ko: "게이트 세 개입니다."}
- id: picks.picked
  kind: truefalse
  shuffle: false
  prompt: {en: "A gate can be negative.", ko: "게이트는 음수가 될 수 있다."}
  answer: false
  reasons:
  - {text: {en: It is a tanh., ko: tanh입니다.}, feedback: {en: "The candidate is.", ko: "후보가 그렇습니다."}, mistake: gate-is-tanh}
  - {text: {en: It is a sigmoid., ko: 시그모이드입니다.}, right: true}
  explain: {en: "Between 0 and 1.", ko: "0과 1 사이입니다."}
- id: picks.typed
  kind: truefalse
  prompt: {en: "A GRU has a cell state.", ko: "GRU에는 셀 상태가 있다."}
  answer: false
  reason: {accept: {en: [one state], ko: [상태 하나]}}
  explain: {en: "Its hidden state is all.", ko: "은닉 상태뿐입니다."}
- id: picks.plain
  kind: truefalse
  draw: {h: {choose: [4]}}
  prompt: {en: "{h} units have {4*h} gates.", ko: "유닛 {h}개에 게이트 {4*h}개."}
  answer: true
  explain: {en: "Four each.", ko: "네 개씩입니다."}
- id: picks.computed
  kind: choice
  draw: {d: {choose: [10]}, h: {choose: [24]}}
  compute: {count: {engine: lstm_params, args: {input_size: d, hidden_size: h, convention: pytorch}}}
  prompt: {en: "Size {d}, hidden {h}: how many?", ko: "크기 {d}, 은닉 {h}: 몇 개?"}
  answer: count.total
  unit: {en: parameters, ko: 개}
  explain: {en: "Four blocks.", ko: "블록 네 개."}
"""


@pytest.fixture
def picks(tmp_path: Path) -> Iterator[Services]:
    content = tmp_path / "content"
    (content / "small").mkdir(parents=True)
    (content / "content.yaml").write_bytes((CONTENT / "content.yaml").read_bytes())
    (content / "small" / "picks.yaml").write_text(CARDS, encoding="utf-8")
    made = make_services(tmp_path, content=content)
    yield made
    made.close()


def only(*names: str) -> First:
    return First.study(questions=[f"picks.{name}" for name in names])


async def test_digits_and_space_tick_and_untick(picks: Services) -> None:
    async with learner_at(picks, only("ticks")) as learner:
        assert "▸ 1 [ ] forget [/] gate" in learner.text
        await learner.press("1", "3", "3", "down", "up", "up", "space")
        assert isinstance(learner.phase, Asking)
        assert "1 [x] forget [/] gate ▸ 2 [x] input gate 3 [ ] reset gate" in learner.text
        await learner.press("enter")
        assert "✓ Right." in learner.text
        assert learner.log() == [("picks.ticks", Rating.GOOD, 1.0, "1 2")]
        assert isinstance(learner.app.screen.focused, Ratings)


async def test_a_click_ticks(picks: Services) -> None:
    async with learner_at(picks, only("ticks")) as learner:
        await learner.pilot.click(Ticks, offset=(8, 1))
        await learner.settle()
        assert "▸ 2 [x] input gate" in learner.text


async def test_with_nothing_ticked_enter_asks_for_a_tick(picks: Services) -> None:
    async with learner_at(picks, only("ticks")) as learner:
        await learner.press("1", "1", "9", "enter")
        assert "Tick at least one option." in learner.text
        assert learner.log() == []
        assert isinstance(learner.app.screen.focused, Ticks)
        await learner.press("1", "enter")
        assert "~ Partly right. 1 of 2" in learner.text


async def test_the_verdict_shows_what_belongs_and_what_was_ticked(picks: Services) -> None:
    async with learner_at(picks, only("ticks")) as learner:
        await learner.press("1", "3", "enter")
        assert "✗ Not yet. 1 of 2, 1 too many" in learner.text
        assert "✓ 1 [x] forget [/] gate ✓ 2 [ ] input gate It lets in." in learner.text
        assert "✗ 3 [x] reset gate That is GRU's. ✗ 4 [ ] attention gate" in learner.text
        assert "There is none." not in learner.text
        rows = [row for row in picks.store.rows() if row.action == "answer"]
        assert [row.mistake for row in rows] == ["gru-gate"]


async def test_ticks_stay_when_the_language_changes_and_not_on_the_next_card(
    picks: Services,
) -> None:
    async with learner_at(picks, only("ticks", "plain")) as learner:
        await learner.press("2", "f2")
        assert "2 [x] 입력 게이트" in learner.text
        await learner.press("f2", "enter", "1")
        await learner.press("f", "1")
        assert "[ ] input gate" in learner.text
        assert "[x]" not in learner.text


@pytest.mark.parametrize("key", ["t", "ㅅ", "o", "1", "enter", "space"])
async def test_a_statement_without_a_reason_is_judged_at_once(picks: Services, key: str) -> None:
    async with learner_at(picks, only("plain")) as learner:
        assert "4 units have 16 gates." in learner.text
        assert "t true" in learner.lines[-1]
        await learner.press(key)
        assert "✓ Right." in learner.text
        assert learner.log() == [("picks.plain", Rating.GOOD, 1.0, "t")]


@pytest.mark.parametrize("key", ["f", "ㄹ", "x", "2"])
async def test_a_wrong_verdict_says_what_is_so(picks: Services, key: str) -> None:
    async with learner_at(picks, only("plain")) as learner:
        await learner.press(key)
        assert "✗ Not yet. the statement is true" in learner.text
        assert learner.log() == [("picks.plain", Rating.AGAIN, 0.0, "f")]


async def test_the_reasons_come_after_the_verdict(picks: Services) -> None:
    async with learner_at(picks, only("picked")) as learner:
        assert "It is a sigmoid." not in learner.text
        await learner.press("f")
        assert isinstance(learner.app.screen.focused, Reasons)
        assert "2 (x) False Why? ▸ 1 It is a tanh. 2 It is a sigmoid." in learner.text
        assert learner.log() == []
        await learner.press("down", "enter")
        assert "✓ Right." in learner.text
        assert "✓ False" in learner.text
        assert learner.log() == [("picks.picked", Rating.GOOD, 1.0, "f\n2")]


async def test_the_verdict_may_be_changed_before_the_reason_is_given(picks: Services) -> None:
    async with learner_at(picks, only("picked")) as learner:
        await learner.press("t", "shift+tab")
        assert isinstance(learner.app.screen.focused, Truth)
        assert "shift+tab" not in learner.lines[-1]
        await learner.press("f")
        assert "1 ( ) True 2 (x) False" in learner.text
        assert "shift+tab true or false" in learner.lines[-1]
        await learner.press("1")
        assert "~ Partly right. the verdict is right, the reason is not" in learner.text
        assert "✓ False ✗ 1 It is a tanh. The candidate is. ✓ 2 It is a sigmoid." in learner.text
        rows = [row for row in picks.store.rows() if row.action == "answer"]
        assert [(row.score, row.mistake) for row in rows] == [(0.5, "gate-is-tanh")]


async def test_a_reason_is_typed_and_both_are_handed_in(picks: Services) -> None:
    async with learner_at(picks, only("typed", "picked")) as learner:
        await learner.press("f")
        assert isinstance(learner.app.screen.focused, AnswerField)
        await learner.press("enter")
        assert "The reason is still missing." in learner.text
        assert learner.log() == []
        await learner.type("one [/] state")
        await learner.press("enter")
        assert "~ Partly right." in learner.text
        assert "✗ one [/] state → one state" in learner.text
        assert learner.log() == [("picks.typed", Rating.AGAIN, 0.5, "f\none [/] state")]
        await learner.press("enter")
        assert "▸ 1 ( ) True 2 ( ) False" in learner.text
        assert "Why?" not in learner.text


async def test_a_typed_reason_survives_the_way_back_and_the_language(picks: Services) -> None:
    async with learner_at(picks, only("typed")) as learner:
        await learner.press("t")
        await learner.type("one ")
        await learner.press("shift+tab", "f2", "f")
        await learner.type("state")
        await learner.press("enter")
        assert "맞습니다." in learner.text
        assert "GRU에는 셀 상태가 있다." in learner.text
        assert learner.log() == [("picks.typed", Rating.GOOD, 1.0, "f\none state")]


async def test_keys_in_one_burst_reach_what_they_are_meant_for(picks: Services) -> None:
    async with learner_at(picks, only("picked", "typed")) as learner:
        await burst(learner, "f2")
        assert learner.log() == [("picks.picked", Rating.GOOD, 1.0, "f\n2")]
        await learner.press("enter")
        await burst(learner, "fone state⏎")
        assert learner.log()[1:] == [("picks.typed", Rating.GOOD, 1.0, "f\none state")]


async def test_a_computed_choice_tells_every_option_and_logs_the_mistake(picks: Services) -> None:
    async with learner_at(picks, only("computed"), LARGE) as learner:
        options = learner.phase.posed.options
        assert len(options) == 4
        assert sum(option.text.en == "3,456 parameters" for option in options) == 1
        wrong = next(index for index, option in enumerate(options) if not option.right)
        await learner.press(str(wrong + 1))
        assert "✗ Not yet." in learner.text
        left = " ".join(line[:77] for line in learner.lines)
        for option in options:
            if option.feedback is not None:
                assert str(option.feedback)[:12] in " ".join(left.split())
        rows = [row for row in picks.store.rows() if row.action == "answer"]
        assert [row.mistake for row in rows] == [options[wrong].mistake]
        await learner.press("q")
        assert isinstance(learner.app.screen, SummaryScreen)
        assert "Mistakes" in learner.text


async def test_the_cursor_goes_to_the_last_of_options_that_were_just_asked(
    services: Services,
) -> None:
    """A key may come after a question has changed, and before it has been drawn."""
    async with learner_at(services) as learner:
        ticks = Ticks()
        await learner.app.screen.mount(ticks)
        for count in (2, 5, 0):
            ticks.ask([f"option {at}" for at in range(count)], learner.app.voice)
            ticks.put_cursor(count - 1)
            ticks.action_move(1)
            assert ticks.cursor == max(0, count - 1)
        await learner.settle()
