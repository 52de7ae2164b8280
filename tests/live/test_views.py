"""Who is told what: the state of a room as frames for each role."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.kinds.questions import choice, numeric
from tests.live.venue import FakePeer, Hosted, Joiner, Venue, discuss, plan_of
from tutor.kinds import examples
from tutor.live.limits import Limits, Rate
from tutor.session.room.settings import RoomSettings

CHOICE = choice(shuffle=False)  # 1 is right


@pytest.fixture
def venue(tmp_path: Path) -> Venue:
    return Venue(tmp_path, Limits(joins=Rate(1000, 1)))


def opened(venue: Venue, *questions: Any, **settings: Any) -> Hosted:
    chosen = RoomSettings(**({"lock_when_all": False} | settings))
    return venue.open(plan_of(questions or (CHOICE, numeric()), chosen))


def frame(frames: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(one for one in reversed(frames) if one["t"] == kind)


def panel(hosted: Hosted) -> dict[str, Any]:
    hosted.venue.clock.ahead(0.1)
    hosted.venue.hub.wake()
    return frame(hosted.host.take(), "panel")


# Coming in -------------------------------------------------------------------------------------

STEPS = ["next", "lock", "talk", "next", "lock", "reveal", "next", "end"]
ON_ENTERING = [
    ["lobby"],
    ["asked", "yours"],
    ["asked", "yours", "locked"],
    ["asked", "yours", "talking"],
    ["asked", "yours"],
    ["asked", "yours", "locked"],
    ["asked", "yours", "revealed", "result"],
    ["board", "standing"],
    ["board", "standing", "ended"],
]
ON_CHANGE = [
    ["asked"],
    ["locked"],
    ["talking"],
    ["asked", "yours"],
    ["locked"],
    ["revealed", "result"],
    ["board", "standing"],
    ["ended"],
]


@pytest.mark.parametrize("steps", range(len(ON_ENTERING)))
@pytest.mark.parametrize("audience", ["terminal", "page"])
def test_who_comes_in_gets_the_present_state(venue: Venue, steps: int, audience: str) -> None:
    hosted = opened(venue)
    mina = hosted.join("민아", audience=audience)
    for at, do in enumerate(STEPS[:steps]):
        mina.peer.take()
        if do == "talk":
            venue.send(hosted.host, t="discuss", talk="pairs", moves=hosted.room.moves)
        else:
            hosted.act(do)
        assert mina.peer.kinds() == ON_CHANGE[at]
        if at == 0:
            mina.vote("2", sure=2)
    back = hosted.knock("", token=mina.token, audience=audience)
    assert back.kinds() == ["welcome", *ON_ENTERING[steps]]
    if steps and STEPS[steps - 1] != "end":
        late = hosted.join("Late", audience=audience)
        expected = [kind for kind in ON_ENTERING[steps] if kind != "yours"]
        assert [one["t"] for one in late.entered[1:]] == expected
    host = FakePeer()
    venue.send(host, t="preside", v=1, code=hosted.code, token=hosted.token)
    own = {"yours", "result", "standing"}
    shown = [kind for kind in ON_ENTERING[steps] if kind not in own]
    assert host.kinds() == ["welcome", *shown, "panel"]


def test_in_the_second_vote_one_sees_the_first_answer_until_there_is_a_second(venue: Venue) -> None:
    hosted = opened(venue)
    mina = hosted.join("민아")
    hosted.act("next")
    mina.vote("2", sure=1, reason="so")
    hosted.act("lock")
    venue.send(hosted.host, t="discuss", talk="explain", moves=hosted.room.moves)
    mina.peer.take()
    hosted.act("next")
    asked, yours = mina.peer.take()
    assert (asked["ballot"], yours["ballot"], yours["text"], yours["reason"]) == (2, 1, "2", "so")
    mina.vote("1", sure=3)
    assert frame(mina.peer.take(), "yours")["ballot"] == 2


# Between lock and reveal -----------------------------------------------------------------------


def at_the_lock(venue: Venue, **settings: Any) -> tuple[Hosted, list[Joiner]]:
    hosted = opened(venue, **settings)
    players = [hosted.join(name) for name in ("민아", "Jun", "서연")]
    hosted.act("next")
    for player, text in zip(players, "112", strict=True):
        player.vote(text, sure=2, reason=f"reason {player.id}")
    hosted.act("lock")
    return hosted, players


def test_the_host_sees_groups_and_the_share_at_the_lock_but_not_what_is_right(venue: Venue) -> None:
    hosted, _ = at_the_lock(venue)
    told = panel(hosted)
    assert told["share"] == pytest.approx(2 / 3)
    assert told["advice"] == "discuss"
    assert [(group["count"], group["names"]) for group in told["groups"]] == [
        (2, ["민아", "Jun"]),
        (1, ["서연"]),
    ]
    assert all(
        group["is_right"] is group["score"] is group["mistake"] is None for group in told["groups"]
    )
    assert [len(pair) for pair in told["pairs"]] in ([2], [3])
    hosted.act("reveal")
    assert [group["is_right"] for group in panel(hosted)["groups"]] == [True, False]


def test_players_see_neither_groups_nor_shares_before_the_reveal(venue: Venue) -> None:
    hosted, players = at_the_lock(venue)
    venue.send(hosted.host, t="discuss", talk="pairs", moves=hosted.room.moves)
    told = [one for player in players for one in player.peer.take()]
    assert {one["t"] for one in told} == {"asked", "yours", "locked", "talking"}
    keys = {key for one in told for key in one}
    assert not keys & {"groups", "share", "advice", "before", "after", "answered", "is_right"}


def test_talking_tells_each_their_partners_and_an_opposing_answer(venue: Venue) -> None:
    hosted, players = at_the_lock(venue)
    venue.send(hosted.host, t="discuss", talk="pairs", moves=hosted.room.moves)
    seoyeon = frame(players[2].peer.take(), "talking")
    assert "the product" in seoyeon["opposing"]["en"]
    assert seoyeon["reason"] in {"reason p1", "reason p2"}
    assert set(seoyeon["partners"]) <= {"민아", "Jun"}
    assert seoyeon["remaining_ms"] == 120_000
    host = frame(hosted.host.take(), "talking")
    assert (host["partners"], host["opposing"], host["reason"]) == ([], None, "")


# The reveal ------------------------------------------------------------------------------------


def test_the_reveal_tells_the_answer_and_each_their_own_result(venue: Venue) -> None:
    hosted, players = at_the_lock(venue)
    hosted.act("reveal")
    told = players[2].peer.take()
    revealed, result = frame(told, "revealed"), frame(told, "result")
    assert (revealed["question"], revealed["before"], revealed["after"]) == (
        "t.choice",
        pytest.approx(2 / 3),
        None,
    )
    assert "the product" in revealed["answer"]["en"]
    assert [group["is_right"] for group in revealed["groups"]] == [True, False]
    assert [(one["name"], one["is_right"]) for one in revealed["reasons"]][-1] == ("서연", False)
    assert (result["first_text"], result["first_score"], result["text"]) == ("2", 0.0, "2")
    assert (result["first_mistake"], result["points"], result["total"]) == ("gate-negative", -2, -2)
    assert result["diagnosis"]["en"]
    assert result["answer"] is None


def test_with_own_numbers_each_has_their_own_question_answer_and_result(venue: Venue) -> None:
    hosted = opened(venue, numeric(), own_numbers=True)
    players = [hosted.join(f"n{n}") for n in range(6)]
    hosted.act("next")
    round_ = hosted.room.rounds[-1]
    prompts = [frame(player.peer.take(), "asked")["face"]["prompt"]["en"] for player in players]
    assert prompts == [round_.posed_for(player.id).prompt.en for player in players]
    assert len(set(prompts)) > 2
    for player in players:
        player.vote(examples(round_.posed_for(player.id)).right[0], sure=1)
    hosted.act("lock")
    assert panel(hosted)["groups"] == []  # what they have in common would tell what is right
    hosted.act("reveal")
    for player in players:
        told = player.peer.take()
        revealed, result = frame(told, "revealed"), frame(told, "result")
        posed = round_.posed_for(player.id)
        assert revealed["seed"] == round_.posed.seed
        assert (result["seed"], result["score"]) == (posed.seed, 1.0)
        assert result["explain"]["en"] == posed.explain.en
        assert result["answer"]["en"]


def test_an_open_question_goes_from_talk_to_its_points_and_a_conclusion(venue: Venue) -> None:
    hosted = opened(venue, discuss())
    mina = hosted.join("민아")
    hosted.act("next")
    asked = frame(mina.peer.take(), "asked")
    assert (asked["is_open_question"], asked["remaining_ms"]) == (True, 120_000)
    mina.vote("1")
    assert mina.peer.refused() == "not-now"
    hosted.act("lock")
    revealed = frame(mina.peer.take(), "revealed")
    assert [point["en"] for point in revealed["points"]] == [
        "It is bounded.",
        "It is centred on zero.",
    ]
    assert (revealed["answer"], revealed["ticks"]) == (None, [])
    venue.send(hosted.host, t="tick", point=1, is_on=True)
    venue.send(hosted.host, t="conclude", text="Bounded **and** centred.")
    first, second = mina.peer.take()
    assert (first["t"], first["ticks"]) == ("notes", [1])
    assert second["conclusion"] == "Bounded **and** centred."
    back = hosted.knock("", token=mina.token)
    assert frame(back.take(), "revealed")["conclusion"] == "Bounded **and** centred."


# The clock -------------------------------------------------------------------------------------


def test_more_time_and_pauses_are_told_as_clocks(venue: Venue) -> None:
    hosted = opened(venue)
    mina = hosted.join("민아")
    hosted.act("next")
    mina.peer.take()
    venue.clock.ahead(10)
    venue.send(hosted.host, t="extend", seconds=15, moves=hosted.room.moves)
    hosted.act("pause")
    venue.clock.ahead(500)
    hosted.act("resume")
    clocks = [(one["t"], one["remaining_ms"], one["is_paused"]) for one in mina.peer.take()]
    assert clocks == [("clock", 65_000, False), ("clock", 65_000, True), ("clock", 65_000, False)]
    assert venue.hub.next_wake == hosted.room.deadline
    venue.clock.ahead(65)
    venue.hub.wake()
    assert mina.peer.kinds() == ["locked"]


@pytest.mark.parametrize(
    ("keys", "kinds"),
    [
        ([], ["welcome", "lobby", "clock"]),
        (["next", "lock"], ["welcome", "asked", "locked", "clock"]),
        (["next", "lock", "reveal"], ["welcome", "asked", "revealed", "result", "clock"]),
        (["next", "lock", "reveal", "next"], ["welcome", "board", "standing", "clock"]),
    ],
)
def test_who_comes_in_while_the_room_is_paused_is_told_of_it(
    venue: Venue, keys: list[str], kinds: list[str]
) -> None:
    hosted = opened(venue)
    hosted.join("Jun")
    for key in (*keys, "pause"):
        hosted.act(key)
    entered = hosted.join("민아").entered
    assert [frame["t"] for frame in entered] == kinds
    assert (entered[-1]["remaining_ms"], entered[-1]["is_paused"]) == (None, True)


def test_a_new_list_of_the_lobby_does_not_hide_the_pause(venue: Venue) -> None:
    hosted = opened(venue)
    mina = hosted.join("민아")
    hosted.act("pause")
    mina.peer.take()
    venue.clock.ahead(1)
    hosted.join("Jun")
    assert mina.peer.kinds() == ["lobby", "clock"]


def test_a_disconnected_player_does_not_hold_up_the_others(venue: Venue) -> None:
    hosted = opened(venue, lock_when_all=True)
    mina, jun = hosted.join("민아"), hosted.join("Jun")
    hosted.act("next")
    mina.vote("1")
    venue.hub.gone(jun.peer)
    assert mina.peer.kinds()[-1] == "locked"
    assert not hosted.room.players[jun.id].connected


def test_every_frame_to_a_terminal_is_one_that_it_reads(venue: Venue) -> None:
    hosted, players = at_the_lock(venue, teams=2, closest=True, speed=True, streaks=True)
    for do in ("reveal", "next", "next", "lock", "reveal", "next", "next"):
        hosted.act(do)
    venue.clock.ahead(1)
    venue.hub.wake()
    kinds = {model.t for player in players for model in player.peer.models()}
    kinds |= {model.t for model in hosted.host.models()}
    assert {"revealed", "result", "board", "standing", "ended", "panel"} <= kinds
