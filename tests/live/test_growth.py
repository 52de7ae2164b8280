"""What strangers can make a server keep is bounded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.live.venue import FakePeer, Venue, plan_of
from tutor.live import journals
from tutor.live.limits import Limits, Rate
from tutor.session.room.settings import RoomSettings


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def test_an_answer_changed_ten_times_a_second_does_not_fill_the_disk(tmp_path: Path) -> None:
    venue = Venue(tmp_path)
    hosted = venue.open(plan_of(settings=RoomSettings(lock_when_all=False)))
    restless, calm = hosted.join("Restless"), hosted.join("Calm")
    hosted.act("next")
    before = size(tmp_path)
    refused: list[str | None] = []
    for number in range(400):  # within the 60 s of the vote
        venue.clock.ahead(0.1)
        restless.vote(f"{number}", reason="가" * 200)
        refused.append(restless.peer.refused())
    most = Limits().writing
    assert size(tmp_path) - before <= most.burst + 40 * most.per_second + 2_000
    assert refused[0] is None
    assert refused[-1] == "too-fast"
    assert restless.peer.closed is None  # the answer that is kept still counts
    calm.vote("5")
    assert calm.peer.refused() is None
    venue.clock.ahead(10)
    restless.vote("77")
    assert restless.peer.refused() is None
    assert hosted.room.rounds[-1].ballots[-1][restless.id].text == "77"


def test_the_same_answer_again_takes_nothing(tmp_path: Path) -> None:
    venue = Venue(tmp_path, replace(Limits(), writing=Rate(1, 0.001)))
    hosted = venue.open()
    player, _ = hosted.join("Mina"), hosted.join("Calm")
    hosted.act("next")
    for _ in range(5):
        player.vote("5")
        assert player.peer.refused() is None
    player.vote("6")
    assert player.peer.refused() == "too-fast"


def test_a_rooms_file_grows_no_larger_than_can_be_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venue = Venue(tmp_path)
    hosted = venue.open()
    player = hosted.join("Mina")
    hosted.act("next")
    monkeypatch.setattr(journals, "MOST_FILE_BYTES", size(tmp_path) + 10)
    player.vote("5")
    assert player.peer.refused() == "not-now"
    assert size(tmp_path) <= journals.MOST_FILE_BYTES
    assert not hosted.room.rounds[-1].ballots[-1]


def test_who_comes_back_all_the_time_is_stopped(tmp_path: Path) -> None:
    venue = Venue(tmp_path, replace(Limits(), returns=Rate(3, 1)))
    hosted = venue.open()
    player = hosted.join("Mina")

    def back() -> str | None:
        peer = FakePeer(player.peer.address)
        venue.send(peer, t="enter", v=1, code=hosted.code, token=player.token)
        why = peer.closed
        venue.hub.gone(peer)
        return why

    assert [back() for _ in range(5)] == [None, None, None, "too-fast", "too-fast"]
    venue.clock.ahead(2)
    assert back() is None
