"""Coming in, losing the connection, and coming back to the same seat."""

from __future__ import annotations

import pytest

from tests.live.page import frames
from tests.live.page.chromium import Tab
from tests.live.page.conftest import Seat, sit
from tests.live.page.frames import CODE, FACES, OPTIONS, TOKEN

ASKED = frames.asked(FACES["choice"])


def test_a_player_comes_in_under_a_prefix_of_the_path(tab: Tab) -> None:
    with sit(tab, prefix="/team/tutor") as seat:
        entered = seat.come_in()
        assert entered == {"t": "enter", "v": 1, "code": CODE, "name": "Mina", "audience": "page"}
        asked_for = {"/team/tutor/" + name for name in (CODE, "app.js", "style.css", "live")}
        assert asked_for <= set(seat.server.paths)
        assert all(path.startswith("/team/tutor/") for path in seat.server.paths)


def test_a_code_is_typed_as_people_type_it(seat: Seat) -> None:
    seat.tab.open(seat.server.url)
    seat.tab.click("#code")
    seat.tab.type("kq7m 2xp")
    seat.tab.press("Enter")
    seat.tab.wait_for("eight letters and digits, such as")
    seat.tab.click("#code")
    seat.tab.type("d")
    seat.tab.press("Enter")
    seat.tab.wait_for("Type a name.")
    seat.tab.click("#name")
    seat.tab.type("도윤")
    seat.tab.press("Enter")
    entered = seat.server.hears()
    assert (entered["code"], entered["name"]) == (CODE, "도윤")
    assert seat.tab.evaluate("location.pathname") == "/KQ7M-2XPD"


def test_a_page_that_is_loaded_again_comes_back_with_its_token(seat: Seat) -> None:
    seat.come_in(ASKED)
    seat.tab.open(seat.server.url + "KQ7M-2XPD")
    entered = seat.server.hears()
    assert (entered["token"], entered["name"]) == (TOKEN, "민아")  # as the room has it
    seat.server.say(frames.welcome(), ASKED, frames.yours("2", OPTIONS[1], sure=3, reason="그냥"))
    seat.tab.wait("document.querySelector('#yours')")
    seat.tab.click(".yours button")
    seat.tab.wait("document.querySelector('#choice-2').checked")
    assert seat.tab.evaluate("document.querySelector('#sure-3').checked")
    assert seat.tab.evaluate("document.querySelector('#reason').value") == "그냥"


def test_an_answer_given_while_the_connection_is_lost_is_sent_when_it_is_back(seat: Seat) -> None:
    seat.come_in(ASKED)
    seat.tab.wait_for("Question 3 of 10")
    seat.tab.click("#choice-1")
    seat.server.hang_up()
    seat.tab.wait_for("The connection is lost")
    seat.tab.click("#send")
    assert seat.server.hears()["token"] == TOKEN
    seat.tab.wait_for("Your answer is kept")
    seat.server.say(frames.welcome(), ASKED)
    assert seat.server.hears()["text"] == "1"
    assert seat.tab.evaluate("document.querySelector('#choice-1').checked")
    seat.server.say(frames.yours("1", OPTIONS[0]))
    seat.tab.wait("document.querySelector('#yours')")
    seat.server.hang_up()
    seat.server.hears()
    seat.server.say(frames.welcome(), ASKED, frames.yours("1", OPTIONS[0]))
    seat.tab.wait("!document.querySelector('#link').textContent")
    assert seat.server.heard_nothing()  # what is there is not sent twice


def test_an_answer_that_comes_too_late_is_said_to_be_lost(seat: Seat) -> None:
    seat.come_in(ASKED)
    seat.tab.wait_for("Question 3 of 10")
    seat.server.hang_up()
    seat.tab.wait_for("The connection is lost")
    seat.tab.click("#choice-1")
    seat.tab.click("#send")
    seat.server.hears()
    seat.server.say(frames.welcome(), frames.asked(FACES["text"], round=4))
    seat.tab.wait_for("did not arrive before the vote closed")
    assert seat.tab.evaluate("document.querySelector('#answer').value") == ""
    assert seat.server.heard_nothing()


