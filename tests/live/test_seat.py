"""What somebody in a room knows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.live.frames import (
    BOARD,
    FRAMES,
    LOBBY,
    LOCKED,
    REVEALED,
    TALKING,
    asked,
    refused,
    welcome,
    yours,
)
from tutor.live import wire
from tutor.live.seat import Scene, Seat, Timer, lost, over, receive
from tutor.text.localized import Localized

NOW = 100.0
CALM = Timer()
ASKED = asked()
KNOWN = Seat(
    link="connected",
    welcome=welcome(),
    complaint=wire.Complaint(round=1, ballot=1, message=Localized.same("again")),
    refused=refused("too-fast"),
    timer=Timer(130.0, 30_000),
)
SEATS = {
    "before the first scene": KNOWN,
    "lobby": replace(KNOWN, scene=LOBBY),
    "asking": replace(KNOWN, scene=ASKED, asked=ASKED),
    "locked": replace(KNOWN, scene=LOCKED, asked=ASKED, yours=yours()),
    "talking": replace(KNOWN, scene=TALKING, asked=ASKED, yours=yours()),
    "asking again": replace(KNOWN, scene=asked(ballot=2), asked=asked(ballot=2), yours=yours(text="40")),
    "revealed": replace(KNOWN, scene=REVEALED, asked=ASKED, yours=yours(text="40")),
    "board": replace(KNOWN, scene=BOARD, asked=ASKED),
    "ended": replace(KNOWN, scene=BOARD, asked=ASKED, ended=True),
}  # fmt: skip

# What each frame changes in every scene, but for those below.
QUIET: dict[str, Any] = {"complaint": None, "refused": None}
CHANGES: dict[str, dict[str, Any]] = {
    "welcome": {"welcome": FRAMES["welcome"]},
    "lobby": {"scene": FRAMES["lobby"], "refused": None},
    "clock": {"timer": Timer(101.5, 1500), "refused": None},
    "yours": {"yours": FRAMES["yours"], **QUIET},
    "yours of another": {},
    "asked": {
        "scene": FRAMES["asked"], "asked": FRAMES["asked"], "yours": None, "result": None,
        "timer": Timer(130.0, 30_000), **QUIET,
    },
    "locked": {"scene": FRAMES["locked"], "timer": CALM, **QUIET},
    "talking": {"scene": FRAMES["talking"], "timer": Timer(109.0, 9000), **QUIET},
    "revealed": {"scene": FRAMES["revealed"], "timer": CALM, **QUIET},
    "result": {"result": FRAMES["result"]},
    "result of another": {},
    "board": {"scene": FRAMES["board"], "timer": CALM, **QUIET},
    "standing": {"standing": FRAMES["standing"]},
    "ended": {"ended": True, "timer": CALM, **QUIET},
    "notes": {},
    "notes of another": {},
    "complaint": {},
    "complaint of another": {},
    "refused": {"refused": FRAMES["refused"], "complaint": None},
    "refused for good": {"refused": FRAMES["refused for good"], "complaint": None, "link": "over"},
    "panel": {"panel": FRAMES["panel"]},
    "report": {"report": FRAMES["report"]},
}  # fmt: skip
UNKNOWN_ROUND = {"before the first scene", "lobby"}  # nothing says which question is on
SPECIAL: dict[tuple[str, str], dict[str, Any]] = {
    **{(scene, "yours of another"): {"yours": FRAMES["yours of another"], **QUIET} for scene in UNKNOWN_ROUND},
    **{(scene, "result of another"): {"result": FRAMES["result of another"]} for scene in UNKNOWN_ROUND},
    ("asking", "complaint"): {"complaint": FRAMES["complaint"], "refused": None},
    ("revealed", "notes"): {"scene": REVEALED.model_copy(update={"ticks": (0,), "conclusion": "four blocks"})},
}  # fmt: skip


def test_the_table_has_every_frame_and_every_scene() -> None:
    assert {type(frame) for frame in FRAMES.values()} == set(get_args(wire.FromServer))
    assert {type(seat.scene) for seat in SEATS.values()} == {*get_args(Scene), type(None)}
    assert set(CHANGES) == set(FRAMES)


@pytest.mark.parametrize("scene", SEATS)
def test_every_frame_in_every_scene(scene: str) -> None:
    before = SEATS[scene]
    after = {name: receive(before, frame, NOW) for name, frame in FRAMES.items()}
    for name, changes in CHANGES.items():
        assert after[name] == replace(before, **SPECIAL.get((scene, name), changes)), name


@pytest.mark.parametrize("scene", SEATS)
def test_a_seat_that_is_over_stays_as_it_is(scene: str) -> None:
    gone = over(SEATS[scene], "closed")
    assert gone.trouble == "closed"
    assert {receive(gone, frame, NOW) == gone for frame in FRAMES.values()} == {True}
    assert lost(gone, "lost") == gone
    assert over(gone, "again") == gone


@pytest.mark.parametrize("scene", SEATS)
def test_after_a_return_everything_is_told_anew(scene: str) -> None:
    away = lost(SEATS[scene], "no network")
    if scene == "ended":
        assert away == replace(SEATS[scene], link="over")
        return
    assert away == replace(SEATS[scene], link="lost", trouble="no network")
    assert receive(away, welcome(), NOW) == Seat(link="connected", welcome=welcome())


def test_who_was_never_in_is_still_connecting() -> None:
    assert lost(Seat(), "nobody there") == Seat(trouble="nobody there")


ENTRIES: list[tuple[list[wire.FromServer], type[object]]] = [
    ([LOBBY], wire.Lobby),
    ([ASKED], wire.Asked),
    ([ASKED, yours()], wire.Asked),
    ([ASKED, yours(), LOCKED], wire.Locked),
    ([ASKED, yours(), TALKING], wire.Talking),
    ([asked(ballot=2), yours()], wire.Asked),
    ([ASKED, yours(), REVEALED, FRAMES["result"]], wire.Revealed),
    ([BOARD, FRAMES["standing"]], wire.Board),
    ([BOARD, FRAMES["standing"], wire.Ended()], wire.Board),
]


@pytest.mark.parametrize(("frames", "scene"), ENTRIES)
def test_who_enters_sees_what_the_others_see(
    frames: list[wire.FromServer], scene: type[object]
) -> None:
    ways = [Seat(), *map(lost, list(SEATS.values())[:-1])]
    for frame in [welcome(), *frames]:
        ways = [receive(seat, frame, NOW) for seat in ways]
    seat = ways[0]
    assert ways == [seat] * len(ways)  # wherever one was before
    assert type(seat.scene) is scene
    for kind, known in (
        (wire.Yours, seat.yours),
        (wire.Result, seat.result),
        (wire.Standing, seat.standing),
    ):
        told = [frame for frame in frames if isinstance(frame, kind)]
        assert known == (told[0] if told else None)
    assert seat.ended == any(isinstance(frame, wire.Ended) for frame in frames)


@pytest.mark.parametrize(
    ("vote", "mine", "answered"),
    [
        (None, None, False), (ASKED, None, False), (ASKED, yours(), True),
        (asked(ballot=2), yours(), False), (asked(ballot=2), yours(ballot=2), True), (asked(2), yours(), False),
    ],
)  # fmt: skip
def test_an_answer_counts_for_its_own_vote(
    vote: wire.Asked | None, mine: wire.Yours | None, answered: bool
) -> None:
    assert Seat(asked=vote, yours=mine).is_answered is answered


@pytest.mark.parametrize(
    ("timer", "seconds"),
    [
        (Timer(), None),
        (Timer(None, None, is_paused=True), None),
        (Timer(None, 1001, is_paused=True), 2),
        (Timer(None, 0, is_paused=True), 0),
        (Timer(100.0, 5000), 0),
        (Timer(99.0, 5000), 0),
        (Timer(100.001, 5000), 1),
        (Timer(101.0, 5000), 1),
        (Timer(101.5, 5000), 2),
    ],
)
def test_whole_seconds_are_left_rounded_up(timer: Timer, seconds: int | None) -> None:
    assert timer.seconds_left(NOW) == seconds


def test_a_pause_stops_the_clock_and_its_end_sets_it_anew() -> None:
    seat = receive(SEATS["asking"], wire.Clock(remaining_ms=20_000, is_paused=True), NOW)
    assert seat.timer.seconds_left(NOW + 50) == 20
    seat = receive(seat, wire.Clock(remaining_ms=20_000, is_paused=False), NOW + 50)
    assert seat.timer.seconds_left(NOW + 55) == 15
    seat = receive(seat, wire.Clock(remaining_ms=None, is_paused=False), NOW)
    assert seat.timer.seconds_left(NOW) is None


@given(st.lists(st.sampled_from(list(FRAMES.values()))), st.sampled_from(list(SEATS.values())))
def test_no_order_of_frames_is_too_much(frames: list[wire.FromServer], seat: Seat) -> None:
    for frame in frames:
        was, seat = seat, receive(seat, frame, NOW)
        assert seat.ended or not was.ended
        if isinstance(seat.scene, wire.Asked):
            assert seat.asked == seat.scene
    assert seat.link in {"connected", "over"}
