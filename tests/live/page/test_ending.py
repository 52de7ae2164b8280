"""What stays with a player at the end, and who is greeted in Korean."""

from __future__ import annotations

from tests.live.page import frames
from tests.live.page.conftest import Seat

STANDING = {"t": "standing", "row": frames.row(2, "민아", 5)}


def test_at_the_end_each_miss_has_the_command_that_shows_it_again(seat: Seat) -> None:
    seat.come_in()
    seat.server.say(
        frames.revealed(round=1), frames.result(round=1, question="a.right", first_score=1.0),
        frames.revealed(round=2), frames.result(round=2, question="lstm.gates#2", seed=7),
        frames.revealed(round=3), frames.result(round=3, question="x; rm -rf ~"),
        frames.board(is_last=True), STANDING,
    )  # fmt: skip
    seat.tab.wait_for("Final board")
    seat.server.say({"t": "ended"})
    seat.tab.wait_for("The session is over")
    codes = "[...document.querySelectorAll('.misses code')].map((code) => code.textContent)"
    assert seat.tab.evaluate(codes) == ["tutor study --card lstm.gates#2@7"]
    assert "Why are scores divided by √dₖ?" in seat.tab.text()
    seat.server.hang_up()
    seat.tab.wait("!document.querySelector('#link').textContent")


def test_who_reads_korean_first_is_greeted_in_korean(seat: Seat) -> None:
    tab = seat.tab
    script = tab.before_pages(
        "Object.defineProperty(navigator, 'languages', { value: ['ko-KR', 'en'] });"
    )
    seat.come_in()
    tab.forget(script)
    tab.wait_for("진행자가 첫 문제를 시작합니다.")
    assert tab.evaluate("document.documentElement.lang") == "ko"
    seat.server.say(frames.revealed(), frames.result())
    tab.wait_for("✓ 맞았습니다.")
    assert "점수를 왜 √dₖ로 나눕니까?" in tab.text()
