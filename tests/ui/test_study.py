from __future__ import annotations

import pytest

from tests.ui.learner import LARGE, learner_at
from tutor.memory.rating import Rating
from tutor.services import Services
from tutor.session.study import Answered, Asking
from tutor.ui.app import First
from tutor.ui.screens.home import HomeScreen
from tutor.ui.screens.lab import LabScreen
from tutor.ui.screens.read import ReadScreen
from tutor.ui.screens.summary import SummaryScreen
from tutor.ui.widgets.field import AnswerField
from tutor.ui.widgets.ratings import Ratings


def only(*questions: str) -> First:
    return First.study(questions=questions)


LINKS = "p  Three gates and a candidate   l  Parameter workbench"


async def test_the_explanation_names_its_page_and_its_lab(services: Services) -> None:
    async with learner_at(services, only("lstm.count", "lstm.why")) as learner:
        await learner.type("1")
        await learner.press("enter")
        lines = [line.strip() for line in learner.lines]
        assert lines.index(LINKS) == lines.index("Four blocks of 24 sums.") + 2
        await learner.press("4", "space")
        assert any(line.strip() == "p  Three gates and a candidate" for line in learner.lines)
        await learner.press("f2")
        assert any(line.strip() == "p  세 게이트와 후보" for line in learner.lines)
        await learner.press("p")
        assert isinstance(learner.app.screen, ReadScreen)


async def test_a_number_is_understood_while_it_is_typed_and_graded_when_it_is_submitted(
    services: Services,
) -> None:
    async with learner_at(services, only("lstm.count")) as learner:
        assert "input size 10 and hidden size 24" in learner.text
        await learner.type("3456")
        assert "understood as 3,456" in learner.text
        assert isinstance(learner.phase, Asking)
        await learner.press("enter")
        assert "✓ Right." in learner.text
        assert learner.log() == [("lstm.count", Rating.GOOD, 1.0, "3456")]
        assert isinstance(learner.app.screen.focused, Ratings)


async def test_a_wrong_number_is_diagnosed_and_worked_out(services: Services) -> None:
    async with learner_at(services, only("lstm.count")) as learner:
        await learner.type("2592")
        await learner.press("enter")
        assert "✗ Not yet." in learner.text
        assert "understood as 2,592 parameters" in learner.text
        assert "three blocks" in learner.text
        assert "Answer: 3,456 parameters" in learner.text
        await learner.press("pagedown", "pagedown")
        assert "3,360" in learner.text
        assert isinstance(learner.app.screen.focused, Ratings)


async def test_the_footer_says_when_there_is_more_below(services: Services) -> None:
    async with learner_at(services, only("lstm.count", "lstm.why")) as learner:
        await learner.type("2592")
        await learner.press("enter")
        assert "PgDn more" in learner.lines[-1]
        await learner.press("pagedown", "pagedown", "pagedown")
        assert "PgDn" not in learner.lines[-1]
        await learner.press("pageup")
        assert "PgDn more" in learner.lines[-1]
        await learner.press("enter")
        assert "PgDn" not in learner.lines[-1]


async def test_a_malformed_number_is_asked_again(services: Services) -> None:
    async with learner_at(services, only("lstm.count")) as learner:
        await learner.type("10,24")
        await learner.press("enter")
        assert "can be read in two ways" in learner.text
        assert learner.log() == []
        assert isinstance(learner.app.screen.focused, AnswerField)


async def test_a_choice_shows_the_feedback_of_every_option(services: Services) -> None:
    async with learner_at(services, only("lstm.range")) as learner:
        tempting = [option.mistake for option in learner.phase.posed.options].index("tanh-range")
        await learner.press(str(tempting + 1))
        assert "✗ Not yet." in learner.text
        assert "That is tanh." in learner.text
        assert "A sigmoid." in learner.text
        assert "A gate scales." in learner.text


async def test_a_choice_follows_the_cursor(services: Services) -> None:
    async with learner_at(services, only("lstm.range")) as learner:
        right = [option.right for option in learner.phase.posed.options].index(True)
        await learner.press(*["down"] * right, "space")
        assert "✓ Right." in learner.text
        assert learner.log() == [("lstm.range", Rating.GOOD, 1.0, str(right + 1))]


async def test_a_digit_beyond_the_options_does_nothing(services: Services) -> None:
    async with learner_at(services, only("lstm.range")) as learner:
        await learner.press("4", "9")
        assert isinstance(learner.phase, Asking)


