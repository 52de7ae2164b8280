"""Who answered alike, how many were right, and what that suggests."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kinds.questions import choice, numeric, order
from tests.session.room.rooms import (
    after,
    asking,
    later,
    locked,
    talking,
    vote,
    voted,
    wrong,
)
from tutor.session.room.advice import Advice, advise, suggest
from tutor.session.room.events import Kick, Lock, Next
from tutor.session.room.state import Round
from tutor.session.room.tally import counting, gain, groups, share, votes_of
from tutor.text.message import Message
from tutor.text.speaker import ENGLISH


def revoted(first: str, second: str) -> Round:
    room = voted(after(talking(first, numeric()), Next(later(5))), second, 6)
    if room.rounds[-1].ballots[-1].keys() != room.players.keys():
        room = after(room, Lock(later(7)))
    return room.rounds[-1]


def test_the_most_frequent_answer_comes_first() -> None:
    round_ = locked("wrvww", numeric()).rounds[-1]
    found = groups(round_)
    assert [group.players for group in found] == [("p1", "p4", "p5"), ("p2",), ("p3",)]
    assert [group.right for group in found] == [False, True, False]
    d, h = (int(size.value) for size in round_.posed.sizes)
    numbers = (3 * h * (d + h + 2), 4 * h * (d + h + 2), 4 * h * (d + h))
    assert [ENGLISH.say(group.words) for group in found] == [f"{number:,}" for number in numbers]
    assert [str(group.mistake) for group in found] == [f"Three blocks of {h}.", "None", "No bias."]


def test_the_same_answer_written_otherwise_is_the_same_answer() -> None:
    room = asking(3, numeric(), lock_when_all=False)
    room = after(
        room, vote(room, "p1", "1792"), vote(room, "p2", "1,792"), vote(room, "p3", "1793")
    )
    assert [group.players for group in groups(room.rounds[-1])] == [("p1", "p2"), ("p3",)]


def test_partly_right_answers_keep_their_score() -> None:
    room = asking(2, order(), lock_when_all=False)
    room = after(room, vote(room, "p1", wrong(room.rounds[-1].posed)), vote(room, "p2"))
    found = {group.players: group for group in groups(room.rounds[-1])}
    partly = found[("p1",)]
    assert partly.score is not None
    assert 0 < partly.score < 1
    assert not partly.right
    assert share(room.rounds[-1]) == 0.5


def test_with_own_numbers_mistakes_are_counted_and_not_numbers() -> None:
    room = voted(asking(7, numeric(), own_numbers=True, lock_when_all=False), "wwvwrru")
    round_ = room.rounds[-1]
    found = groups(round_)
    assert [group.players for group in found] == [
        ("p1", "p2", "p4"),
        ("p5", "p6"),
        ("p3",),
        ("p7",),
    ]
    said = [group.words for group in found]
    assert ENGLISH.say(said[0]).startswith("Three blocks of")
    assert isinstance(said[1], Message)
    assert said[1].msgid == "the right answer"
    assert ENGLISH.say(said[2]) == "No bias."
    assert isinstance(said[3], Message)
    assert said[3].msgid == "another answer"


def test_after_the_second_vote_the_last_answer_of_each_counts() -> None:
    round_ = revoted("rwww", "wr--")
    assert [votes_of(round_, 1)[p].verdict.right for p in ("p1", "p2", "p3")] == [
        True,
        False,
        False,
    ]
    assert [group.players for group in groups(round_)] == [("p3", "p4", "p1"), ("p2",)]
    assert [group.players for group in groups(round_, 1)] == [("p2", "p3", "p4"), ("p1",)]
    assert (share(round_, 1), share(round_), share(round_, 2)) == (0.25, 0.25, 0.25)
    for player, ballot in votes_of(round_).items():
        assert counting(round_, player) is ballot


def test_what_somebody_answered_stays_after_they_were_sent_away() -> None:
    room = after(locked("wr", numeric()), Kick("p1", later(3)))
    assert [group.players for group in groups(room.rounds[-1])] == [("p1",), ("p2",)]


def test_without_an_answer_there_is_nothing_to_count() -> None:
    round_ = locked("--", numeric()).rounds[-1]
    assert groups(round_) == ()
    assert share(round_) is None
    assert advise(round_) is None


@settings(max_examples=30)
@given(st.text("rwv-", min_size=1, max_size=8), st.text("rwv-", min_size=8, max_size=8))
def test_nobody_is_counted_twice(first: str, second: str) -> None:
    round_ = revoted(first, second[: len(first)])
    for ballot in (1, 2, None):
        players = [player for group in groups(round_, ballot) for player in group.players]
        assert len(players) == len(set(players))
        assert set(players) == set(votes_of(round_, ballot))
        sizes = [len(group.players) for group in groups(round_, ballot)]
        assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("before", "after_", "gained"),
    [
        (0.5, 0.75, 0.5),
        (0.0, 1.0, 1.0),
        (0.5, 0.5, 0.0),
        (0.5, 0.25, -0.5),
        (1.0, 1.0, None),
        (None, 0.5, None),
        (0.5, None, None),
    ],
)
def test_the_gain_is_the_part_of_what_could_be_gained(
    before: float | None, after_: float | None, gained: float | None
) -> None:
    assert gain(before, after_) == gained


@pytest.mark.parametrize(
    ("right", "suggestion"),
    [
        (0.0, "explain"),
        (6 / 20, "explain"),
        (7 / 20, "discuss"),
        (0.5, "discuss"),
        (14 / 20, "discuss"),
        (15 / 20, "go-on"),
        (1.0, "go-on"),
    ],
)
def test_between_few_and_many_people_discuss(right: float, suggestion: str) -> None:
    assert suggest(right) == suggestion


@pytest.mark.parametrize(
    ("first", "second", "advice"),
    [
        ("rrrw", None, Advice("go-on", 0.75)),
        ("rrww", None, Advice("discuss", 0.5)),
        ("rwww", None, Advice("explain", 0.25)),
        ("rrww", "rrrw", Advice("go-on", 0.75, 0.5)),
        ("rrww", "rrww", Advice("go-on", 0.5, 0.0)),
        ("rrww", "rwww", Advice("explain", 0.25, -0.5)),
        ("rrrr", "rrrw", Advice("go-on", 0.75, None)),
    ],
)
def test_after_a_second_vote_nothing_is_discussed_again(
    first: str, second: str | None, advice: Advice
) -> None:
    round_ = revoted(first, second) if second else locked(first, choice()).rounds[-1]
    assert advise(round_) == advice
