"""What is suggested to a host."""

from __future__ import annotations

from typing import Any

import pytest

from tutor.live.steering import advice_words, discreet, label_of, suggested
from tutor.live.wire import Act, DoDiscuss, FromHost, Group, Panel
from tutor.text.localized import Localized

ALL = ("next", "lock", "reveal", "discuss", "resume", "skip")


def panel(**given: Any) -> Panel:
    settled: dict[str, Any] = {
        "phase": "lobby",
        "is_paused": False,
        "moves": 7,
        "round": 1,
        "of": 3,
        "ballot": None,
        "is_open": True,
        "count": 5,
        "connected": 5,
        "answered": 0,
        "waiting": 0,
        "players": (),
        "can": ALL,
    }
    return Panel(**(settled | given))


@pytest.mark.parametrize(
    ("given", "frame", "label"),
    [
        ({}, Act(do="next", moves=7), "start"),
        ({"phase": "asking", "ballot": 1}, Act(do="lock", moves=7), "lock"),
        ({"phase": "asking", "ballot": None}, Act(do="lock", moves=7), "show the points"),
        ({"phase": "asking", "is_paused": True}, Act(do="resume", moves=7), "go on"),
        ({"phase": "locked", "advice": "go-on"}, Act(do="reveal", moves=7), "reveal"),
        ({"phase": "locked"}, Act(do="reveal", moves=7), "reveal"),
        (
            {"phase": "locked", "advice": "discuss", "pairs": (("민아", "Jun"),)},
            DoDiscuss(talk="pairs", moves=7),
            "discuss",
        ),
        # nobody is there to talk to: all who answered said the same
        (
            {"phase": "locked", "advice": "discuss"},
            DoDiscuss(talk="explain", moves=7),
            "explain again",
        ),
        (
            {"phase": "locked", "advice": "explain"},
            DoDiscuss(talk="explain", moves=7),
            "explain again",
        ),
        (
            {"phase": "locked", "advice": "explain", "can": ("reveal",)},
            Act(do="reveal", moves=7),
            "reveal",
        ),
        ({"phase": "talking"}, Act(do="next", moves=7), "vote again"),
        ({"phase": "revealed"}, Act(do="next", moves=7), "board"),
        ({"phase": "board"}, Act(do="next", moves=7), "next question"),
        ({"phase": "board", "round": 3}, Act(do="next", moves=7), "end"),
        ({"phase": "ended", "can": ()}, None, "end"),
    ],
)
def test_what_comes_first(given: dict[str, Any], frame: FromHost | None, label: str) -> None:
    now = panel(**given)
    assert suggested(now) == frame
    assert str(label_of(frame, now)) == label


@pytest.mark.parametrize(
    ("advice", "ballot", "words"),
    [
        ("explain", 1, "Explain again"),
        ("explain", 2, "even after talking"),
        ("discuss", 1, "let those talk who answered differently"),
        ("go-on", 1, "reveal, and go on"),
        (None, 1, None),
    ],
)
def test_the_advice(advice: str | None, ballot: int, words: str | None) -> None:
    said = advice_words(panel(phase="locked", advice=advice, ballot=ballot, share=0.4))
    if words is None:
        assert said is None
    else:
        assert words in str(said)
        assert "40%" in str(said)


@pytest.mark.parametrize("phase", ["locked", "talking"])
def test_who_still_votes_at_the_hosts_screen_sees_neither_answers_nor_shares(phase: str) -> None:
    group = Group(words=Localized.same("Speed"), count=2)
    shown = discreet(panel(phase=phase, share=0.5, advice="discuss", groups=(group,)))
    assert (shown.groups, shown.share) == ((), None)
    assert "Let those talk" in str(advice_words(shown))
    assert suggested(shown) == suggested(panel(phase=phase, share=0.5, advice="discuss"))


def test_after_the_second_vote_nobody_can_follow_the_others() -> None:
    now = panel(phase="locked", ballot=2, share=0.5, advice="go-on")
    assert discreet(now) == now


def test_after_the_reveal_nothing_is_kept_back() -> None:
    now = panel(phase="revealed", share=0.5, advice="go-on")
    assert discreet(now) == now
