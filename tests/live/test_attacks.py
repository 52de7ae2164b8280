"""What strangers and players try, and how it fails: nothing of it changes a room."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.kinds.questions import choice
from tests.live.venue import FakePeer, Hosted, Venue, plan_of
from tutor.live.limits import Limits, Rate
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


# Numbers of them -------------------------------------------------------------------------------


def test_two_hundred_join_from_one_address_and_a_thousand_do_not(tmp_path: Path) -> None:
    hosted = Venue(tmp_path).open()
    came = [hosted.knock(f"n{number}") for number in range(1000)]
    inside = [peer for peer in came if peer.closed is None]
    assert all(peer.closed is None for peer in came[:200])
    assert 200 <= len(inside) == len(hosted.room.players) < 400
    assert came[-1].closed == "too-fast"
    elsewhere = hosted.knock("elsewhere", address="192.168.0.99")
    assert elsewhere.closed is None  # others do not pay for it


def test_a_full_room_is_full(tmp_path: Path) -> None:
    hosted = Venue(tmp_path, Limits(players=2)).open()
    mina = hosted.join("a")
    hosted.join("b")
    assert hosted.knock("c").refused() == "full"
    hosted.venue.send(hosted.host, t="kick", player=mina.id)
    assert hosted.knock("d").closed is None


def test_guessing_codes_is_stopped_even_with_the_right_one(hosted: Hosted) -> None:
    def guess(code: str, address: str) -> FakePeer:
        peer = FakePeer(address)
        hosted.venue.send(peer, t="enter", v=1, code=code, name="guesser")
        return peer

    answers = [guess(f"{n:08d}", "10.9.9.9").refused() for n in range(40)]
    assert answers[:30] == ["no-room"] * 30
    assert set(answers[30:]) == {"too-fast"}
    assert guess(hosted.code, "10.9.9.9").refused() == "too-fast"  # and is told nothing
    assert guess(hosted.code, "10.9.9.8").closed is None
    hosted.venue.clock.ahead(6)
    assert guess("00000000", "10.9.9.9").refused() == "no-room"  # one more in five seconds


def test_guessing_tokens_is_counted_with_the_codes(hosted: Hosted) -> None:
    peers = [hosted.knock("", address="10.9.9.9", token=f"{n:032d}") for n in range(40)]
    assert [peer.closed for peer in peers[-10:]] == ["too-fast"] * 10


def test_who_says_nothing_is_sent_away(hosted: Hosted) -> None:
    silent, hub = FakePeer(), hosted.venue.hub
    began = hosted.venue.clock()
    hub.arrived(silent)
    hosted.venue.clock.ahead(14)
    hub.wake()
    assert silent.closed is None
    for _ in range(4):
        assert silent.closed is None
        assert hub.next_wake is not None
        hosted.venue.clock.now = max(hosted.venue.clock.now, hub.next_wake)
        hub.wake()
    assert silent.closed == "gone"
    assert (hosted.venue.clock() - began).total_seconds() <= 16


def test_who_was_not_read_for_long_is_not_taken_for_silent(hosted: Hosted) -> None:
    arrived, hub = [FakePeer() for _ in range(3)], hosted.venue.hub
    for peer in arrived:
        hub.arrived(peer)
    hosted.venue.clock.ahead(20)  # the server was busy with others, whatever these have said
    hub.wake()
    hub.wake()
    hosted.venue.clock.ahead(5)  # and still is: a turn of its loop takes so long
    hub.wake()
    for number, peer in enumerate(arrived):
        hosted.venue.send(peer, t="enter", v=1, code=hosted.code, name=f"n{number}")
        assert [frame["t"] for frame in peer.take()] == ["welcome", "lobby"]
    hosted.venue.clock.ahead(60)
    hub.wake()
    assert [peer.closed for peer in arrived] == [None] * 3


# Opening rooms ---------------------------------------------------------------------------------

QUESTION = {
    "id": "t.choice",
    "kind": "choice",
    "prompt": "Well?",
    "explain": "So.",
    "options": [{"text": "a", "right": True}, {"text": "b", "feedback": "Not b."}],
}


def opening(**more: Any) -> dict[str, Any]:
    plan = [{"question": QUESTION, "seed": 1}]
    return {"t": "open", "v": 1, "title": "T", "settings": {}, "plan": plan, "seed": 2} | more


def test_a_room_is_opened_over_the_network(tmp_path: Path) -> None:
    venue = Venue(tmp_path)
    host = FakePeer()
    venue.send(host, **opening())
    welcome = host.take()[0]
    assert welcome["player"] is None
    again = FakePeer()
    venue.send(again, t="preside", v=1, code=welcome["code"], token=welcome["token"])
    assert again.take()[0]["t"] == "welcome"
    assert host.refused() == "elsewhere"


@pytest.mark.parametrize("given", [None, "", "wrong", "Key"])
def test_without_the_servers_key_no_room_is_opened(tmp_path: Path, given: str | None) -> None:
    venue = Venue(tmp_path, key="key")
    peer = FakePeer()
    venue.send(peer, **opening(key=given))
    assert (peer.refused(), peer.closed) == ("wrong-key", "wrong-key")
    assert not venue.hub.rooms


def test_with_the_servers_key_a_room_is_opened(tmp_path: Path) -> None:
    venue = Venue(tmp_path, key="key")
    venue.send(FakePeer(), **opening(key="key"))
    assert len(venue.hub.rooms) == 1


def asks(**fields: Any) -> list[dict[str, Any]]:
    return [{"question": QUESTION | fields, "seed": 1}]


@pytest.mark.parametrize(
    "plan",
    [
        asks(kind="flashcard"),
        asks(kind="shell"),
        asks(prompt="\x1b[2J"),
        asks(prompt="a\u202eb"),
        asks(prompt="$\\frac{1$"),
        asks(explain="$"),
        asks(prompt="{unknown}"),
        asks(options=[{"text": "a"}, {"text": "b"}]),
        asks(extra="x"),
        asks(options=[{"text": "a\x07", "right": True}, {"text": "b", "feedback": "c"}]),
        [{"question": {"kind": "flashcard", "id": "t.f", "prompt": "a", "explain": "b", "back": "c"},
          "seed": 1}],
        [{"question": {}, "seed": 1}],
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_asked_opens_no_room(tmp_path: Path, plan: list[Any]) -> None:
    venue = Venue(tmp_path)
    peer = FakePeer()
    venue.send(peer, **opening(plan=plan))
    assert peer.refused() == "plan"
    assert not venue.hub.rooms
    assert not list(tmp_path.iterdir())


def test_a_large_plan_is_taken_and_a_large_anything_else_is_not(tmp_path: Path) -> None:
    venue = Venue(tmp_path)
    host = FakePeer()
    long = [{"question": QUESTION | {"explain": "So. " * 4000}, "seed": 1}] * 20
    venue.send(host, **opening(plan=long))
    while not host.sent:  # it is played through in turns with all others
        venue.hub.wake()
    assert host.take()[0]["t"] == "welcome"
    venue.send(host, t="conclude", text="x" * 17_000)
    assert host.refused() == "too-large"


def test_rooms_of_a_server_are_counted(tmp_path: Path) -> None:
    venue = Venue(tmp_path, replace(Limits(), rooms=2, opens=Rate(100, 1)))
    peers = [FakePeer() for _ in range(3)]
    for peer in peers:
        venue.send(peer, **opening())
    assert [peer.closed for peer in peers] == [None, None, "full"]


def test_opening_rooms_is_slowed(tmp_path: Path) -> None:
    venue = Venue(tmp_path)
    peers = [FakePeer() for _ in range(12)]
    for peer in peers:
        venue.send(peer, **opening())
    assert [peer.closed for peer in peers] == [None] * 10 + ["too-fast"] * 2


def test_every_refusal_is_said_in_both_languages(hosted: Hosted) -> None:
    refusals: list[Callable[[], FakePeer]] = [
        lambda: hosted.knock(""),
        lambda: hosted.knock("\x1b"),
    ]
    for refuse in refusals:
        message = refuse().take()[-1]["message"]
        assert message["en"]
        assert message["ko"]


def test_a_guesser_at_the_same_address_keeps_nobody_out_who_was_in(hosted: Hosted) -> None:
    player = hosted.join("Mina")
    for _ in range(40):
        stranger = FakePeer(player.peer.address)
        hosted.venue.send(stranger, t="enter", v=1, code="ZZZZZZZZ", name="x")
    assert hosted.knock("Juno", player.peer.address).closed == "too-fast"
    assert hosted.knock("", player.peer.address, token="A" * 32).closed == "too-fast"
    assert hosted.knock("", player.peer.address, token=player.token).closed is None
    host = FakePeer(player.peer.address)
    hosted.venue.send(host, t="preside", v=1, code=hosted.code, token=hosted.token)
    assert host.take()[0]["t"] == "welcome"
