"""Who sits in the room, under which name and in which team."""

from __future__ import annotations

import pytest

from tests.kinds.questions import choice, numeric
from tests.session.room.rooms import after, asking, effects, join, later, new_room, revealed, seated
from tutor.session.room.effects import PlayersChanged, Save
from tutor.session.room.events import (
    Connected,
    Disconnected,
    End,
    Kick,
    Next,
    Rename,
    RoomEvent,
    SetOpen,
)
from tutor.session.room.illegal import Illegal
from tutor.session.room.names import name_key
from tutor.session.room.reducer import step
from tutor.session.room.state import Room


def refusal(room: Room, event: RoomEvent) -> str:
    with pytest.raises(Illegal) as raised:
        step(room, event)
    assert str(raised.value.message)
    return raised.value.why


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Minji", "minji"),
        ("Minji", " Minji  "),
        ("민지", "민지"),  # the same in decomposed form
        ("Minji", "Ｍinji"),  # full width
        ("Minji", "Mіnjі"),  # Cyrillic і
        ("Minji", "Min\u200bji"),
        ("Minji", "Mi\u0300nji"),
        ("Alice", "ΑLΙCΕ"),  # Greek capitals
        ("Bill", "BiII"),
        ("Team 1", "Team l"),
        ("Bob", "B0b"),
        ("straße", "STRASSE"),
        ("A B", "A\u00a0B"),
    ],
)
def test_names_that_look_alike_are_one(name: str, other: str) -> None:
    assert name_key(name) == name_key(other)
    assert refusal(after(new_room(), join("p1", name=name)), join("p2", name=other)) == "name"


@pytest.mark.parametrize(
    ("name", "other"),
    [("민지", "민자"), ("Ann", "Anna"), ("Team 1", "Team 2"), ("か", "が"), ("A B", "AB")],
)
def test_names_that_differ_are_two(name: str, other: str) -> None:
    assert name_key(name) != name_key(other)
    room = after(new_room(), join("p1", name=name), join("p2", name=other))
    assert len(room.players) == 2


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\u0301", "\u2066\u2069"])
def test_a_name_that_shows_nothing_is_none(name: str) -> None:
    assert refusal(new_room(), join("p1", name=name or " ")) == "name"
    assert name_key(name) == ""


def test_a_player_is_seated_once() -> None:
    room = seated(1)
    assert refusal(room, join("p1", name="Somebody else")) == "not-now"
    assert effects(room, join("p2")) == (Save(join("p2")), PlayersChanged())


def test_the_lobby_can_be_closed_to_new_players_only() -> None:
    room = after(seated(2), SetOpen(is_open=False, at=later(1)), Disconnected("p1", later(2)))
    assert refusal(room, join("p3", 3)) == "shut"
    assert after(room, Connected("p1", later(3))).players["p1"].connected
    assert "p3" in after(room, SetOpen(is_open=True, at=later(4)), join("p3", 5)).players


def test_nobody_new_comes_when_it_is_over() -> None:
    assert refusal(after(seated(2), End(later(1))), join("p3", 3)) == "not-now"


def test_who_was_sent_away_does_not_come_back_and_the_name_is_free() -> None:
    room = after(revealed("rw", numeric()), Kick("p1", later(5)))
    assert refusal(room, Connected("p1", later(6))) == "kicked"
    assert refusal(room, Kick("p1", later(6))) == "kicked"
    assert step(room, Disconnected("p1", later(6))) == (room, ())
    assert "p1" in room.rounds[0].ballots[0]
    assert after(room, join("p3", 7, "Player p1")).players["p3"].name == "Player p1"


def test_renaming_frees_the_old_name_and_takes_no_taken_one() -> None:
    room = seated(2)
    assert refusal(room, Rename("p1", "PLAYER P2", later(1))) == "name"
    assert refusal(room, Rename("p9", "Nine", later(1))) == "no-player"
    renamed = after(room, Rename("p1", "Minji", later(1)))
    assert renamed.players["p1"].name == "Minji"
    assert len(after(renamed, join("p3", 2, "Player p1")).players) == 3
    assert after(room, Rename("p1", "PLAYER P1", later(1))).players["p1"].name == "PLAYER P1"


def test_a_name_in_the_notes_can_be_changed_after_its_owner_was_sent_away() -> None:
    room = after(seated(2), Kick("p1", later(1)), Rename("p1", "Somebody", later(2)))
    assert room.players["p1"].name == "Somebody"
    assert len(after(room, join("p3", 3, "Somebody")).players) == 3


@pytest.mark.parametrize(
    "event",
    [
        Connected("p1", later(1)),
        Rename("p1", "Player p1", later(1)),
        SetOpen(is_open=True, at=later(1)),
    ],
)
def test_what_changes_nothing_causes_nothing(event: RoomEvent) -> None:
    room = seated(2)
    assert step(room, event) == (room, ())


def test_teams_are_dealt_evenly_and_filled_up() -> None:
    room = seated(7, teams=3)
    assert [player.team for player in room.players.values()] == [0, 1, 2, 0, 1, 2, 0]
    room = after(room, Kick("p2", later(1)), Kick("p5", later(1)), join("p8", 2), join("p9", 2))
    assert [room.players[player].team for player in ("p8", "p9")] == [1, 1]
    assert seated(1).players["p1"].team is None


def test_own_numbers_are_each_players_own_and_late_joiners_too() -> None:
    room = after(asking(20, numeric(), own_numbers=True), join("p21", 5))
    posed = room.rounds[-1].own
    assert set(posed) == set(room.players)
    assert len({str(own.prompt) for own in posed.values()}) > 5
    again = asking(21, numeric(), own_numbers=True)
    assert again.rounds[-1].own == posed


def test_options_in_another_order_are_no_numbers_of_ones_own() -> None:
    assert asking(3, choice(), own_numbers=True).rounds[-1].own == {}
    assert after(asking(3, numeric()), join("p4", 1)).rounds[-1].own == {}


def test_a_lobby_of_a_class_stays_a_lobby() -> None:
    room = seated(200, teams=4)
    assert room.ledger.present == 200
    assert room.ledger.teams == (50, 50, 50, 50)
    assert len(after(room, Next(later(1))).players) == 200
