"""Coming back into a room after the terminal was closed."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tutor.live.keyring import KEPT_FOR, MOST_BYTES, MOST_KEYS, Keyring, process_runs
from tutor.live.where import Where

WHERE = Where("192.168.0.12", 8765)
CODE = "KQ7M2XPD"
ME, OTHER, DEAD = 100, 200, 300


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "rooms.json"


def keyring(path: Path, clock: Clock, process: int = ME) -> Keyring:
    return Keyring(path, clock, process=process, runs=lambda process: process in {ME, OTHER})


def token(sign: str) -> str:
    return sign * 32


def test_a_player_comes_back_with_token_and_name(path: Path, clock: Clock) -> None:
    assert keyring(path, clock).player(WHERE, CODE) is None
    keyring(path, clock, DEAD).keep_player(WHERE, CODE, token("a"), "민아")
    found = keyring(path, clock).player(WHERE, CODE)
    assert found is not None
    assert (found.token, found.name) == (token("a"), "민아")


def test_a_token_is_for_its_server_and_room_alone(path: Path, clock: Clock) -> None:
    ring = keyring(path, clock)
    ring.keep_player(WHERE, CODE, token("a"), "Jun")
    assert ring.player(Where("192.168.0.13", 8765), CODE) is None
    assert ring.player(Where("192.168.0.12", 8766), CODE) is None
    assert ring.player(Where("192.168.0.12", 8765, prefix="/x"), CODE) is None
    assert ring.player(WHERE, "KQ7M2XPE") is None
    assert ring.host(CODE) is None
    assert ring.player(Where("192.168.0.12", 8765, CODE), CODE) is not None


def test_two_terminals_of_one_machine_are_two_players(path: Path, clock: Clock) -> None:
    keyring(path, clock, OTHER).keep_player(WHERE, CODE, token("o"), "Other")
    assert keyring(path, clock).player(WHERE, CODE) is None  # that seat is taken
    keyring(path, clock, DEAD).keep_player(WHERE, CODE, token("d"), "Dead")
    keyring(path, clock, OTHER).keep_player(WHERE, CODE, token("o"), "Other")
    found = keyring(path, clock).player(WHERE, CODE)
    assert found is not None
    assert found.name == "Dead"
    keyring(path, clock).keep_player(WHERE, CODE, found.token, found.name)
    mine, others = (keyring(path, clock, who).player(WHERE, CODE) for who in (ME, OTHER))
    assert (mine and mine.token, others and others.token) == (token("d"), token("o"))
    assert len(json.loads(path.read_text("utf-8"))["keys"]) == 2


def test_a_host_comes_back_to_a_room_or_to_the_last(path: Path, clock: Clock) -> None:
    ring = keyring(path, clock)
    assert ring.host() is None
    ring.keep_host(WHERE, CODE, token("a"))
    ring.keep_host(WHERE, "KQ7M2XPE", token("b"))
    ring.keep_player(WHERE, CODE, token("c"), "Jun")
    for code, expected in ((None, "b"), (CODE, "a"), ("KQ7M2XPE", "b")):
        found = ring.host(code)
        assert found is not None
        assert found.token == token(expected)
    ring.keep_host(WHERE, CODE, token("a"))
    found = ring.host()
    assert found is not None
    assert found.code == CODE
    assert ring.host("KQ7M2XPF") is None


def test_what_is_forgotten_or_a_week_old_is_gone(path: Path, clock: Clock) -> None:
    ring = keyring(path, clock)
    ring.keep_host(WHERE, CODE, token("a"))
    ring.keep_host(WHERE, CODE, token("b"))
    ring.forget(token("b"))
    found = ring.host()
    assert found is not None
    assert found.token == token("a")
    clock.now += KEPT_FOR - timedelta(minutes=1)
    assert ring.host() is not None
    clock.now += timedelta(minutes=1)
    assert ring.host() is None
    ring.keep_host(WHERE, "KQ7M2XPE", token("c"))
    assert token("a") not in path.read_text("utf-8")


def test_only_the_owner_may_read_it(path: Path, clock: Clock) -> None:
    path.parent.mkdir()
    path.write_text("{}", "utf-8")
    path.chmod(0o644)
    keyring(path, clock).keep_host(WHERE, CODE, token("a"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {each.name for each in path.parent.iterdir()} == {"rooms.json", "rooms.lock"}


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", '{"v":2,"keys":[]}', '{"v":1,"keys":[{"run":"rm"}]}', "\xff\xfe", "[" * 100_000,
        " " * (MOST_BYTES + 1) + '{"v":1,"keys":[]}',
    ],
    ids=["empty", "cut", "a list", "a later version", "foreign", "no UTF-8", "nested", "huge"],
)  # fmt: skip
def test_a_file_that_is_none_is_begun_anew(path: Path, clock: Clock, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text, "latin-1")
    ring = keyring(path, clock)
    assert ring.host() is None
    ring.keep_host(WHERE, CODE, token("a"))
    assert ring.host() is not None


@pytest.mark.parametrize(
    "change",
    [
        {"name": "\x1b[31m"},
        {"token": "../etc"},
        {"code": "<script>"},
        {"at": "2026-03-02T09:00:01"},
    ],
)
def test_a_key_that_was_tampered_with_is_not_used(
    path: Path, clock: Clock, change: dict[str, str]
) -> None:
    ring = keyring(path, clock)
    ring.keep_host(WHERE, CODE, token("a"))
    kept = json.loads(path.read_text("utf-8"))
    kept["keys"][0] |= change
    path.write_text(json.dumps(kept), "utf-8")
    assert ring.host() is None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    ring = keyring(tmp_path / "file" / "rooms.json", clock)
    ring.keep_host(WHERE, CODE, token("a"))
    ring.forget(token("a"))
    assert ring.host() is None


def test_it_does_not_grow_without_end(path: Path, clock: Clock) -> None:
    path.parent.mkdir()
    ring = keyring(path, clock)
    ring.keep_host(WHERE, CODE, token("a"))
    key = json.loads(path.read_text("utf-8"))["keys"][0]
    full = [key | {"token": f"{number:032}"} for number in range(MOST_KEYS)]
    path.write_text(json.dumps({"v": 1, "keys": full}), "utf-8")
    ring.keep_host(WHERE, CODE, token("n"))
    found = ring.host()
    assert found is not None
    assert found.token == token("n")
    assert len(json.loads(path.read_text("utf-8"))["keys"]) == MOST_KEYS


def test_whether_a_process_runs() -> None:
    assert process_runs(os.getpid())
    assert not process_runs(0)
    assert not process_runs(-1)
    assert not process_runs(2**22 + 1)  # more than Linux ever gives
    assert not process_runs(2**80)


def test_all_seats_at_one_keyboard_are_known(path: Path, clock: Clock) -> None:
    ring = keyring(path, clock)
    ring.keep_player(WHERE, CODE, token("a"), "Jun")
    ring.keep_player(WHERE, CODE, token("b"), "민아")
    ring.keep_player(Where("192.168.0.13", 8765), CODE, token("c"), "Alex")
    ring.keep_host(WHERE, CODE, token("d"))
    assert [key.name for key in ring.players(WHERE, CODE)] == ["민아", "Jun"]
