"""How much is told, how often, and for how long."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kinds.questions import choice, numeric
from tests.live.venue import FakePeer, Hosted, Joiner, Venue, plan_of
from tutor.live import views
from tutor.live.limits import Limits, Rate
from tutor.live.views import View
from tutor.session.room import answers, rules
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


def test_a_hosts_panel_comes_at_most_ten_times_a_second(venue: Venue) -> None:
    hosted = opened(venue)
    players = [hosted.join(f"n{n}") for n in range(20)]
    hosted.act("next")
    venue.clock.ahead(1)
    venue.hub.wake()
    hosted.host.take()
    seen = []
    for player in players:  # 20 answers in a fifth of a second
        venue.clock.ahead(0.01)
        venue.hub.wake()
        player.vote("1")
        seen += [one["answered"] for one in hosted.host.take()]
    assert len(seen) <= 3
    assert panel(hosted)["answered"] == 20


def test_a_lobby_is_told_at_most_ten_times_a_second(venue: Venue) -> None:
    hosted = opened(venue)
    first = hosted.join("first")
    for number in range(30):
        venue.clock.ahead(0.01)
        venue.hub.wake()
        hosted.join(f"n{number}")
    told = first.peer.take()
    assert len(told) <= 4
    venue.clock.ahead(0.1)
    venue.hub.wake()
    assert frame(first.peer.take(), "lobby")["count"] == 31


def test_a_large_lobby_is_told_so_seldom_that_joining_is_not_quadratic(tmp_path: Path) -> None:
    limits = Limits(joins=Rate(1000, 1), lobby_frames=1000)
    venue = Venue(tmp_path, limits)
    hosted = opened(venue)
    players = []
    for number in range(300):  # 100 a second
        venue.clock.ahead(0.01)
        venue.hub.wake()
        players.append(hosted.join(f"n{number}"))
    lists = sum(text.startswith('{"t":"lobby"') for one in players for text in one.peer.sent)
    assert lists < 3 * limits.lobby_frames
    assert players[-1].entered[1]["count"] > 250  # the list that the others have
    venue.clock.ahead(1)
    venue.hub.wake()
    told = {json.dumps(frame(one.peer.take(), "lobby")) for one in players}
    assert [(one["count"], one["names"][-1]) for one in map(json.loads, told)] == [(300, "n299")]


def test_who_comes_into_a_large_lobby_has_no_list_made_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    lobby = View.lobby
    monkeypatch.setattr(View, "lobby", lambda view: made.append(view) or lobby(view))
    venue = Venue(tmp_path, Limits(joins=Rate(1000, 1)))
    hosted = opened(venue)
    for number in range(200):  # in one moment
        hosted.join(f"n{number}")
    venue.clock.ahead(1)
    venue.hub.wake()
    assert len(made) < 70


def crowd(venue: Venue, count: int) -> tuple[Hosted, Joiner]:
    hosted = opened(venue)
    players = [hosted.join(f"n{n}") for n in range(count)]
    hosted.act("next")
    for number, player in enumerate(players):
        player.vote(str(1 + number % 3), sure=1, reason="why not")
    hosted.act("lock")
    hosted.act("reveal")
    return hosted, players[0]


@pytest.mark.parametrize(("count", "named"), [(30, True), (31, False)])
def test_answers_have_names_in_small_rooms_only(venue: Venue, count: int, named: bool) -> None:
    hosted, one = crowd(venue, count)
    revealed = frame(one.peer.take(), "revealed")
    assert all(bool(group["names"]) == named for group in revealed["groups"])
    assert all(bool(reason["name"]) == named for reason in revealed["reasons"])
    assert len(revealed["reasons"]) == 20
    told = panel(hosted)["groups"]
    assert all(bool(group["names"]) == named for group in told)


@pytest.mark.parametrize(("count", "rows"), [(5, 5), (60, 60), (61, 10)])
def test_a_large_rooms_board_is_its_top(venue: Venue, count: int, rows: int) -> None:
    hosted, one = crowd(venue, count)
    hosted.act("next")
    told = one.peer.take()
    board = frame(told, "board")
    assert (len(board["rows"]), board["players"]) == (rows, count)
    assert {row["rank"] for row in board["rows"] if row["points"] == 1} == {1}  # ties share a rank
    assert frame(told, "standing")["row"]["name"] == "n0"
    assert len(panel(hosted)["players"]) == min(count, 60)


@pytest.mark.parametrize(("count", "disputes"), [(8, 1), (9, 0)])
def test_a_small_teams_board_shows_what_it_was_divided_over(
    venue: Venue, count: int, disputes: int
) -> None:
    hosted, one = crowd(venue, count)
    hosted.act("next")
    board = frame(one.peer.take(), "board")
    assert len(board["disputes"]) == disputes
    if disputes:
        assert [group["names"][0] for group in board["disputes"][0]["groups"]] == ["n0", "n1", "n2"]


def test_a_common_frame_is_encoded_once_for_each_audience(tmp_path: Path) -> None:
    sent: list[tuple[int, str]] = []

    class Counting:
        def broadcast(self, peers: Any, text: str) -> None:
            sent.append((len(peers), text))
            for peer in peers:
                peer.send(text)

    venue = Venue(tmp_path, outlet=Counting())
    hosted = opened(venue)
    for number in range(9):
        hosted.join(f"n{number}", audience="page" if number % 3 == 0 else "terminal")
    sent.clear()
    hosted.act("next")
    assert sorted(count for count, text in sent if '"asked"' in text) == [3, 7]  # the host's too


@pytest.mark.parametrize("own_numbers", [False, True])
def test_nobody_waits_for_a_question_to_be_posed(
    venue: Venue, monkeypatch: pytest.MonkeyPatch, own_numbers: bool
) -> None:
    done: list[str] = []
    pose = rules.pose
    monkeypatch.setattr(rules, "pose", lambda *args: done.append("pose") or pose(*args))
    plan = plan_of(
        [numeric(id="t.one"), numeric(id="t.two")],
        RoomSettings(own_numbers=own_numbers, lock_when_all=False),
    )
    hosted = venue.open(plan)
    mina = hosted.join("민아")
    assert done.pop() == "pose"  # while the host looked at the lobby
    for number in range(2):
        done.clear()
        monkeypatch.setattr(mina.peer, "send", lambda text: done.append(text[6:11]))
        hosted.act("next")
        if number or not own_numbers:  # who came after the host gets numbers when they are asked
            assert done[0] == "asked"
        for key in ("lock", "reveal", "next"):
            hosted.act(key)


def test_equal_answers_are_judged_once(venue: Venue, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[object] = []
    grade = answers.grade
    monkeypatch.setattr(answers, "grade", lambda *args: judged.append(args) or grade(*args))
    hosted = venue.open(plan_of([numeric()], RoomSettings(lock_when_all=False)))
    players = [hosted.join(f"n{n}") for n in range(40)]
    hosted.act("next")
    for number, player in enumerate(players):
        player.vote(str(70_001 + number % 4))
    assert len(judged) == 4
    votes = hosted.room.rounds[-1].ballots[-1]
    assert [votes[player.id].text for player in players[:5]] == [
        "70001",
        "70002",
        "70003",
        "70004",
        "70001",
    ]


@pytest.mark.parametrize("count", [12, 48])
def test_what_many_got_alike_is_put_into_words_once(
    venue: Venue, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    hosted = venue.open(plan_of([numeric()], RoomSettings(lock_when_all=False)))
    players = [hosted.join(f"n{n}") for n in range(count)]
    hosted.act("next")
    for number, player in enumerate(players):
        player.vote(str(80_001 + number % 4))
    hosted.act("lock")
    put: list[object] = []
    said = views.said
    monkeypatch.setattr(views, "said", lambda words, say: put.append(words) or said(words, say))
    hosted.act("reveal")
    assert len(put) == 2 + 4  # the answer, why, and how four answers were understood
    assert players[5].peer.models()[-1].understood.en == "80,002"


# Renaming and going ----------------------------------------------------------------------------


def test_a_renamed_player_is_told_and_keeps_everything(venue: Venue) -> None:
    hosted = opened(venue)
    mina = hosted.join("mina!!")
    hosted.act("next")
    mina.vote("1", sure=3)
    mina.peer.take()
    venue.send(hosted.host, t="rename", player=mina.id, name=" 민아 ")
    welcome, asked, yours = mina.peer.take()
    assert (welcome["name"], welcome["token"], asked["t"], yours["sure"]) == (
        "민아",
        mina.token,
        "asked",
        3,
    )
    venue.send(hosted.host, t="rename", player=mina.id, name="\x1b")
    assert hosted.host.refused() == "malformed"
    venue.send(hosted.host, t="rename", player="p99", name="x")
    assert hosted.host.refused() == "not-now"


def test_who_leaves_keeps_the_seat(venue: Venue) -> None:
    hosted = opened(venue)
    mina = hosted.join("민아")
    venue.send(mina.peer, t="leave")
    assert mina.peer.closed == "gone"
    assert not hosted.room.players[mina.id].connected
    assert hosted.knock("", token=mina.token).take()[0]["name"] == "민아"


def test_a_room_that_is_over_is_closed_after_a_while(venue: Venue) -> None:
    hosted = opened(venue)
    mina = hosted.join("민아")
    hosted.act("end")
    assert mina.peer.kinds()[-3:] == ["board", "standing", "ended"]
    venue.hub.gone(hosted.host)
    venue.clock.ahead(29 * 60)
    venue.hub.wake()
    assert mina.peer.closed is None
    venue.clock.ahead(60)
    assert venue.hub.next_wake is not None
    assert venue.hub.next_wake <= venue.clock.now
    venue.hub.wake()
    assert (mina.peer.refused(), mina.peer.closed) == ("gone", "gone")
    assert not venue.hub.rooms
    assert (venue.folder / f"{hosted.code}.jsonl").exists()


def test_a_room_is_closed_when_nobody_uses_it_or_when_it_is_a_day_old(venue: Venue) -> None:
    idle, busy = opened(venue), opened(venue)
    for hour in range(1, 25):
        venue.clock.ahead(3600)
        venue.hub.wake()
        assert (idle.code in venue.hub.rooms) == (hour < 12)
        assert (busy.code in venue.hub.rooms) == (hour < 24)
        if hour < 24:
            venue.send(busy.host, t="set-open", is_open=hour % 2 == 0)


def test_only_who_has_a_hosts_seat_presides(venue: Venue) -> None:
    hosted = opened(venue)
    mina, stranger = hosted.join("민아"), FakePeer()
    venue.hub.arrived(stranger)
    presiding = [venue.hub.presides(peer) for peer in (hosted.host, mina.peer, stranger)]
    assert presiding == [True, False, False]
    venue.hub.gone(hosted.host)
    assert not venue.hub.presides(hosted.host)


def test_who_picks_a_wrong_option_is_told_why_it_is_wrong(venue: Venue) -> None:
    hosted = venue.open(plan_of([choice()]))
    player = hosted.join("Mina")
    hosted.act("next")
    options = hosted.room.rounds[0].posed.options
    (named,) = (option for option in options if str(option.text) == "neither")
    player.vote(f"{options.index(named) + 1}")
    hosted.act("reveal")
    frames = {frame["t"]: frame for frame in player.peer.take()}
    assert frames["result"]["diagnosis"]["en"] == "One can."
    assert frames["result"]["first_mistake"] is None  # the option names none
    assert frames["revealed"]["groups"][0]["mistake"]["en"] == "One can."
