"""The frames: each comes back as it was sent, and is refused as a whole if anything is amiss."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from tests.live.frames import CODE, FRAMES, TOKEN, said
from tutor.live import wire
from tutor.session.room.settings import RoomSettings

SENT: dict[str, wire.FromClient] = {
    "open": wire.Open(
        title=said(),
        settings=RoomSettings(),
        plan=(wire.PlannedQuestion(question={"id": "a.b"}, seed=7),),
        topics={"a": said()},
        seed=3,
    ),
    "preside": wire.Preside(code=CODE, token=TOKEN),
    "act": wire.Act(do="next", moves=4),
    "extend": wire.DoExtend(seconds=15, moves=4),
    "discuss": wire.DoDiscuss(talk="pairs", moves=4),
    "kick": wire.DoKick(player="p1"),
    "rename": wire.DoRename(player="p1", name="민아"),
    "set-open": wire.DoSetOpen(is_open=False),
    "tick": wire.DoTick(point=0, is_on=True),
    "conclude": wire.DoConclude(text="네 블록"),
    "ask-report": wire.AskReport(),
    "enter": wire.Enter(code=CODE, name="민아", audience="page"),
    "vote": wire.Vote(round=1, ballot=2, text="1 3", sure=3, reason="왜냐하면"),
    "leave": wire.Leave(),
}
BOTH = [*SENT.values(), *FRAMES.values()]


def read(text: str, frame: BaseModel) -> BaseModel:
    adapter = wire.FROM_CLIENT if type(frame) in get_args(wire.FromClient) else wire.FROM_SERVER
    return adapter.validate_json(text)


@pytest.mark.parametrize("union", [wire.FromClient, wire.FromServer])
def test_an_example_of_every_frame_is_tried_here(union: Any) -> None:
    assert set(get_args(union)) <= {type(frame) for frame in BOTH}


@pytest.mark.parametrize("frame", BOTH, ids=lambda frame: frame.t)
def test_a_frame_comes_back_as_it_was_sent(frame: Any) -> None:
    assert read(frame.model_dump_json(), frame) == frame


def amiss(frame: Any) -> Iterator[dict[str, Any]]:
    """Give a frame with each one thing wrong in it."""
    whole = json.loads(frame.model_dump_json())
    yield whole | {"elapsed": 0.1}
    yield whole | {"t": "nothing"}
    for key, value in whole.items():
        yield whole | {key: [[value]] if isinstance(value, list) else [value]}
        yield whole | {key: {"$ref": value}}
        if type(frame).model_fields[key].is_required():
            yield {other: kept for other, kept in whole.items() if other != key}


@pytest.mark.parametrize("frame", BOTH, ids=lambda frame: frame.t)
def test_a_frame_with_one_thing_amiss_is_refused(frame: Any) -> None:
    for broken in amiss(frame):
        if isinstance(frame, wire.Open | wire.Report) and read_as_given(broken, frame):
            continue  # what is in a plan or a report is read by another model
        with pytest.raises(ValidationError):
            read(json.dumps(broken), frame)


def read_as_given(broken: dict[str, Any], frame: Any) -> bool:
    """Return whether only the free part of a frame was changed."""
    whole = json.loads(frame.model_dump_json())
    return {key for key in broken if broken[key] != whole.get(key)} <= {"report"}


@pytest.mark.parametrize("frame", [SENT["enter"], SENT["open"], SENT["preside"]])
def test_another_version_of_the_wire_is_refused(frame: Any) -> None:
    whole = json.loads(frame.model_dump_json())
    with pytest.raises(ValidationError):
        read(json.dumps(whole | {"v": wire.VERSION + 1}), frame)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("round", -1),
        ("round", 1.5),
        ("round", "1"),
        ("ballot", 3),
        ("sure", 4),
        ("text", "x" * 4001),
        ("reason", "x" * 401),
    ],
)
def test_a_vote_out_of_bounds_is_refused(key: str, value: object) -> None:
    whole = json.loads(SENT["vote"].model_dump_json()) | {key: value}
    with pytest.raises(ValidationError):
        wire.FROM_CLIENT.validate_json(json.dumps(whole))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(st.sampled_from(BOTH), st.data())
def test_whatever_is_read_is_written_as_it_was_read(frame: Any, data: st.DataObject) -> None:
    whole = json.loads(frame.model_dump_json())
    key = data.draw(st.sampled_from(sorted(whole)))
    try:
        found = read(json.dumps(whole | {key: data.draw(JSON)}), frame)
    except ValidationError:
        return
    assert read(found.model_dump_json(), found) == found