def test_what_is_typed_stays_while_the_connection_comes_back(seat: Seat) -> None:
    typed = frames.asked(FACES["text"])
    seat.come_in(typed)
    seat.tab.wait_for("Question 3 of 10")
    seat.tab.click("#answer")
    seat.tab.type("forg")
    seat.server.hang_up()
    seat.server.hears()
    seat.server.say(frames.welcome(), typed | {"remaining_ms": 30_000})
    seat.tab.wait("!document.querySelector('#link').textContent")
    seat.tab.type("et")
    assert seat.tab.focused() == "answer"
    assert seat.tab.evaluate("document.querySelector('#answer').value") == "forget"


def test_a_phone_that_wakes_up_does_not_wait_for_its_next_try(seat: Seat) -> None:
    seat.come_in()
    seat.tab.evaluate("Math.random = () => 1e6")  # the next try is hours away
    seat.server.hang_up()
    seat.tab.wait_for("The connection is lost")
    assert seat.server.heard_nothing()
    seat.tab.evaluate("window.dispatchEvent(new Event('online'))")
    assert seat.server.hears()["token"] == TOKEN


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("no-room", "There is no room with this code."),
        ("full", "The room is full."),
        ("shut", "The room takes nobody new."),
        ("name", "Taken already"),
        ("version", "Taken already"),
    ],
)
def test_who_is_not_let_in_reads_why_and_tries_again(seat: Seat, why: str, said: str) -> None:
    tab, server = seat.tab, seat.server
    tab.open(server.url + CODE)
    tab.click("#name")
    tab.type("민아")
    tab.press("Enter")
    assert "token" not in server.hears()
    server.say(frames.refused(why, "Taken already", is_final=why != "name"))
    tab.wait_for(said)
    assert tab.evaluate("document.querySelector('#name').value") == "민아"


@pytest.mark.parametrize(
    ("why", "said", "again"),
    [
        ("kicked", "The host has sent you out of this room.", False),
        ("gone", "The room was closed.", False),
        ("elsewhere", "You are in this room in another window.", True),
        ("too-fast", "too much in a short time", True),
    ],
)
def test_who_is_sent_away_reads_why_and_does_not_come_back_unasked(
    seat: Seat, why: str, said: str, again: bool
) -> None:
    tab, server = seat.tab, seat.server
    seat.come_in()
    server.say(frames.refused(why, "…", is_final=True))
    server.hang_up()
    tab.wait_for(said)
    assert "You are out of the room" in tab.text()
    assert server.heard_nothing()
    button = "document.querySelector('#scene button')"
    assert tab.evaluate(f"Boolean({button})") is again
    if again:
        tab.click("#scene button")
        assert server.hears()["token"] == TOKEN
        server.say(frames.welcome(), frames.lobby())
        tab.wait_for("Jun")


def test_a_token_that_is_not_known_any_more_is_forgotten(seat: Seat) -> None:
    seat.come_in()
    seat.tab.open(seat.server.url + CODE)
    assert "token" in seat.server.hears()
    seat.server.say(frames.refused("wrong-token", "…", is_final=True))
    seat.tab.wait_for("Your seat was not recognised. Join by name.")
    seat.tab.click("#name")
    seat.tab.press("Enter")
    assert "token" not in seat.server.hears()


def test_a_refused_answer_is_told_and_the_form_stays(seat: Seat) -> None:
    seat.come_in(ASKED)
    seat.tab.wait_for("Question 3 of 10")
    seat.tab.click("#choice-3")
    seat.tab.click("#send")
    seat.server.hears()
    seat.server.say(frames.refused("closed", "Closed."))
    seat.tab.wait_for("The vote is closed.")
    assert seat.tab.evaluate("document.querySelector('#choice-3').checked")


def test_who_leaves_says_so_and_can_come_back(seat: Seat) -> None:
    seat.come_in()
    seat.tab.click("#leave")
    assert seat.server.hears() == {"t": "leave"}
    seat.tab.wait("document.querySelector('#name')")
    seat.tab.click("#name")
    seat.tab.press("Enter")
    assert seat.server.hears()["token"] == TOKEN