async def test_each_gap_is_a_card_of_its_own(services: Services) -> None:
    async with learner_at(services, only("lstm.cell")) as learner:
        assert "The ＿＿＿ gate scales the cell state." in learner.text
        assert "1 of 2" in learner.text
        await learner.type("forget")
        await learner.press("enter")
        assert "✓ Right." in learner.text
        await learner.press("enter")
        assert "The forget gate scales the ＿＿＿ state." in learner.text
        await learner.type("hidden")
        await learner.press("enter")
        assert "✗ Not yet." in learner.text
        assert "✗ hidden → cell" in learner.text
        assert "Answer: The forget gate scales the cell state." in learner.text
        assert learner.log() == [
            ("lstm.cell#1", Rating.GOOD, 1.0, "forget"),
            ("lstm.cell#2", Rating.AGAIN, 0.0, "hidden"),
        ]


async def test_an_empty_gap_is_asked_for(services: Services) -> None:
    async with learner_at(services, only("lstm.cell#2")) as learner:
        await learner.press("enter")
        assert "The gap is still empty." in learner.text
        await learner.type("cell")
        await learner.press("enter")
        assert "✓ Right." in learner.text


async def test_a_flashcard_is_rated_by_the_learner(services: Services) -> None:
    async with learner_at(services, only("lstm.why")) as learner:
        assert "To decide what is kept." not in learner.text
        await learner.press("space")
        assert "To decide what is kept." in learner.text
        assert learner.log() == []
        await learner.press("4")
        assert learner.log() == [("lstm.why", Rating.EASY, None, "")]


async def test_every_kind_in_korean(korean: Services) -> None:
    async with learner_at(
        korean, only("lstm.count", "lstm.range", "lstm.cell", "lstm.why")
    ) as learner:
        assert "입력 크기는 10, 은닉 크기는 24입니다" in learner.text
        await learner.type("3456")
        assert "3,456으로 이해함" in learner.text
        await learner.press("enter")
        assert "✓ 맞습니다." in learner.text
        await learner.press("enter")
        assert "게이트의 범위는 무엇입니까?" in learner.text
        wrong = [option.right for option in learner.phase.posed.options].index(False)
        await learner.press(str(wrong + 1))
        assert "✗ 아직 아닙니다." in learner.text
        await learner.press("enter")
        await learner.type("망각")
        await learner.press("enter")
        assert "✓ 맞습니다." in learner.text
        await learner.press("enter")
        assert "LSTM에는 왜 게이트가 있습니까?" in learner.text
        assert "카드 뒤집기" in learner.text
        await learner.press("enter")
        assert "무엇을 간직할지 정하려고 있습니다." in learner.text
        await learner.press("enter")
        assert [row[0] for row in learner.log()] == [
            "lstm.count",
            "lstm.range",
            "lstm.cell#1",
            "lstm.why",
        ]


async def test_a_failed_card_comes_back_before_the_session_ends(services: Services) -> None:
    async with learner_at(services, only("lstm.why", "lstm.count")) as learner:
        await learner.press("enter", "1")
        assert "2 of 2" in learner.text
        await learner.type("3456")
        await learner.press("enter", "4")
        assert "Why does an LSTM have gates?" in learner.text
        assert "once more" in learner.text
        await learner.press("enter", "4")
        assert isinstance(learner.app.screen, SummaryScreen)
        assert "2 cards answered, 1 right at the first attempt." in learner.text


async def test_the_learner_overrides_a_rating(services: Services) -> None:
    async with learner_at(services, only("lstm.count")) as learner:
        await learner.type("3456")
        await learner.press("enter", "left", "enter")
        ratings = [row.rating for row in services.store.rows()]
        assert ratings == [Rating.GOOD, Rating.HARD]


async def test_arrows_move_the_rating_and_do_not_go_on(services: Services) -> None:
    async with learner_at(services, only("lstm.count")) as learner:
        await learner.type("3456")
        await learner.press("enter", "left", "left", "right")
        assert isinstance(learner.phase, Answered)
        await learner.press("space")
        assert [row.rating for row in services.store.rows()] == [Rating.GOOD, Rating.HARD]


async def test_a_digit_rates_and_goes_on(services: Services) -> None:
    async with learner_at(services, only("lstm.count", "lstm.why")) as learner:
        await learner.type("3456")
        await learner.press("enter", "2")
        assert isinstance(learner.phase, Asking)
        assert [row.rating for row in services.store.rows()] == [Rating.GOOD, Rating.HARD]


