"""How many may come, how often, and how long they may be silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kinds.questions import choice
from tests.live.venue import FakePeer, Hosted, Venue, plan_of
from tutor.live.limits import Limits
from tutor.session.room.settings import RoomSettings

SETTINGS = RoomSettings(lock_when_all=False)


@pytest.fixture
def venue(tmp_path: Path) -> Venue:
    return Venue(tmp_path)


@pytest.fixture
def hosted(venue: Venue) -> Hosted:
    return venue.open(plan_of([choice(shuffle=False), choice(id="t.second")], SETTINGS))


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
