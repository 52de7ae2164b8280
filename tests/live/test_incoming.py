"""What a server may send."""

from __future__ import annotations

import json

import pytest

from tests.live.client_at import player
from tests.live.fake_server import fake_server
from tests.live.frames import FRAMES, asked, welcome
from tutor.live import wire
from tutor.live.incoming import MOST_BYTES, from_server

HOSTILE = {
    "not JSON": "hello",
    "binary": b'{"t":"ended"}',
    "unknown frame": '{"t":"run"}',
    "unknown key": '{"t":"ended","run":"rm"}',
    "escape": {"t": "notes", "round": 1, "ticks": [], "conclusion": "\x1b]52;c;aGk=\x07"},
    "escape, raw": '{"t":"notes","round":1,"ticks":[],"conclusion":"\x1b[31m"}',
    "return": {"t": "notes", "round": 1, "ticks": [], "conclusion": "over\rwritten"},
    "half a pair": '{"t":"notes","round":1,"ticks":[],"conclusion":"\\ud83d"}',
    "bidi, raw": '{"t":"notes","round":1,"ticks":[],"conclusion":"\u202ereversed"}',
    "bidi": {"t": "notes", "round": 1, "ticks": [], "conclusion": "\u202ereversed"},
    "escape in a report": {"t": "report", "report": {"a": [{"b\x1b": 1}]}},
    "escape in a question": asked().model_dump(mode="json") | {"face": {"kind": "numeric", "prompt": "\x9b31m"}},
    "bad maths in a question": asked().model_dump(mode="json") | {"face": {"kind": "numeric", "prompt": "$\\evil{x}$"}},
    "no number": '{"t":"report","report":{"a":NaN}}',
    "a number without end": '{"t":"report","report":{"a":1e999}}',
    "too deep": '{"t":"report","report":' + '{"a":' * 5000 + "1" + "}" * 5001,
    "deep": '{"t":"report","report":' + '{"a":' * 50 + "1" + "}" * 51,
    "a digit too many": '{"t":"report","report":{"a":' + "9" * 5000 + "}}",
    "too large": '{"t":"report","report":{"a":"' + "a" * MOST_BYTES + '"}}',
    "bad token": welcome().model_dump(mode="json") | {"token": "\x1b" * 24},
}  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
async def test_what_is_no_frame_ends_it_with_a_clear_message(hostile: object) -> None:
    async with fake_server() as server, player(server) as jun:
        visit = await server.visit()
        await visit.hear()
        await visit.say(welcome(), hostile)  # type: ignore[arg-type] - a table of what no server sends
        assert await visit.gone() in {1002, 1009}
        seat = await jun.end()
        assert seat.link == "over"
        assert "is not understood" in str(seat.trouble)
        assert jun.rests == []
        assert {frame.scene for frame in jun.shown} == {None}


def test_every_frame_arrives_as_it_was_sent() -> None:
    for frame in FRAMES.values():
        assert from_server(frame.model_dump_json()) == frame


@pytest.mark.parametrize("is_escaped", [True, False])
def test_what_is_shown_is_in_nfc(is_escaped: bool) -> None:
    conclusion = "\u1112\u1161\u11ab \\u e\u0301"
    notes = {"t": "notes", "round": 1, "ticks": [], "conclusion": conclusion}
    frame = from_server(json.dumps(notes, ensure_ascii=is_escaped))
    assert frame == wire.Notes(round=1, ticks=(), conclusion="한 \\u é")
