"""Votes: what counts, until when, and when the vote closes by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.kinds.questions import choice, discuss, numeric
from tests.session.room.rooms import (
    after,
    asking,
    effects,
    join,
    later,
    locked,
    right,
    talking,
    vote,
    voted,
    wrong,
)
from tutor.session.room.effects import Accepted, Complained, Moved, Save
from tutor.session.room.events import (
    Connected,
    Disconnected,
    Discuss,
    Extend,
    Kick,
    Lock,
    Next,
    Pause,
    Resume,
    TimeUp,
    Voted,
)
from tutor.session.room.illegal import Illegal
from tutor.session.room.reducer import step
from tutor.session.room.state import Phase, Room
from tutor.session.room.tally import counting
from tutor.session.room.votes import reason_line


def refusal(room: Room, event: Voted) -> str:
    with pytest.raises(Illegal) as raised:
        step(room, event)
    return raised.value.why


def test_an_answer_is_saved_and_accepted() -> None:
    room = asking(2)
    event = vote(room, "p1", sure=2, reason="four blocks", seconds=7)
    voted_room, caused = step(room, event)
    assert caused == (Save(event), Accepted("p1"))
    ballot = voted_room.rounds[-1].ballots[0]["p1"]
    assert (ballot.sure, ballot.reason, ballot.took) == (2, "four blocks", timedelta(seconds=7))
    assert ballot.verdict.right


def test_the_last_answer_before_the_close_counts() -> None:
    room = asking(2)
    room = after(room, vote(room, "p1", "7", 1), vote(room, "p1", "8", 2), vote(room, "p1", "9", 3))
    assert [b.text for b in room.rounds[-1].ballots[0].values()] == ["9"]
    assert room.ledger.awaited == 1


@pytest.mark.parametrize("change", [{}, {"seconds": 9}])
def test_a_repeated_answer_is_the_same_answer(change: dict[str, float]) -> None:
    room = asking(2)
    room = after(room, vote(room, "p1", "7", 1, sure=3, reason="so"))
    again, caused = step(room, vote(room, "p1", "7", **change, sure=3, reason=" so\n"))
    assert again is room
    assert caused == ()


@pytest.mark.parametrize(
    "change", [{"text": "8"}, {"sure": 2}, {"reason": "because"}, {"text": " 7"}]
)
def test_another_confidence_or_reason_is_another_answer(change: dict[str, object]) -> None:
    room = asking(2)
    room = after(room, vote(room, "p1", "7", sure=3, reason="so"))
    given = {"text": "7", "sure": 3, "reason": "so"} | change
    assert step(room, vote(room, "p1", seconds=5, **given))[0] != room  # type: ignore[arg-type]


def test_an_answer_that_cannot_be_read_is_asked_again_and_leaves_the_earlier_one() -> None:
    room = asking(2)
    room = after(room, vote(room, "p1", "7"))
    same, caused = step(room, vote(room, "p1", "seven?"))
    assert same is room
    assert [type(effect) for effect in caused] == [Complained]


def test_what_is_not_asked_for_is_not_kept() -> None:
    room = asking(2, confidence=False, reasons=False)
    room = after(room, vote(room, "p1", sure=3, reason="so"))
    ballot = room.rounds[-1].ballots[0]["p1"]
    assert (ballot.sure, ballot.reason) == (None, "")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  one\n two\t three ", "one two three"),
        ("\x1b[31mred", "�[31mred"),
        ("\u202eabc", "�abc"),
        ("x" * 500, "x" * 200),
        ("\n" * 9999 + "x", ""),
        ("x " * 500, ("x " * 100).strip()),
    ],
)
def test_a_reason_is_one_short_line_that_a_terminal_can_show(text: str, line: str) -> None:
    assert reason_line(text) == line


def test_a_vote_must_be_for_what_is_asked() -> None:
    room = after(talking("rw", numeric()), Next(later(5)))
    text = right(room.rounds[-1].posed)

    def cast(round_: int, ballot: int, player: str = "p1") -> Voted:
        return Voted(player, round_, ballot, text, None, "", later(6))

    assert refusal(room, cast(1, 1)) == "closed"
    assert refusal(room, cast(1, 3)) == "not-now"
    assert refusal(room, cast(2, 1)) == "not-now"
    assert refusal(room, cast(0, 1)) == "closed"
    assert refusal(room, cast(1, 2, "p7")) == "no-player"
    assert refusal(after(room, Kick("p1", later(5))), cast(1, 2)) == "kicked"
    assert step(room, cast(1, 2))[0].rounds[-1].ballots[1]["p1"].text == text


def test_no_vote_is_taken_when_none_is_open() -> None:
    room = locked("rw", numeric(), choice())
    assert refusal(room, vote(room, "p1")) == "closed"
    assert refusal(after(asking(2), Pause(later(1))), vote(asking(2), "p1")) == "not-now"
    talk = asking(2, discuss())
    assert refusal(talk, Voted("p1", 1, 1, "1", None, "", later(1))) == "not-now"


@pytest.mark.parametrize(("seconds", "fits"), [(59.999, True), (60, False), (61, False)])
def test_the_deadline_holds_though_nobody_has_called_time(seconds: float, *, fits: bool) -> None:
    room = asking(2, seconds=60)
    if fits:
        assert step(room, vote(room, "p1", seconds=seconds))[1]
    else:
        assert refusal(room, vote(room, "p1", seconds=seconds)) == "closed"


def test_time_is_up_no_sooner_than_it_is() -> None:
    room = asking(2, seconds=60)
    with pytest.raises(Illegal):
        step(room, TimeUp(later(59.9)))
    assert after(room, TimeUp(later(60))).phase is Phase.LOCKED
    longer = after(room, Extend(30, later(50)))
    assert longer.deadline == later(90)
    with pytest.raises(Illegal):
        step(longer, TimeUp(later(60)))


def test_time_that_is_extended_late_begins_anew_and_has_an_end() -> None:
    room = asking(2, seconds=60)
    assert after(room, Extend(30, later(70))).deadline == later(100)
    for _ in range(5):
        room = after(room, Extend(3600, later(10)))
    assert room.deadline == later(10 + 3600)


def test_a_pause_takes_no_time_from_anybody() -> None:
    room = asking(3, seconds=60)
    room = after(room, Pause(later(20)), join("p4", 50), Resume(later(100)))
    assert room.deadline == later(140)
    room = after(room, join("p5", 110), Pause(later(120)), Resume(later(200)))
    room = voted(room, "rrrrr", 205)
    took = {p: b.took.total_seconds() for p, b in room.rounds[-1].ballots[0].items()}
    assert took == {"p1": 45, "p2": 45, "p3": 45, "p4": 25, "p5": 15}


def test_a_clock_that_was_set_back_gives_no_negative_time() -> None:
    room = after(asking(2), vote(asking(2), "p1", seconds=-30))
    assert room.rounds[-1].ballots[0]["p1"].took == timedelta(0)
    paused = after(asking(2, seconds=60), Pause(later(90)))
    assert paused.remaining == timedelta(0)
    resumed = after(asking(2, seconds=60), Pause(later(20)), Resume(later(10)))
    assert resumed.opened == later(0)


def test_the_vote_closes_when_everybody_has_answered() -> None:
    room = voted(asking(3), "rw-")
    assert room.phase is Phase.ASKING
    closed, caused = step(room, vote(room, "p3"))
    assert closed.phase is Phase.LOCKED
    assert [type(effect) for effect in caused] == [Save, Accepted, Moved]
    assert closed.deadline is None


def test_it_stays_open_where_the_host_wishes() -> None:
    assert voted(asking(2, lock_when_all=False), "rr").phase is Phase.ASKING


@pytest.mark.parametrize("leave", [Disconnected("p3", later(2)), Kick("p3", later(2))])
def test_who_goes_does_not_hold_the_vote_up(leave: Disconnected | Kick) -> None:
    room = voted(asking(3), "rw-")
    assert after(room, leave).phase is Phase.LOCKED
    assert Moved() in effects(room, leave)


def test_who_comes_is_waited_for() -> None:
    room = after(asking(2), join("p3", 5))
    room = after(voted(room, "rr-"), Disconnected("p1", later(6)))
    assert room.phase is Phase.ASKING
    back = after(room, Disconnected("p3", later(7)))
    assert back.phase is Phase.LOCKED


def test_a_vote_that_nobody_can_be_reached_for_stays_open() -> None:
    room = voted(asking(2), "r-")
    room = after(room, Disconnected("p1", later(2)), Disconnected("p2", later(2)))
    assert room.phase is Phase.ASKING
    room = after(room, Connected("p2", later(9)))
    assert after(room, vote(room, "p2", seconds=9)).phase is Phase.LOCKED


def test_a_paused_vote_closes_when_it_goes_on() -> None:
    room = after(voted(asking(2), "r-"), Pause(later(2)), Disconnected("p2", later(3)))
    assert room.phase is Phase.ASKING
    assert after(room, Resume(later(4))).phase is Phase.LOCKED


def test_who_does_not_vote_again_keeps_the_first_answer() -> None:
    room = after(talking("rww", numeric()), Next(later(5)))
    assert room.ledger.awaited == 3
    room = after(room, vote(room, "p2", seconds=6), Lock(later(7)))
    round_ = room.rounds[-1]
    counted = [counting(round_, player) for player in ("p1", "p2", "p3", "p4")]
    assert [ballot and ballot.verdict.right for ballot in counted] == [True, True, False, None]
    assert round_.ballots[0]["p2"].text == wrong(round_.posed)


def test_who_came_late_to_the_first_vote_is_timed_as_all_in_the_second() -> None:
    room = after(asking(1, numeric(), lock_when_all=False), join("p2", 20), Lock(later(30)))
    room = after(room, Discuss("explain", later(31)), Next(later(40)))
    room = after(room, vote(room, "p2", seconds=45))
    assert room.rounds[-1].ballots[1]["p2"].took == timedelta(seconds=5)
