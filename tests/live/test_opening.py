"""Opening rooms over a network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.kinds.questions import choice
from tests.live.venue import FakePeer, Hosted, Venue, plan_of
from tutor.live.limits import Limits, Rate
from tutor.session.room.settings import RoomSettings

SETTINGS = RoomSettings(lock_when_all=False)


@pytest.fixture
def venue(tmp_path: Path) -> Venue:
    return Venue(tmp_path)


@pytest.fixture
def hosted(venue: Venue) -> Hosted:
    return venue.open(plan_of([choice(shuffle=False), choice(id="t.second")], SETTINGS))


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


def test_one_address_does_not_take_every_room(tmp_path: Path) -> None:
    venue = Venue(tmp_path, Limits(rooms_per_address=2))
    hosts = [FakePeer() for _ in range(3)]
    for host in hosts:
        venue.send(host, **opening())
    assert [host.take()[0]["t"] for host in hosts] == ["welcome", "welcome", "refused"]
    other = FakePeer("10.0.0.99")
    venue.send(other, **opening())
    assert other.take()[0]["t"] == "welcome"
