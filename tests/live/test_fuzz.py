"""Anything at all is sent to a hub: it never raises, and changes no room that it may not."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kinds.questions import choice, discuss
from tests.live.venue import FakePeer, Hosted, Venue, plan_of
from tutor.live.limits import Limits, Rate
from tutor.live.wire import FROM_SERVER, FromClient, FromHost
from tutor.session.room.settings import RoomSettings

FREE = Limits(messages=Rate(1e6, 1e6), host_messages=Rate(1e6, 1e6), bad_frames=10**6)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
KINDS = [model.model_fields["t"].default for model in get_args(FromClient)]
OF_HOSTS = {model.model_fields["t"].default for model in get_args(FromHost)}
KEYS = sorted({key for model in get_args(FromClient) for key in model.model_fields})
VALUES = (
    st.sampled_from(["p1", "p2", "next", "lock", "reveal", "end", "pairs", "explain", "terminal", "page", "1", "2"])
    | st.integers(-1, 4)
    | JSON
)  # fmt: skip
# Frames that are nearly right: a kind, and some of the keys that frames have
NEARLY = st.builds(
    lambda kind, rest: rest | {"t": kind},
    st.sampled_from(KINDS),
    st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=7),
)
VOTES = st.fixed_dictionaries(
    {
        "t": st.just("vote"),
        "round": st.integers(0, 3),
        "ballot": st.integers(1, 2),
        "text": st.sampled_from(["1", "2", "3", "", "x"]) | st.text(max_size=20),
    },
    optional={"sure": st.integers(0, 4), "reason": st.text(max_size=20)},
)
ACTS = st.builds(
    lambda do, moves: {"t": "act", "do": do, "moves": moves},
    st.sampled_from(["next", "lock", "reveal", "skip", "again", "pause", "resume"]),
    st.integers(0, 12),
)
FRAMES = st.one_of(NEARLY, VOTES, ACTS).map(json.dumps) | JSON.map(json.dumps)
RAW = FRAMES | st.text(max_size=80) | st.binary(max_size=80)
PLAN = plan_of([choice(shuffle=False), discuss()], RoomSettings(lock_when_all=False))


def stage(folder: str) -> tuple[Hosted, dict[str, FakePeer]]:
    venue = Venue(Path(folder), FREE)
    hosted = venue.open(PLAN)
    peers = {"host": hosted.host, "mina": hosted.join("민아").peer}
    peers |= {"jun": hosted.join("Jun", audience="page").peer, "stranger": FakePeer()}
    hosted.act("next")
    return hosted, peers


def owned(hosted: Hosted, player: str) -> Any:
    """Return what nobody but the player and the host may change."""
    room = hosted.room
    return [ballots.get(player) for one in room.rounds for ballots in one.ballots]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(["mina", "jun", "stranger"]), RAW), max_size=12))
def test_players_and_strangers_change_nothing_but_their_own(sent: list[tuple[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        hosted, peers = stage(folder)
        ids = {"mina": "p1", "jun": "p2"}
        for who, raw in sent:
            before = hosted.room
            others = {player: owned(hosted, player) for name, player in ids.items() if name != who}
            hosted.venue.hub.receive(peers[who], raw)
            after = hosted.room
            assert (after.phase, after.moves, after.is_open) == (
                before.phase,
                before.moves,
                before.is_open,
            )
            assert {player: owned(hosted, player) for player in others} == others
            names = [player.name for player in after.players.values()]
            assert names[:2] == ["민아", "Jun"]
        hosted.venue.hub.stop()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(["host", "mina", "jun"]), RAW, st.integers(0, 90)), max_size=14
    )
)
def test_whatever_is_sent_everybody_is_told_in_frames(sent: list[tuple[str, Any, int]]) -> None:
    with TemporaryDirectory() as folder:
        hosted, peers = stage(folder)
        for who, raw, seconds in sent:
            hosted.venue.clock.ahead(seconds)
            hosted.venue.hub.wake()
            hosted.venue.hub.receive(peers[who], raw)
        for name, peer in peers.items():
            for text in peer.sent:
                if name == "jun":
                    assert "t" in json.loads(text)
                else:
                    FROM_SERVER.validate_json(text)
        again = hosted.venue.new_hub()
        room = hosted.room
        hosted.venue.hub.stop()
        if again.resume():
            assert again.rooms[hosted.code].room.rounds == room.rounds
        again.stop()
