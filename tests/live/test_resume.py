"""A server that is killed, and goes on from its folder."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from tests.kinds.questions import choice, numeric
from tests.live.venue import FakePeer, Hosted, Venue, plan_of
from tutor.live import hub
from tutor.live.journals import Journals, KeptRoom, NotKept
from tutor.live.resuming import resumed
from tutor.live.rooms import LiveRoom
from tutor.session.room.scoring import standings
from tutor.session.room.settings import RoomSettings
from tutor.session.room.state import Phase, Room

PLAN = plan_of([choice(shuffle=False), numeric()], RoomSettings(lock_when_all=False))


@pytest.fixture
def venue(tmp_path: Path) -> Venue:
    return Venue(tmp_path / "rooms")


def killed(hosted: Hosted) -> Hosted:
    """Drop the hub, as a kill does, and let a new one read the folder."""
    venue = hosted.venue
    hosted.live.close_file()  # the operating system does so when a process ends
    venue.hub = venue.new_hub()
    assert venue.hub.resume() == (hosted.code,)
    return Hosted(venue, hosted.code, hosted.token, FakePeer())


def told(room: Room) -> dict[str, Any]:
    """Return what a kill must not change."""
    return {
        "phase": room.phase,
        "names": [player.name for player in room.players.values()],
        "rounds": room.rounds,
        "scores": [(row.rank, row.player.name, row.points) for row in standings(room)],
        "open": room.is_open,
    }


@pytest.mark.parametrize("acts", range(10))
def test_a_killed_room_is_as_it_was_in_every_phase(venue: Venue, acts: int) -> None:
    hosted = venue.open(PLAN)
    mina, jun = hosted.join("민아"), hosted.join("Jun")
    for do in ["next", "lock", "talk", "next", "lock", "reveal", "next", "next", "lock"][:acts]:
        venue.clock.ahead(2)
        if do == "talk":
            venue.send(hosted.host, t="discuss", talk="pairs", moves=hosted.room.moves)
            continue
        hosted.act(do)
        if hosted.room.phase is Phase.ASKING:
            mina.vote("1", sure=3, reason="because")
            jun.vote("2", sure=1)
    before, mina_saw = told(hosted.room), hosted.room.phase
    again = killed(hosted)
    assert told(again.room) == before
    back = again.knock("", token=mina.token)
    welcome, *scene = back.take()
    assert (welcome["name"], welcome["player"]) == ("민아", mina.id)
    assert scene
    assert (mina_saw is Phase.LOBBY) == (scene[0]["t"] == "lobby")
    assert again.knock("", token=jun.token).take()[0]["name"] == "Jun"
    venue.send(again.host, t="preside", v=1, code=hosted.code, token=hosted.token)
    assert again.host.take()[0]["t"] == "welcome"


def test_the_time_that_was_left_is_left_again(venue: Venue) -> None:
    hosted = venue.open(PLAN)
    mina = hosted.join("민아")
    hosted.act("next")
    venue.clock.ahead(20)
    mina.vote("1", sure=2)
    again = killed(hosted)
    venue.clock.ahead(3000)  # while nobody was there
    back = again.knock("", token=mina.token)
    asked, yours = back.take()[1:]
    assert (asked["remaining_ms"], asked["is_paused"]) == (40_000, True)
    assert (yours["text"], yours["sure"]) == ("1", 2)
    venue.send(again.host, t="preside", v=1, code=hosted.code, token=hosted.token)
    again.act("resume")
    clock = back.take()[-1]
    assert (clock["t"], clock["remaining_ms"], clock["is_paused"]) == ("clock", 40_000, False)
    venue.clock.ahead(40)
    venue.hub.wake()
    assert again.room.phase is Phase.LOCKED
    assert again.room.rounds[0].ballots[0][mina.id].took.total_seconds() == 20


def test_a_server_that_ends_cleanly_keeps_the_time_to_the_millisecond(venue: Venue) -> None:
    hosted = venue.open(PLAN)
    hosted.join("민아")
    hosted.act("next")
    venue.clock.ahead(12.5)
    venue.hub.stop()
    venue.hub = venue.new_hub()
    venue.hub.resume()
    assert hosted.room.remaining is not None
    assert hosted.room.remaining.total_seconds() == 47.5


def test_a_server_that_ends_does_not_close_the_vote(venue: Venue) -> None:
    hosted = venue.open(plan_of([choice()], RoomSettings(lock_when_all=True)))
    mina = hosted.join("민아")
    hosted.join("Jun")
    hosted.act("next")
    mina.vote("1")
    venue.hub.stop()
    venue.hub = venue.new_hub()
    venue.hub.resume()
    assert hosted.room.phase is Phase.ASKING


def test_the_wrong_tokens_do_not_fit_a_resumed_room(venue: Venue) -> None:
    hosted = venue.open(PLAN)
    mina = hosted.join("민아")
    again = killed(hosted)
    venue.send(again.host, t="preside", v=1, code=hosted.code, token=mina.token)
    assert again.host.refused() == "wrong-token"


def test_half_a_line_at_the_end_is_cut_off(venue: Venue) -> None:
    hosted = venue.open(PLAN)
    hosted.join("민아")
    path = venue.folder / f"{hosted.code}.jsonl"
    whole = path.read_bytes()
    with path.open("ab") as file:
        file.write(b'{"event":"joined","player":"p2","na')
    again = killed(hosted)
    assert [player.name for player in again.room.players.values()] == ["민아"]
    again.join("Jun")
    assert path.read_bytes().startswith(whole)
    assert [p.name for p in killed(again).room.players.values()] == ["민아", "Jun"]


def test_a_room_that_is_over_is_not_opened_again_and_its_file_stays(venue: Venue) -> None:
    hosted = venue.open(PLAN)
    hosted.act("end")
    venue.hub.stop()
    venue.hub = venue.new_hub()
    assert venue.hub.resume() == ()
    assert (venue.folder / f"{hosted.code}.jsonl").exists()


def test_a_room_that_was_left_alone_for_long_is_not_opened_again(venue: Venue) -> None:
    hosted = venue.open(PLAN)
    venue.hub.stop()
    venue.clock.ahead(12 * 3600 + 1)
    venue.hub = venue.new_hub()
    assert venue.hub.resume() == ()
    assert (venue.folder / f"{hosted.code}.jsonl").exists()


@pytest.mark.parametrize("content", ["", "\n", "{}\n", "nonsense\n", '{"format": 2}\n', "\xff"])
def test_a_file_that_cannot_be_read_keeps_no_other_room_closed(venue: Venue, content: str) -> None:
    hosted = venue.open(PLAN)
    (venue.folder / "00000000.jsonl").write_bytes(content.encode("latin-1"))
    (venue.folder / "notes.txt").write_text("not a room")
    (venue.folder / "ZZZZZZZZ.jsonl").mkdir()
    killed(hosted)


def test_a_room_that_another_server_has_open_is_left_to_it(venue: Venue) -> None:
    hosted = venue.open(PLAN)
    other = Venue(venue.folder)
    assert other.hub.resume() == ()
    venue.hub.stop()
    assert other.hub.resume() == (hosted.code,)


def test_a_room_is_resumed_by_its_code(venue: Venue) -> None:
    first, _second = venue.open(PLAN), venue.open(PLAN)
    venue.hub.stop()
    venue.hub = venue.new_hub()
    assert venue.hub.resume(first.code) == (first.code,)
    assert tuple(venue.hub.rooms) == (first.code,)


# What cannot be kept ---------------------------------------------------------------------------


def test_an_event_is_in_the_file_before_anybody_is_told(
    venue: Venue, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosted = venue.open(PLAN)
    mina = hosted.join("민아")
    path = venue.folder / f"{hosted.code}.jsonl"
    kept: list[bool] = []
    monkeypatch.setattr(mina.peer, "send", lambda _: kept.append('"next"' in path.read_text()))
    hosted.act("next")
    assert kept == [True]


def full(monkeypatch: pytest.MonkeyPatch, *, half: bool) -> None:
    write = os.write

    def no_room(descriptor: int, data: bytes) -> int:
        if half:
            return write(descriptor, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", no_room)


@pytest.mark.parametrize("half", [False, True], ids=["nothing", "half a line"])
def test_a_full_disk_refuses_the_event_and_changes_nothing(
    venue: Venue, monkeypatch: pytest.MonkeyPatch, *, half: bool
) -> None:
    hosted = venue.open(PLAN)
    mina = hosted.join("민아")
    hosted.act("next")
    path = venue.folder / f"{hosted.code}.jsonl"
    before, written = hosted.room, path.read_bytes()
    with monkeypatch.context() as patch:
        full(patch, half=half)
        mina.vote("1")
        frame = mina.peer.take()[-1]
        assert (frame["t"], frame["is_final"]) == ("refused", False)
        assert "disk is full" in frame["message"]["en"]
        hosted.act("lock")
        assert "disk is full" in hosted.host.take()[-1]["message"]["en"]
        assert hosted.knock("Jun").refused() == "not-now"
        assert hosted.room is before
        venue.clock.ahead(61)  # a deadline that cannot be kept is tried again, but not in a loop
        venue.hub.wake()
        assert hosted.room is before
        assert venue.hub.next_wake is not None
        assert venue.hub.next_wake > venue.clock.now
    assert path.read_bytes() == written
    venue.clock.ahead(2)
    venue.hub.wake()
    assert hosted.room.phase is Phase.LOCKED
    assert killed(hosted).room.phase is Phase.LOCKED


def test_a_closed_folder_opens_no_room(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    venue = Venue(tmp_path / "file")
    with pytest.raises(NotKept):
        venue.open(PLAN)
    assert not venue.hub.rooms


def test_files_are_their_owners_alone(venue: Venue) -> None:
    hosted = venue.open(PLAN)
    assert (venue.folder / f"{hosted.code}.jsonl").stat().st_mode & 0o777 == 0o600
    assert venue.folder.stat().st_mode & 0o777 == 0o700


def test_a_code_that_has_a_file_is_not_given_again(tmp_path: Path) -> None:
    codes = iter(["AAAAAAAA", "AAAAAAAA", "BBBBBBBB"])
    journals = Journals(tmp_path)
    journals.create("AAAAAAAA", "{}").close()
    venue = Venue(tmp_path)
    venue.hub._new_code = lambda: next(codes)
    assert venue.hub.open_room(PLAN, 1)[0] == "BBBBBBBB"


def test_a_broken_last_line_is_cut_off_too(venue: Venue) -> None:
    hosted = venue.open()
    hosted.act("next")
    hosted.live.close_file()
    path = next(venue.folder.iterdir())
    with path.open("ab") as file:
        file.write(b'{"event":"lo\n')
    for _ in range(2):  # what follows is appended after the last line that counts
        venue.hub = venue.new_hub()
        assert venue.hub.resume() == (hosted.code,)
        for live in venue.hub.rooms.values():
            live.close_file()


def test_a_room_whose_file_meets_a_fault_keeps_no_other_closed(
    venue: Venue, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms = [venue.open(), venue.open()]
    for hosted in rooms:
        hosted.live.close_file()
    venue.hub = venue.new_hub()
    first = min(hosted.code for hosted in rooms)

    def faulty(kept: KeptRoom, *rest: Any) -> LiveRoom | None:
        if kept.code == first:
            raise RuntimeError
        return resumed(kept, *rest)

    monkeypatch.setattr(hub, "resumed", faulty)
    assert venue.hub.resume() == (max(hosted.code for hosted in rooms),)