async def test_skipping_leaves_the_card_out(services: Services) -> None:
    async with learner_at(services, only("lstm.count", "lstm.why")) as learner:
        await learner.press("f8")
        assert "Why does an LSTM have gates?" in learner.text
        assert learner.log() == []


async def test_escape_leaves_the_field_first_and_then_the_session(services: Services) -> None:
    async with learner_at(services, only("lstm.why", "lstm.count")) as learner:
        await learner.press("enter", "4")
        await learner.type("34")
        await learner.press("escape")
        assert isinstance(learner.phase, Asking)
        await learner.press("enter")
        await learner.type("56")
        assert "understood as 3,456" in learner.text
        await learner.press("escape", "escape")
        assert isinstance(learner.app.screen, SummaryScreen)
        assert "1 card answered" in learner.text
        assert learner.log() == [("lstm.why", Rating.EASY, None, "")]
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)


async def test_q_and_its_hangul_twin_leave(services: Services) -> None:
    for key in ("q", "ㅂ"):
        async with learner_at(services, only("lstm.range")) as learner:
            await learner.press(key)
            assert isinstance(learner.app.screen, SummaryScreen)


async def test_leaving_at_the_verdict_keeps_the_answer(services: Services) -> None:
    async with learner_at(services, only("lstm.range", "lstm.why")) as learner:
        await learner.press("1", "q")
        assert isinstance(learner.app.screen, SummaryScreen)
        assert len(learner.log()) == 1


async def test_two_enters_in_a_row_never_reach_a_wrong_state(services: Services) -> None:
    async with learner_at(services, only("lstm.count", "lstm.why")) as learner:
        await learner.type("3456")
        await learner.pilot.press("enter", "enter", "enter", "enter", "enter", "enter")
        await learner.settle()
        assert [row[0] for row in learner.log()] == ["lstm.count", "lstm.why"]


async def test_ten_thousand_characters_are_no_number(services: Services) -> None:
    async with learner_at(services, only("lstm.count")) as learner:
        field = learner.app.screen.focused
        assert isinstance(field, AnswerField)
        field.insert_text_at_cursor("9" * 10_000)
        await learner.press("enter")
        assert "longer than 100 characters" in learner.text
        assert learner.log() == []


async def test_pasted_controls_become_visible_and_jamo_are_composed(services: Services) -> None:
    async with learner_at(services, only("lstm.cell")) as learner:
        field = learner.app.screen.focused
        assert isinstance(field, AnswerField)
        field.insert_text_at_cursor("\x1b[31m\u202e\u1106\u1161\u11bc\u1100\u1161\u11a8")
        await learner.settle()
        assert field.value == "�[31m�망각"


async def test_on_a_wide_terminal_the_solution_stands_beside_the_verdict(
    services: Services,
) -> None:
    async with learner_at(services, only("lstm.count"), LARGE) as learner:
        await learner.type("2592")
        await learner.press("enter")
        row = next(line for line in learner.lines if "weight_ih_l0" in line)
        assert row.index("weight_ih_l0") > 76
        assert "960" in row
        assert "Keras" in learner.text
        await learner.resize(80, 24)
        row = next(line for line in learner.lines if "weight_ih_l0" in line)
        assert row.index("weight_ih_l0") < 10


async def test_the_lab_opens_with_the_numbers_of_the_card(services: Services) -> None:
    async with learner_at(services, only("lstm.count")) as learner:
        await learner.type("2592")
        await learner.press("enter", "l")
        assert isinstance(learner.app.screen, LabScreen)
        assert "3,456" in learner.text
        await learner.press("escape")
        assert isinstance(learner.app.screen.focused, Ratings)
        assert isinstance(learner.phase, Answered)


async def test_the_page_that_explains_the_card_opens(services: Services) -> None:
    async with learner_at(services, only("lstm.range")) as learner:
        await learner.press("p")
        assert isinstance(learner.phase, Asking)
        await learner.press("1", "ㅔ")
        assert isinstance(learner.app.screen, ReadScreen)
        assert "Four blocks." in learner.text


async def test_signs_do_not_depend_on_colour(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with learner_at(services, only("lstm.count")) as learner:
        await learner.type("2592")
        await learner.press("enter", "right", "right")
        assert learner.app.no_color
        assert "✗ Not yet." in learner.text
        assert "▸ 3 Good" in learner.text


async def test_nothing_to_study_says_so(services: Services) -> None:
    async with learner_at(services, First.study(topics=["lstm"], limit=0)) as learner:
        assert isinstance(learner.app.screen, SummaryScreen)
        assert "No card was answered" in learner.text
