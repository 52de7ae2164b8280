"""A session through a hub, frame by frame."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.live.venue import Venue
from tutor.kinds import examples
from tutor.session.room.report import SessionReport


@pytest.fixture
def venue(tmp_path: Path) -> Venue:
    return Venue(tmp_path)


def right(hosted: object) -> str:
    posed = hosted.room.rounds[-1].posed  # type: ignore[attr-defined]
    return examples(posed).right[0]


def test_everybody_is_told_each_change_in_the_order_of_the_wire(venue: Venue) -> None:
    hosted = venue.open()
    assert hosted.host.kinds() == ["welcome", "lobby", "panel"]
    mina = hosted.join("민아")
    assert [frame["t"] for frame in mina.entered] == ["welcome", "lobby"]
    jun = hosted.join("Jun")
    venue.clock.ahead(0.2)
    venue.hub.wake()
    assert mina.peer.take()[-1]["names"] == ["민아", "Jun"]
    hosted.host.take()
    jun.peer.take()
    hosted.act("next")
    assert mina.peer.kinds() == ["asked"]
    venue.clock.ahead(1)
    mina.vote(right(hosted), sure=2, reason="four blocks")
    assert mina.peer.kinds() == ["yours"]
    jun.vote("no number")
    assert jun.peer.kinds()[-1] == "complaint"
    jun.vote("17", reason="")
    assert jun.peer.kinds() == ["yours", "locked"]
    hosted.venue.send(hosted.host, t="discuss", talk="pairs", moves=hosted.room.moves)
    talking = mina.peer.take()[-1]
    assert (talking["t"], talking["partners"], talking["opposing"]) == (
        "talking",
        ["Jun"],
        {"en": "17", "ko": "17"},
    )
    hosted.act("next")
    assert jun.peer.kinds() == ["talking", "asked", "yours"]
    hosted.act("lock")
    hosted.act("reveal")
    assert jun.peer.kinds() == ["locked", "revealed", "result"]
    hosted.act("next")
    assert jun.peer.kinds() == ["board", "standing"]


def test_the_host_gets_the_notes_when_asking_for_them(venue: Venue) -> None:
    hosted = venue.open()
    mina = hosted.join("민아")
    hosted.act("next")
    mina.vote("17", reason="a guess")
    hosted.act("reveal")
    hosted.host.take()
    hosted.venue.send(hosted.host, t="ask-report")
    notes = hosted.host.take()[-1]
    assert notes["t"] == "report"
    assert [player["name"] for player in notes["report"]["players"]] == ["민아"]
    assert SessionReport.model_validate_json(json.dumps(notes["report"])).rounds
