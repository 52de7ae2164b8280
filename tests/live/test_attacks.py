"""What strangers and players try, and how it fails: nothing of it changes a room."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kinds.questions import choice
from tests.live.venue import FakePeer, Hosted, Venue, plan_of
from tutor.session.room.settings import RoomSettings
from tutor.session.room.state import Phase

SETTINGS = RoomSettings(lock_when_all=False)


@pytest.fixture
def venue(tmp_path: Path) -> Venue:
    return Venue(tmp_path)


@pytest.fixture
def hosted(venue: Venue) -> Hosted:
    return venue.open(plan_of([choice(shuffle=False), choice(id="t.second")], SETTINGS))


HOST_FRAMES: list[dict[str, Any]] = [
    *({"t": "act", "do": do, "moves": 0} for do in ("next", "lock", "reveal", "skip", "again")),
    *({"t": "act", "do": do, "moves": 0} for do in ("pause", "resume", "end")),
    {"t": "extend", "seconds": 60, "moves": 0},
    {"t": "discuss", "talk": "pairs", "moves": 0},
    {"t": "kick", "player": "p1"},
    {"t": "rename", "player": "p1", "name": "x"},
    {"t": "set-open", "is_open": False},
    {"t": "tick", "point": 0, "is_on": True},
    {"t": "conclude", "text": "mine"},
    {"t": "ask-report"},
]


@pytest.mark.parametrize("frame", HOST_FRAMES, ids=lambda frame: frame.get("do", frame["t"]))
@pytest.mark.parametrize("who", ["player", "stranger"])
def test_the_hosts_actions_are_refused_to_others(
    hosted: Hosted, frame: dict[str, Any], who: str
) -> None:
    peer = hosted.join("민아").peer if who == "player" else FakePeer()
    before = hosted.room
    hosted.venue.send(peer, **frame)
    assert peer.refused() == "not-host"
    assert hosted.room is before


@pytest.mark.parametrize("token", ["A" * 32, "a-player's own"])
def test_nobody_presides_with_another_token(hosted: Hosted, token: str) -> None:
    mina = hosted.join("민아")
    intruder = FakePeer()
    given = mina.token if token.startswith("a-") else token
    hosted.venue.send(intruder, t="preside", v=1, code=hosted.code, token=given)
    assert intruder.refused() == "wrong-token"
    assert intruder.closed
    hosted.act("next")
    assert hosted.room.phase is Phase.ASKING


def test_a_key_pressed_twice_acts_once(hosted: Hosted) -> None:
    moves = hosted.room.moves
    for _ in range(2):
        hosted.venue.send(hosted.host, t="act", do="next", moves=moves)
    assert hosted.host.refused() == "stale"
    assert len(hosted.room.rounds) == 1


# Votes -----------------------------------------------------------------------------------------


def test_a_vote_after_the_lock_is_refused(hosted: Hosted) -> None:
    mina = hosted.join("민아")
    hosted.act("next")
    hosted.act("lock")
    before = hosted.room
    mina.vote("1")
    assert mina.peer.refused() == "closed"
    assert hosted.room is before


def test_a_vote_at_the_deadline_is_late_even_before_the_server_woke(hosted: Hosted) -> None:
    mina = hosted.join("민아")
    hosted.act("next")
    hosted.venue.clock.ahead(59.999)
    mina.vote("1")
    hosted.venue.clock.ahead(0.001)
    mina.vote("2")
    assert mina.peer.refused() == "closed"
    assert hosted.room.phase is Phase.LOCKED
    assert hosted.room.rounds[-1].ballots[0][mina.id].text == "1"


@pytest.mark.parametrize(
    ("round_", "ballot", "why"),
    [(2, 1, "not-now"), (1, 2, "not-now"), (0, 1, "closed"), (1_000_000, 1, "not-now")],
)
def test_a_vote_for_another_question_is_refused(
    hosted: Hosted, round_: int, ballot: int, why: str
) -> None:
    mina = hosted.join("민아")
    hosted.act("next")
    before = hosted.room
    mina.vote("1", round=round_, ballot=ballot)
    assert mina.peer.refused() == why
    assert hosted.room is before


def test_a_vote_for_a_question_that_is_over_is_refused(hosted: Hosted) -> None:
    mina = hosted.join("민아")
    for do in ("next", "lock", "reveal", "next", "next"):
        hosted.act(do)
    assert hosted.room.rounds[-1].number == 2
    before = hosted.room
    mina.vote("1", round=1)
    assert mina.peer.refused() == "closed"
    assert hosted.room is before


@pytest.mark.parametrize("extra", [{"player": "p2"}, {"id": "p2"}, {"name": "Jun"}])
def test_a_vote_for_another_player_is_no_frame(hosted: Hosted, extra: dict[str, str]) -> None:
    mina, _jun = hosted.join("민아"), hosted.join("Jun")
    hosted.act("next")
    before = hosted.room
    mina.vote("1", **extra)
    assert mina.peer.refused() == "malformed"
    assert hosted.room is before


@pytest.mark.parametrize(
    "extra",
    [
        {"took": 0},
        {"elapsed_ms": 1},
        {"at": "2026-03-02T09:00:00Z"},
        {"score": 1},
        {"verdict": "right"},
    ],
)
def test_a_forged_time_or_verdict_is_no_frame(hosted: Hosted, extra: dict[str, Any]) -> None:
    mina = hosted.join("민아")
    hosted.act("next")
    before = hosted.room
    hosted.venue.clock.ahead(40)
    mina.vote("1", **extra)
    assert mina.peer.refused() == "malformed"
    assert hosted.room is before


def test_only_the_servers_clock_counts(hosted: Hosted) -> None:
    mina = hosted.join("민아")
    hosted.act("next")
    hosted.venue.clock.ahead(40)
    mina.vote("1")
    assert hosted.room.rounds[-1].ballots[0][mina.id].took.total_seconds() == 40


def test_a_vote_twice_counts_once_and_the_last_one_counts(hosted: Hosted) -> None:
    mina = hosted.join("민아")
    hosted.act("next")
    for text in ("1", "1", "2"):
        mina.vote(text)
    assert [ballot.text for ballot in hosted.room.rounds[-1].ballots[0].values()] == ["2"]
    kept = (hosted.venue.folder / f"{hosted.code}.jsonl").read_text().splitlines()
    assert sum('"voted"' in line for line in kept) == 2  # the same answer again is no event


def test_a_vote_on_a_paused_question_is_refused(hosted: Hosted) -> None:
    mina = hosted.join("민아")
    hosted.act("next")
    hosted.act("pause")
    mina.vote("1")
    assert mina.peer.refused() == "not-now"
    assert not hosted.room.rounds[-1].ballots[0]


def test_a_kicked_player_neither_votes_nor_comes_back(hosted: Hosted) -> None:
    mina = hosted.join("민아")
    hosted.act("next")
    hosted.venue.send(hosted.host, t="kick", player=mina.id)
    assert (mina.peer.refused(), mina.peer.closed) == ("kicked", "kicked")
    mina.vote("1")
    assert not hosted.room.rounds[-1].ballots[0]
    back = hosted.knock("", token=mina.token)
    assert (back.refused(), back.closed) == ("kicked", "kicked")


@pytest.mark.parametrize("text", ["1\x1b[2J", "1\u202e", "1\u200b", "\x00"])
def test_an_answer_that_steers_terminals_is_asked_again(hosted: Hosted, text: str) -> None:
    mina = hosted.join("민아")
    hosted.act("next")
    before = hosted.room
    mina.vote(text)
    assert mina.peer.take()[-1]["t"] == "complaint"
    mina.vote("1", reason=text)
    assert mina.peer.take()[-1]["t"] == "complaint"
    assert hosted.room is before


# Names and seats -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "\u200b",
        "a\x1b]52;c;aGk=\x07",
        "\x1b[31mred",
        "a\u202eb",
        "x" * 10_000,
        "x" * 25,
        "민" * 13,
        "Z" + "\u0310" * 9,
        "⠀⠀",
    ],
)
def test_a_name_that_hides_or_moves_text_is_refused(hosted: Hosted, name: str) -> None:
    before = hosted.room
    peer = hosted.knock(name)
    assert peer.refused() in {"name", "malformed"}
    assert hosted.room is before


@pytest.mark.parametrize(
    "name", ["[b]bold[/b]", "<script>x()</script>", "[@click=app.quit]x[/]", "$x^2$", "*a*"]
)
def test_markup_in_a_name_stays_text(hosted: Hosted, name: str) -> None:
    mina = hosted.join(name)
    assert mina.entered[0]["name"] == name
    page = hosted.join("page", audience="page")
    assert name in page.entered[1]["names"]  # a plain string, which the page sets as text


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ("Å", "A\u030a"),
        ("민아", "\u1106\u1175\u11ab\u110b\u1161"),
        ("Jun", "JUN"),
        ("Jun", "Ｊｕｎ"),
        ("Jun", " Jun "),
        ("paul", "раul"),
    ],
)
def test_a_taken_name_is_refused_in_other_forms(hosted: Hosted, taken: str, name: str) -> None:
    hosted.join(taken)
    assert hosted.knock(name).refused() == "name"
    assert len(hosted.room.players) == 1


@pytest.mark.parametrize("token", ["A" * 32, "nobody-has-this-token-at-all"])
def test_a_guessed_token_gives_no_seat(hosted: Hosted, token: str) -> None:
    hosted.join("민아")
    peer = hosted.knock("", token=token)
    assert (peer.refused(), peer.closed) == ("wrong-token", "wrong-token")


def test_the_newer_connection_of_a_seat_wins(hosted: Hosted) -> None:
    mina = hosted.join("민아")
    newer = hosted.knock("ignored", token=mina.token)
    assert newer.take()[0]["name"] == "민아"
    assert (mina.peer.refused(), mina.peer.closed) == ("elsewhere", "elsewhere")
    hosted.venue.hub.gone(mina.peer)  # the older one ends, and takes nothing with it
    assert hosted.room.players[mina.id].connected
    assert len(hosted.room.players) == 1


def test_one_connection_takes_one_seat(hosted: Hosted) -> None:
    mina = hosted.join("민아")
    hosted.venue.send(mina.peer, t="enter", v=1, code=hosted.code, name="another")
    assert mina.peer.refused() == "not-now"
    assert len(hosted.room.players) == 1


def test_a_closed_lobby_lets_nobody_new_in_but_takes_players_back(hosted: Hosted) -> None:
    mina = hosted.join("민아")
    hosted.venue.send(hosted.host, t="set-open", is_open=False)
    assert hosted.knock("Jun").refused() == "shut"
    assert hosted.knock("", token=mina.token).take()[0]["t"] == "welcome"


# Frames ----------------------------------------------------------------------------------------

VOTE = {"t": "vote", "round": 1, "ballot": 1, "text": "1"}
NESTED = '{"t":"vote","round":' + "[" * 10_000 + "]" * 10_000 + "}"
MALFORMED: list[tuple[str, str | bytes, str]] = [
    ("empty", "", "malformed"),
    ("no-json", "vote!", "malformed"),
    ("no-object", "[]", "malformed"),
    ("number", "1e999", "malformed"),
    ("no-kind", "{}", "malformed"),
    ("unknown-kind", '{"t":"root"}', "malformed"),
    ("server-kind", '{"t":"panel"}', "malformed"),
    ("wrong-type", json.dumps(VOTE | {"round": "1"}), "malformed"),
    ("missing", '{"t":"vote"}', "malformed"),
    ("nan", '{"t":"vote","round":NaN}', "malformed"),
    ("half-a-pair", '{"t":"vote","round":1,"ballot":1,"text":"\\ud800"}', "malformed"),
    ("half-a-pair-raw", '{"t":"vote","round":1,"ballot":1,"text":"\ud800"}', "malformed"),
    ("huge-number", '{"t":"vote","round":' + "9" * 5000 + "}", "malformed"),
    ("nested", NESTED, "too-large"),
    ("nested-small", '{"t":' + "[" * 8000 + "]" * 8000 + "}", "malformed"),
    ("binary", b'{"t":"leave"}', "malformed"),
    ("binary-noise", bytes(range(256)), "malformed"),
    ("huge", json.dumps(VOTE | {"text": "x" * 20_000}), "too-large"),
    ("vast", "x" * 5_000_000, "too-large"),
    ("long-answer", json.dumps(VOTE | {"text": "x" * 5000}), "malformed"),
    ("version", '{"t":"enter","v":2,"code":"AAAAAAAA"}', "version"),
]


@pytest.mark.parametrize(
    ("raw", "why"), [case[1:] for case in MALFORMED], ids=[c[0] for c in MALFORMED]
)
@pytest.mark.parametrize("who", ["player", "host", "stranger"])
def test_what_is_no_frame_is_refused_and_changes_nothing(
    hosted: Hosted, raw: str | bytes, why: str, who: str
) -> None:
    mina = hosted.join("민아")
    hosted.act("next")
    peer = {"player": mina.peer, "host": hosted.host, "stranger": FakePeer()}[who]
    before = hosted.room.rounds, hosted.room.phase
    hosted.venue.hub.receive(peer, raw)
    assert peer.refused() == why
    assert (hosted.room.rounds, hosted.room.phase) == before


def test_a_connection_that_sends_only_nonsense_ends(hosted: Hosted) -> None:
    peer = FakePeer()
    for _ in range(5):
        hosted.venue.hub.receive(peer, "{}")
    assert peer.closed == "malformed"
    hosted.venue.hub.receive(peer, "{}")  # what was on its way is dropped


def test_a_thousand_frames_a_second_end_the_connection(hosted: Hosted) -> None:
    mina = hosted.join("민아")
    hosted.act("next")
    for number in range(1000):
        mina.vote(str(1 + number % 3))
    assert (mina.peer.refused(), mina.peer.closed) == ("too-fast", "too-fast")
    kept = (hosted.venue.folder / f"{hosted.code}.jsonl").read_text().splitlines()
    assert sum('"voted"' in line for line in kept) < 40
    back = hosted.knock("", token=mina.token)
    assert back.take()[0]["t"] == "welcome"  # the seat is kept


def test_a_patient_voter_is_never_too_fast(hosted: Hosted) -> None:
    mina = hosted.join("민아")
    hosted.venue.send(hosted.host, t="extend", seconds=1, moves=0)
    hosted.act("next")
    for number in range(100):
        hosted.venue.clock.ahead(0.2)
        mina.vote(str(1 + number % 3))
    assert mina.peer.closed is None


def test_a_page_is_refused_in_its_own_form(venue: Venue) -> None:
    page = FakePeer()
    venue.send(page, t="enter", v=1, code="00000000", name="민아", audience="page")
    assert page.take()[-1]["message"]["ko"][0]["b"] == "p"
