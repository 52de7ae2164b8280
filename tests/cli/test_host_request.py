"""What options of `tutor host` go together, and what they mean."""

from __future__ import annotations

from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest

from tutor.cli.host_request import player_names, request_of
from tutor.errors import ExitCode, TutorError
from tutor.services.room_choice import RoomChoice
from tutor.session.room.settings import RoomSettings

NOTHING: dict[str, Any] = {
    "topics": (), "count": 10, "seconds": 60, "difficulty": "1-3", "misses": False,
    "own_numbers": False, "no_confidence": False, "no_reasons": False, "speed": False, "streaks": False,
    "closest": False, "teams": 0, "no_open_questions": False, "seed": None, "title": None,
    "play": None, "local": False, "players": None, "server": None, "key_file": None,
    "authority": None, "port": None, "address": None, "resume": None, "to": None,
}  # fmt: skip


def test_nothing_said_is_ten_questions_for_all() -> None:
    request = request_of(NOTHING)
    assert request.choice == RoomChoice()
    assert request.players is None


def test_everything_said(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("secret\n", encoding="utf-8")
    request = request_of(
        NOTHING
        | {
            "topics": ("lstm", "gru"), "count": 4, "seconds": 30, "difficulty": "2",
            "no_confidence": True, "no_reasons": True, "speed": True, "streaks": True, "closest": True,
            "own_numbers": True, "teams": 2, "no_open_questions": True, "seed": 3,
            "title": "Day  14", "play": "Jun", "server": "quiz.example.org", "key_file": key,
            "address": "10.0.0.7", "port": 9000,
        }
    )  # fmt: skip
    assert request.choice == RoomChoice(
        ("lstm", "gru"),
        count=4,
        seconds=30,
        difficulty=(2, 2),
        open_questions=False,
        seed=3,
        settings=RoomSettings(
            seconds=30, confidence=False, reasons=False, speed=True, streaks=True, closest=True,
            own_numbers=True, teams=2,
        ),
    )  # fmt: skip
    assert (request.title, request.play, request.key) == ("Day 14", "Jun", "secret")
    assert request.server is not None
    assert request.server.host == "quiz.example.org"
    assert (request.address, request.port) == (IPv4Address("10.0.0.7"), 9000)


def test_a_key_of_the_environment_is_for_a_server_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_KEY", "secret")
    assert request_of(NOTHING).key is None
    assert request_of(NOTHING | {"server": "box"}).key == "secret"


def test_players_share_the_keyboard() -> None:
    assert request_of(NOTHING | {"local": True}).players == ()
    assert request_of(NOTHING | {"players": "Jun, 민아 ,"}).players == ("Jun", "민아")


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"difficulty": "3-1"}, "no difficulty"),
        ({"difficulty": "0"}, "no difficulty"),
        ({"difficulty": "1-2-3"}, "no difficulty"),
        ({"local": True, "server": "box"}, "without a network"),
        ({"players": "A,B", "play": "C"}, "without a network"),
        ({"local": True, "speed": True}, "speed says nothing"),
        ({"resume": "", "topics": ("lstm",)}, "has its questions already"),
        ({"address": "fe80::1"}, "no IPv4 address"),
        ({"address": "\x1b[31m"}, "no IPv4 address"),
        ({"title": "a\u202eb"}, "cannot be shown safely"),
        ({"title": "x" * 201}, "longer than 200"),
        ({"play": "\x07"}, "cannot be shown safely"),
        ({"players": "Jun,jun"}, "named twice"),
        ({"players": ",".join(map(str, range(13)))}, "At most 12"),
        ({"server": "ftp://box"}, "no way to a room"),
        ({"server": "box", "key_file": Path("/nowhere/key")}, "cannot be read"),
    ],
)
def test_what_does_not_go_together_is_a_usage_error(said: dict[str, Any], problem: str) -> None:
    with pytest.raises(TutorError) as caught:
        request_of(NOTHING | said)
    assert problem in str(caught.value)
    assert "\x1b" not in str(caught.value)
    assert caught.value.exit_code is ExitCode.USAGE


def test_an_empty_key_is_none(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("\n", encoding="utf-8")
    with pytest.raises(TutorError, match="no key"):
        request_of(NOTHING | {"server": "box", "key_file": tmp_path / "key"})


def test_no_names_are_no_players() -> None:
    assert player_names(" , ") == ()


@pytest.mark.parametrize("name", ["", "file/notes.md", "file/deeper/notes.md"])
def test_where_no_notes_can_be_written_no_session_begins(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(TutorError, match="cannot be written"):
        request_of(NOTHING | {"to": tmp_path / name})


def test_notes_may_go_into_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    for to in (tmp_path / "new" / "notes.md", Path("notes.md")):
        assert request_of(NOTHING | {"to": to}).to == to
