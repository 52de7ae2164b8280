"""A room on a player's screen, on frames that a script sends.

Starting the app is most of the work: each test is a story of several questions.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.ui.fake_link import (
    FakeLink,
    Player,
    ScriptedPlay,
    asked,
    board,
    clock,
    ended,
    lobby,
    locked,
    player_at,
    result,
    revealed,
    row,
    said,
    same,
    standing,
    talking,
    welcome,
    yours,
)
from tests.ui.learner import LARGE, SMALL, make_services
from tutor.errors import TutorError
from tutor.kinds.face import (
    DiscussFace,
    Face,
    FormulaFace,
    FormulaName,
    MatchFace,
    OrderFace,
    TextFace,
    TrueFalseFace,
)
from tutor.live.wire import Asked, Complaint, Refused
from tutor.services import Services
from tutor.services.peer_log import PeerAnswer
from tutor.text.message import msg
from tutor.text.width import cells
from tutor.ui.screens.home import HomeScreen
from tutor.ui.screens.play import PlayScreen
from tutor.ui.screens.study import StudyScreen
from tutor.ui.widgets.field import AnswerField
from tutor.ui.widgets.lines import Lines


def question(services: Services, name: str = "lstm.count") -> Any:
    return services.load_bank().questions[name]


def faced(face: Face, number: int = 1, seconds: int = 60) -> Asked:
    return Asked(
        round=number, of=10, ballot=1, topic=same("LSTM"), face=face,
        is_open_question=face.kind == "discuss", remaining_ms=seconds * 1000, is_paused=False,
    )  # fmt: skip


def cut(player: Player) -> list[str]:
    """Return the lines that are wider than the widget they stand in."""
    return [
        line.plain
        for widget in player.screen.query(Lines)
        if widget.display and widget.size.width
        for line in widget.lines(widget.size.width)
        if cells(line.plain) > widget.size.width
    ]


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
async def test_every_scene_is_shown_in_both_languages(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    made = make_services(tmp_path)
    count = question(made)
    own = said(made, count, "2592")
    jun, minah = row("Jun", 1, 5), row("민아", 2, -2.5)
    outcome = result("2592", 0.0, question="lstm.count", understood=own)
    scenes: list[tuple[tuple[Any, ...], tuple[str, ...], str, str]] = [
        ((welcome(), lobby("Jun", "민아")), ("KQ7M-2XPD", "Jun, 민아"), "Day 14", "14일차"),
        ((asked(count),), ("LSTM · 1", "1:00"), "An LSTM has", "입력 크기는"),
        ((yours(own, "2592", reason="three"),), ("three",), own.en, own.ko),
        ((locked(),), ("three",), own.en, own.ko),
        ((talking(same("3,456"), "a *fourth*", "Jun"),), ("3,456", "a *fourth*", "2:00"), own.en, own.ko),
        ((asked(count, ballot=2), yours(own, "2592")), ("1:00",), own.en, own.ko),
        ((locked(ballot=2), revealed("lstm.count", after=0.5), outcome), ("3,456",), "Not yet.", "아직 아닙니다."),
        ((board(jun, minah), standing(minah)), ("▸ 2 민아", "1 Jun"), "−2.5", "−2.5"),
        ((ended(),), ("▸ 2 민아", "✗ 1"), "An LSTM has", "입력 크기는"),
    ]  # fmt: skip
    async with player_at(made, size=size) as player:
        for frames, words, en, ko in scenes:
            await player.see(*frames)
            for spoken in (en, ko):
                text = player.text
                for word in (*words, spoken):
                    assert word in text
                assert cut(player) == []
                assert player.screen.query_one("Page").max_scroll_x == 0  # type: ignore[attr-defined]  # a scrolling widget
                player.app.action_switch_language()
                await player.pilot.pause()
    made.close()


async def test_an_answer_is_completed_sent_and_changed(services: Services) -> None:
    count = question(services)
    async with player_at(services) as player:
        await player.see(welcome(), asked(count))
        await player.press("x", "enter")
        assert "How sure" not in player.text
        assert player.link.votes == []
        await player.press("backspace", *"25")
        await player.press("f2")
        assert "입력 크기는" in player.text
        assert "│ 25" in player.text
        await player.press("f2", *"92", "enter")
        assert "Your answer: 2,592 parameters" in player.text
        assert "right +3, wrong −6" in player.text
        await player.press("3", *"gates", "enter")
        (vote,) = player.link.votes
        assert (vote.round, vote.ballot, vote.text) == (1, 1, "2592")
        assert (vote.sure, vote.reason) == (3, "gates")
        assert "Sending your answer: 2,592 parameters certain, because: gates" in player.text
        await player.see(yours(said(services, count, "2592"), "2592", reason="gates"))
        assert "✓ The room has your answer: 2,592 parameters" in player.text
        assert player.app.focused is None
        await player.press("ㅊ", "backspace", "1", "enter")
        assert "Your answer: 2,591" in player.text
        await player.press("escape", "enter", "1", "enter")
        assert [(vote.text, vote.sure) for vote in player.link.votes] == [("2592", 3), ("2591", 1)]
        await player.see(Complaint(round=1, ballot=1, message=same("Say a *whole* number.")))
        assert "Say a whole number." in player.text
        assert isinstance(player.app.focused, AnswerField)
        assert player.app.focused.value == "2591"
        await player.see(yours(said(services, count, "2591"), "2591", sure=1), locked())
        assert "Your answer: 2,591 parameters" in player.text
        await player.press("c", "3", "enter")
        assert len(player.link.votes) == 2


KINDS: tuple[tuple[Face, tuple[str, ...], str], ...] = (
    (TextFace(prompt=same("Which gate?")), (*"xo", "enter"), "xo"),
    (
        TrueFalseFace(prompt=same("A gate is a sigmoid."), types_reason=True),
        ("t", *"so", "enter"), "t\nso",
    ),
    (
        OrderFace(prompt=same("Order."), steps=(same("a"), same("b"), same("c"))),
        ("2", "1", "3", "enter"), "2 1 3",
    ),
    (
        MatchFace(prompt=same("Match."), lefts=(same("l"), same("m")), rights=(same("r"), same("s"))),
        ("b", "a", "enter"), "1b 2a",
    ),
)  # fmt: skip


async def test_each_kind_takes_its_answer(services: Services) -> None:
    async with player_at(services) as player:
        await player.see(welcome(reasons=False))
        for number, (face, keys, text) in enumerate(KINDS, 1):
            await player.see(faced(face, number))
            await player.press(*keys)
            assert "How sure are you?" in player.text
            await player.press("enter")
            vote = player.link.votes[-1]
            assert (vote.round, vote.text, vote.sure) == (number, text, 2)
        await player.see(welcome(confidence=False, reasons=False))
        await player.see(asked(question(services, "lstm.range"), number=8))
        await player.press("2")
        vote = player.link.votes[-1]
        assert (vote.round, vote.text, vote.sure, vote.reason) == (8, "2", None, "")
        await player.see(faced(DiscussFace(prompt=same("Why tanh?"), points=2), 9))
        assert "Why tanh? Talk it over. 2 points should come up" in player.text
        await player.press("enter", "1", "c")
        assert len(player.link.votes) == len(KINDS) + 1


async def test_an_answer_reads_as_the_room_will_say_it(services: Services) -> None:
    names = tuple(FormulaName(name=name, value=2.0) for name in "fc")
    formula = FormulaFace(prompt=same("Which product?"), names=names)
    async with player_at(services) as player:
        await player.see(welcome(reasons=False))
        for number, (asks, typed, said_as) in enumerate(
            ((formula, "f*c", "fc"), (TextFace(prompt=same("Which?")), "a_b*", "a_b*")), 1
        ):
            await player.see(faced(asks, number))
            await player.type(typed)
            await player.press("enter")
            assert f"Your answer: {said_as} How sure" in player.text
            await player.press("1")
            assert f"Sending your answer: {said_as} a guess" in player.text


async def test_a_closed_vote_shows_the_answer_once(services: Services) -> None:
    count = question(services)
    async with player_at(services) as player:
        await player.see(welcome(confidence=False, reasons=False), asked(count))
        await player.press(*"2592", "enter")
        await player.see(yours(said(services, count, "2592"), "2592"), locked())
        assert player.text.count("2,592") == 1
        assert "2592" not in player.text
        await player.see(asked(count, ballot=2))
        assert "│ 2592" in player.text


async def test_the_close_loses_nothing_and_says_so(services: Services) -> None:
    count, choice = question(services), question(services, "lstm.range")
    async with player_at(services) as player:
        await player.see(welcome(), asked(count, seconds=2))
        await player.press(*"259")
        await player.wait(1.5)
        assert "0:01 left" in player.text
        await player.wait(1)
        assert "time is up" in player.text
        await player.see(locked())
        assert player.link.votes == []
        assert "closed before you sent what stands here: it does not count" in player.text
        assert "│ 259" in player.text
        await player.see(asked(count, ballot=2))
        await player.press("2", "enter", "1", "enter")
        assert [(vote.ballot, vote.text) for vote in player.link.votes] == [(2, "2592")]

        await player.see(asked(choice, number=2, seconds=5))
        await player.press("2")
        assert "How sure are you?" in player.text
        await player.wait(4.5)
        assert [(vote.text, vote.sure) for vote in player.link.votes[1:]] == [("2", 1)]
        await player.see(yours(said(services, choice, "2"), "2", number=2, sure=1), locked(2))
        assert "Your answer was sent just before the time was up." in player.text

        await player.see(asked(choice, number=3))
        await player.press("2")
        await player.see(locked(3))
        assert len(player.link.votes) == 2
        assert "The vote was closed before you sent any number: it does not count." in player.text


async def test_everything_stays_while_the_connection_is_lost(services: Services) -> None:
    count = question(services)
    there = yours(said(services, count, "2592"), "2592", sure=2, reason="why")
    async with player_at(services) as player:
        await player.see(welcome(), asked(count))
        await player.press("2", "5")
        player.link.lose()
        await player.settle()
        assert "The connection is lost; trying again." in player.text
        await player.press(*"92", "enter", "2", "enter")
        assert "Your answer waits here until the connection is back: 2,592" in player.text
        await player.see(welcome())
        assert "An LSTM has input size 10" in player.text  # nothing has come but the welcome
        await player.see(asked(count, seconds=40), there)
        assert "The room has your answer: 2,592" in player.text
        assert "0:40 left" in player.text
        assert "connection" not in player.text

        await player.see(locked(), talking(same("3,456"), "four", "Jun"))
        assert "Talk to Jun: you answered differently." in player.text
        await player.see(asked(count, ballot=2), there)
        assert "Your first answer: 2,592 parameters fairly sure, because: why" in player.text
        assert "It counts as long as you do not answer again." in player.text

        await player.see(clock(30, is_paused=True))
        assert "The host has paused the room." in player.text
        assert "paused at 0:30" in player.text
        await player.press("enter", "3", "enter")
        assert len(player.link.votes) == 1
        assert "Your answer is sent as soon as the room goes on: 2,592" in player.text
        await player.see(clock(30))
        vote = player.link.votes[-1]
        assert (vote.ballot, vote.text, vote.sure) == (2, "2592", 3)


async def test_who_comes_back_in_another_terminal_goes_on(services: Services) -> None:
    count = question(services)
    seven = yours(said(services, count, "7"), "7", number=4, reason="why")
    async with player_at(services) as player:
        await player.see(welcome(), asked(count, number=4), seven)
        assert "The room has your answer: 7 parameters certain, because: why" in player.text
        await player.press("c", "1", "enter", "enter", "enter")
        (vote,) = player.link.votes
        assert (vote.round, vote.text, vote.sure, vote.reason) == (4, "71", 3, "why")

        await player.see(asked(question(services, "lstm.range"), number=5))
        await player.press(*"2323", "enter", "enter", *"123", "enter", "space", "enter", *"99c")
        assert {vote.text for vote in player.link.votes[1:]} <= {"1", "2", "3"}
        assert player.link.votes[1].text == "2"
        await player.see(Refused(why="closed", message=same("The vote is over.")))
        assert "! The vote is over. The answer that the room had before counts" in player.text
        await player.see(lobby("민아"))
        await player.press("escape")
        assert "Esc once more leaves the room" in player.text
        await player.see(Refused(why="kicked", message=same("Go."), is_final=True))
        assert "! Go. What you had answered stays in the notes." in player.text
        assert not player.link.is_closed
        await player.press("escape")
        assert isinstance(player.app.screen, HomeScreen)
        assert player.link.is_closed


async def test_results_are_explained_and_logged(services: Services) -> None:
    recorded: list[PeerAnswer] = []

    def record(answer: PeerAnswer) -> None:
        recorded.append(answer)
        if len(recorded) == 2:
            raise TutorError(msg("The disk is full."))

    count, line = question(services), row("민아", 1, 3)
    outcome = result("2592", 0.0, question="lstm.count")
    async with player_at(services, record, size=LARGE) as player:
        await player.see(welcome(), asked(count), locked(), revealed("lstm.count"), outcome)
        assert "2,592 is three blocks: 3 · 24 · (10 + 24 + 2)" in player.text  # the engine's
        assert "weight_ih_l0" in player.text  # and the worked solution
        assert "Told by the server." not in player.text
        assert "−6 for you (certain), −6 in all." in player.text
        await player.press("l")
        assert not isinstance(player.app.screen, PlayScreen)
        await player.see(welcome(), asked(count), revealed("lstm.count"), outcome)  # back again
        await player.see(asked(count, number=2))
        assert "The room asks a question: Esc goes back to it." in player.text
        await player.press("escape")
        assert len(recorded) == 1

        quoted = result("1", 0.5, round=2, diagnosis=same("Half of *it*."))
        await player.see(revealed(round=2), quoted, board(line), asked(count, number=3))
        assert [answer.response for answer in recorded] == ["2592", "1"]
        assert "The disk is full." in player.text
        await player.see(revealed(round=3), result(None, None, round=3, points=0, total=0))
        assert "You did not answer this one. Answer: 3,456 Told by the server." in player.text
        assert "weight_ih_l0" not in player.text
        assert len(recorded) == 2

        await player.see(board(line), standing(line), ended())
        assert "1 of 2 answers right, 3 points, place 1 of 1." in player.text
        await player.press("enter")
        assert isinstance(player.app.screen, StudyScreen)
        assert player.phase.posed.question == "lstm.count"


async def test_a_keyboard_is_passed_on_once_the_room_has_the_answer(services: Services) -> None:
    choice = question(services, "lstm.range")
    async with player_at(services) as player:
        link, host = FakeLink(), player.app.screen
        link.receive(welcome(reasons=False), asked(choice))
        chair = ScriptedPlay(link, running=True)
        player.app.push_screen(chair)
        await player.settle()
        await player.press("2", "3")
        assert [(vote.text, vote.sure) for vote in link.votes] == [("2", 3)]
        assert player.app.screen is chair
        link.receive(yours(said(services, choice, "2"), "2"))
        await player.settle()
        assert player.app.screen is host
        assert not link.is_closed
