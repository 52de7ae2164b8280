"""Pairs: who talks to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kinds.questions import choice, numeric
from tests.session.room.rooms import after, asking, later, locked, talking, vote, voted, wrong
from tutor.session.room.events import Disconnected, Discuss, Kick, Lock
from tutor.session.room.pairs import opposing, opposing_all, pair_up, partners
from tutor.session.room.state import Room
from tutor.session.room.tally import RIGHT, answer_class

MANY = choice(
    options=[
        {"text": "right", "right": True},
        *({"text": f"wrong {n}", "feedback": "No."} for n in range(4)),
    ]
)


def room_of(
    answers: list[int], teams: int = 0, silent: int = 0, reasons: Sequence[bool] = ()
) -> Room:
    """Return a room that has answered: 0 is right, 1 to 4 are wrong in their ways."""
    room = asking(len(answers) + silent, MANY, lock_when_all=False, teams=teams)
    posed = room.rounds[-1].posed
    texts = ["", *(wrong(posed, index) for index in range(4))]
    for number, answer in enumerate(answers, 1):
        reason = "because" if reasons and reasons[number - 1] else ""
        room = after(room, vote(room, f"p{number}", texts[answer] or None, reason=reason))
    return after(room, Lock(later(2)))


def classes(room: Room) -> dict[str, str]:
    round_ = room.rounds[-1]
    return {p: answer_class(round_, ballot) for p, ballot in round_.ballots[0].items()}


def best(answers: list[int]) -> tuple[int, int]:
    """Return the most pairs, and the most of right and wrong among them, by trying all."""
    if len(answers) < 2:
        return 0, 0
    first, rest = answers[0], answers[1:]
    found = [best(rest)]
    for place, other in enumerate(rest):
        if other != first:
            pairs, mixed = best(rest[:place] + rest[place + 1 :])
            found.append((pairs + 1, mixed + (0 in (first, other))))
    return max(found)


@given(st.lists(st.integers(0, 4), max_size=7), st.integers(0, 3))
def test_as_many_pairs_as_can_be_and_as_many_of_right_and_wrong(
    answers: list[int], teams: int
) -> None:
    room = room_of(answers, teams)
    answer = classes(room)
    pairs = [pair.players for pair in pair_up(room)]
    mixed = sum(RIGHT in {answer[player] for player in pair[:2]} for pair in pairs)
    assert (len(pairs), mixed) == best(answers)


@given(st.lists(st.integers(0, 4), max_size=40), st.integers(0, 4), st.integers(0, 3))
def test_nobody_is_in_two_pairs_and_the_two_of_a_pair_differ(
    answers: list[int], teams: int, silent: int
) -> None:
    room = room_of(answers, teams, silent)
    answer = classes(room)
    pairs = [pair.players for pair in pair_up(room)]
    counted = Counter(player for pair in pairs for player in pair)
    assert set(counted.values()) <= {1}
    assert counted.keys() <= answer.keys()
    for pair in pairs:
        assert 2 <= len(pair) <= 3
        assert answer[pair[0]] != answer[pair[1]]
        for player in pair:
            assert any(answer[player] != answer[other] for other in pair)
    alone = answer.keys() - counted.keys()
    if alone:  # everybody else has company, and a third would be as alone
        assert len({answer[player] for player in alone}) == 1
        assert all(len(pair) == 3 for pair in pairs)
    assert pair_up(room) == pair_up(room)


@given(st.lists(st.booleans(), max_size=40))
def test_of_two_answers_every_pair_there_can_be(answers: list[bool]) -> None:
    room = room_of([int(answer) for answer in answers])
    assert len(pair_up(room)) == min(answers.count(True), answers.count(False))


def test_pairs_are_of_one_team_where_that_costs_no_pair() -> None:
    room = room_of([0, 0, 0, 1, 1, 1], teams=3)  # p1 p4 | p2 p5 | p3 p6
    assert {frozenset(pair.players) for pair in pair_up(room)} == {
        frozenset({"p1", "p4"}),
        frozenset({"p2", "p5"}),
        frozenset({"p3", "p6"}),
    }
    across = room_of([0, 1, 0, 1], teams=2)  # p1 p3 | p2 p4
    assert len(pair_up(across)) == 2


def test_rooms_and_rounds_differ_in_their_pairs() -> None:
    room = room_of([0, 1] * 6)
    assert len({pair_up(replace(room, seed=seed)) for seed in range(4)}) > 1
    later_round = replace(room.rounds[-1], number=2)
    assert pair_up(replace(room, rounds=(later_round,))) != pair_up(room)


@pytest.mark.parametrize("gone", [Disconnected("p2", later(2)), Kick("p2", later(2))])
def test_only_those_who_are_there_are_paired(gone: Disconnected | Kick) -> None:
    room = after(locked("rwr", numeric()), gone)
    assert pair_up(room) == ()


def test_with_own_numbers_the_same_mistake_is_the_same_answer() -> None:
    room = voted(asking(4, numeric(), own_numbers=True, lock_when_all=False), "wwvr")
    pairs = pair_up(after(room, Lock(later(2))))
    answer = classes(room)
    assert len(pairs) == 2
    assert answer["p1"] == answer["p2"] != answer["p3"]
    assert not any(set(pair.players) == {"p1", "p2"} for pair in pairs)


def test_a_pair_is_kept_with_the_round() -> None:
    room = after(locked("rw", numeric()), Discuss("pairs", later(3)))
    assert partners(room.rounds[-1], "p1") == ("p2",)
    assert partners(room.rounds[-1], "p9") == ()
    assert talking("rr", numeric()).rounds[-1].pairs == ()


def reasons(room: Room, given: dict[str, tuple[str, int]]) -> Room:
    for player, (reason, sure) in given.items():
        text = room.rounds[-1].ballots[0][player].text
        room = after(room, vote(room, player, text, 1.5, sure=sure, reason=reason))  # type: ignore[arg-type]
    return after(room, Lock(later(2)), Discuss("pairs", later(3)))


def test_the_opposing_answer_is_the_partners_if_it_has_a_reason() -> None:
    room = voted(asking(4, numeric(), lock_when_all=False), "rwrw")
    room = reasons(room, {p: (f"because {p}", 1 + int(p[1]) % 3) for p in room.players})
    round_ = room.rounds[-1]
    for player in room.players:
        found = opposing(round_, player)
        assert found is not None
        assert (found[0],) == partners(round_, player)


def test_else_it_is_the_surest_with_a_reason_and_else_the_partners() -> None:
    room = voted(asking(6, numeric(), lock_when_all=False), "rrrwww")
    room = reasons(room, {"p1": ("so", 1), "p2": ("surely", 3), "p3": ("", 3)})
    round_ = room.rounds[-1]
    for player in ("p4", "p5", "p6"):
        (partner,) = partners(round_, player)
        found = opposing(round_, player)
        assert found is not None
        assert found[0] == (partner if partner in {"p1", "p2"} else "p2")
    for player in ("p1", "p2", "p3"):
        found = opposing(round_, player)
        assert found is not None
        assert (found[0],) == partners(round_, player)


def test_nobody_is_shown_an_answer_that_agrees_or_is_by_somebody_sent_away() -> None:
    room = voted(asking(3, numeric(), lock_when_all=False), "rrw")
    room = reasons(room, {"p1": ("so", 3), "p3": ("no", 1)})
    round_ = room.rounds[-1]
    assert opposing(round_, "p2") == ("p3", round_.ballots[0]["p3"])
    assert opposing(round_, "p2", without={"p3"}) is None
    assert opposing(round_, "p9") is None
    agreed = reasons(voted(asking(2, numeric(), lock_when_all=False), "rr"), {"p1": ("so", 3)})
    assert opposing_all(agreed.rounds[-1]) == {}


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=20))
def test_everybody_in_a_pair_is_shown_an_answer_that_differs(
    answers: list[tuple[int, bool]],
) -> None:
    room = room_of([answer for answer, _ in answers], reasons=[reason for _, reason in answers])
    answer = classes(room)
    room = after(room, Discuss("pairs", later(3)))
    found = opposing_all(room.rounds[-1])
    for player, (other, ballot) in found.items():
        assert answer[player] != answer[other]
        assert room.rounds[-1].ballots[0][other] is ballot
    assert all(p in found for pair in room.rounds[-1].pairs for p in pair.players)
