"""What a player sees of each frame, from the lobby to the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.live.page import frames
from tests.live.page.conftest import Seat
from tests.live.page.frames import FACES, OPTIONS, both

STANDING = {"t": "standing", "row": frames.row(2, "민아", 5)}


def test_the_lobby_says_who_is_there_and_what_comes(player: Seat) -> None:
    player.server.say(frames.lobby(count=70, is_open=False))
    player.tab.wait_for("70 players are here")
    for text in (
        "Day 14: RNN",
        "민아",
        "Jun",
        "and 68 more",
        "10 questions",
        "nobody new comes in",
    ):
        assert text in player.tab.text()


def test_the_vote_is_closed_and_the_own_answer_stays_in_sight(player: Seat) -> None:
    player.is_asked("choice", 3)
    player.server.say(frames.yours("2", OPTIONS[1], sure=1, reason="그냥"))
    player.server.say({"t": "locked", "round": 3, "ballot": 1})
    player.tab.wait_for("The vote is closed")
    player.tab.wait("document.activeElement.id === 'title'")
    for text in ("It saves memory", "A guess", "그냥"):
        assert text in player.tab.text()
    assert not player.tab.evaluate("document.querySelector('#scene button')")


def test_in_the_talk_one_sees_the_own_pair_and_the_other_answer(player: Seat) -> None:
    talking = {
        "t": "talking", "round": 3, "talk": "pairs", "partners": ["서연", "Jun"],
        "opposing": OPTIONS[0], "reason": "큰 점수에서는 기울기가 0이다",
        "remaining_ms": 90_000, "is_paused": False,
    }  # fmt: skip
    player.server.say(talking)
    player.tab.wait_for("Talk to: 서연, Jun")
    for text in (
        "It keeps the softmax",
        "큰 점수에서는 기울기가 0이다",
        "1:30",
        "may be right or wrong",
    ):
        assert text in player.tab.text()
    player.server.say(talking | {"talk": "explain", "partners": [], "opposing": None, "reason": ""})
    player.tab.wait_for("The host explains it once more.")
    assert "Somebody answered" not in player.tab.text()


def test_in_the_second_vote_the_first_answer_is_shown(player: Seat) -> None:
    player.server.say(
        frames.asked(FACES["choice"], ballot=2), frames.yours("2", OPTIONS[1], sure=1)
    )
    player.tab.wait_for("Question 3 of 10, second vote")
    player.tab.wait_for("Your first answer: It saves memory")
    assert not player.tab.evaluate("document.querySelector('#choice-2').checked")
    player.tab.click("#choice-1")
    player.tab.click("#send")
    assert player.server.hears()["ballot"] == 2
    player.server.say(frames.yours("1", OPTIONS[0], ballot=2))
    player.tab.wait("document.querySelector('#yours')")
    assert "It keeps the softmax" in player.tab.text()


@pytest.mark.parametrize(
    ("score", "words"),
    [(1.0, "✓ Right."), (0.5, "~ Partly right."), (0.0, "✗ Not yet."), (None, "– No answer.")],
)
def test_the_reveal_says_what_came_of_the_own_answer(
    player: Seat, score: float | None, words: str
) -> None:
    diagnosis = both("You counted three blocks.", "블록을 셋 세었습니다.")
    player.server.say(
        frames.revealed(), frames.result(score=score, diagnosis=diagnosis, points=-2, total=1.5)
    )
    player.tab.wait_for(words)
    text = player.tab.text()
    for said in (
        "You counted three blocks.", "−2 for this question, 1.5 in all", "Why are scores divided",
        "5 answers", "Right before the discussion: 40%, after it: 80%. Up by 40 points.",
        "4 players", "✓ right · 민아, 서연, Alex, 도윤", "✗ not right · Jun",
        "Division allocates nothing.", "큰 점수에서는 기울기가 0에 가깝다",
    ):  # fmt: skip
        assert said in text
    widths = "[...document.querySelectorAll('.bar')].map((bar) => bar.style.width)"
    assert player.tab.evaluate(widths) == ["100%", "25%"]


def test_own_numbers_have_an_own_answer(player: Seat) -> None:
    own = both("1,234 parameters", "매개변수 1,234개")
    player.server.say(frames.revealed(), frames.result(answer=own, explain=both("Yours: 1,234.")))
    player.tab.wait_for("1,234 parameters")
    assert "With your numbers" in player.tab.text()
    assert "variance" not in player.tab.text()


def test_an_open_question_shows_its_points_and_the_conclusion_as_they_are_noted(
    player: Seat,
) -> None:
    player.server.say(
        frames.revealed(
            answer=None,
            points=OPTIONS[:2],
            ticks=[1],
            groups=[],
            reasons=[],
            before=None,
            after=None,
        )
    )
    player.tab.wait_for("It saves memory ✓ came up")
    assert "saturating – did not come up" in player.tab.text()
    player.server.say(
        {"t": "notes", "round": 3, "ticks": [0], "conclusion": "tanh는 0을 중심으로\n한다"}
    )
    player.tab.wait_for("saturating ✓ came up")
    assert "tanh는 0을 중심으로\n한다" in player.tab.text()


def test_equal_points_are_a_shared_rank_and_the_own_line_is_marked(player: Seat) -> None:
    teams = [
        {"rank": 1, "team": 0, "points": 4.5, "players": 2},
        {"rank": 1, "team": 1, "points": 4.5, "players": 2},
    ]
    player.server.say(frames.board(teams=teams), STANDING)
    player.tab.wait_for("Rank 2 of 4, shared · 5 points · 3 of 4 right")
    cells = "[...document.querySelectorAll('table.board')].map((table) => [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.innerText)))"
    assert player.tab.evaluate(cells) == [
        [["1 (shared)", "Team A", "4.5"], ["1 (shared)", "Team B", "4.5"]],
        [
            ["1", "서연", "9", "3/4"],
            ["2 (shared)", "민아 (you)", "5", "3/4"],
            ["2 (shared)", "Jun", "5", "3/4"],
            ["4", "Alex", "−2.5", "3/4"],
        ],
    ]
    for text in ("Where you disagreed", "Question 3", "민아, 서연"):
        assert text in player.tab.text()


def test_time_left_is_counted_down_and_told_at_30_10_and_5_seconds(player: Seat) -> None:
    tab, server = player.tab, player.server
    player.is_asked("text", 5, remaining_ms=95_000)
    assert "1:35" in tab.text()
    spoken = "document.querySelector('#spoken').textContent"
    for left in (30, 10, 5):
        server.say({"t": "clock", "remaining_ms": left * 1000, "is_paused": False})
        tab.wait(f"{spoken} === '{left} seconds left'")
    server.say({"t": "clock", "remaining_ms": 20_000, "is_paused": True})
    tab.wait(f"{spoken} === 'Paused by the host'")
    assert "0:20 paused" in tab.text()
    assert tab.evaluate("document.querySelector('#send').disabled")
    server.say({"t": "clock", "remaining_ms": 20_000, "is_paused": False})
    tab.wait("!document.querySelector('#send').disabled")
    assert tab.evaluate(spoken) == "Going on"


def test_maths_is_a_picture_with_the_line_as_its_name(player: Seat) -> None:
    player.is_asked("numeric", 6)
    label, drawn = player.tab.evaluate(
        "(() => { const pre = document.querySelector('pre.maths[role=img]');"
        "return [pre.getAttribute('aria-label'), pre.textContent]; })()"
    )
    assert "\n" in drawn
    assert label == "(h · (d + h))/2"


TALKING = {
    "t": "talking", "round": 3, "talk": "pairs", "partners": ["서연", "W" * 24],
    "opposing": OPTIONS[0], "reason": "W" * 90, "remaining_ms": 90_000, "is_paused": False,
}  # fmt: skip
LONGEST = {
    "lobby": [frames.lobby(names=["W" * 24, "가" * 12])],
    "talking": [TALKING],
    "revealed": [frames.revealed(), frames.result()],
    "board": [
        frames.board(rows=[frames.row(2, "W" * 24, 1234.5), frames.row(2, "가" * 12, -1234.5)]),
        STANDING,
    ],
}


def wider_than_a_phone(seat: Seat) -> tuple[int, int]:
    """Return the width of what is shown, and how many controls are too small to be hit."""
    wide = seat.tab.evaluate(
        "(() => { document.documentElement.style.fontSize = '200%';"
        "const wide = document.documentElement.scrollWidth;"
        "document.documentElement.style.fontSize = ''; return wide; })()"
    )
    small = seat.tab.evaluate(
        "[...document.querySelectorAll('button, .option, input[type=text], select')]"
        ".map((node) => node.getBoundingClientRect()).filter((box) => box.height)"
        ".filter((box) => box.height < 44 || box.width < 44).length"
    )
    return wide, small


@pytest.fixture
def phone(player: Seat) -> Iterator[Seat]:
    player.tab.size(320, 640)
    yield player
    player.tab.size(360, 740)


@pytest.mark.parametrize("kind", FACES)
def test_no_question_is_wider_than_a_small_phone(phone: Seat, kind: str) -> None:
    phone.is_asked(kind, 20 + list(FACES).index(kind))
    assert wider_than_a_phone(phone) == (320, 0)


@pytest.mark.parametrize("scene", LONGEST)
def test_no_scene_is_wider_than_a_small_phone(phone: Seat, scene: str) -> None:
    phone.is_asked("text", 50 + list(LONGEST).index(scene))
    phone.server.say(*LONGEST[scene])
    phone.tab.wait("!document.querySelector('#answer')")
    assert wider_than_a_phone(phone) == (320, 0)


def test_the_prompt_stays_with_the_locked_question(player: Seat) -> None:
    player.is_asked("choice", 3)
    player.server.say({"t": "locked", "round": 3, "ballot": 1})
    player.tab.wait_for("You did not answer.")
    assert "Why are scores divided" in player.tab.text()
