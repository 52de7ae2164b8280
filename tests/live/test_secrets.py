"""What frames tell before the answer is shown: whole sessions over all kinds, every frame read.

All that an author writes and nobody may see too early holds the word `secret`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kinds import questions as make
from tests.live.venue import FakePeer, Hosted, Joiner, Venue, plan_of
from tutor.kinds import examples
from tutor.session.room.rules import is_open_question
from tutor.session.room.settings import RoomSettings

WORD = "secret"
SHARED = {"explain": "The secret why.", "hints": ["A secret hint."]}


def ident(kind: str) -> dict[str, Any]:
    return {"id": f"t.secret-{kind}", **SHARED}


def option(text: str, *, right: bool = False) -> dict[str, Any]:
    own = {"right": True} if right else {"mistake": f"secret-{text}"}
    return {"text": text, "feedback": f"The secret of {text}.", **own}


OPTIONS = [option("alpha", right=True), option("beta"), option("gamma")]
MISTAKES = [{"id": "secret-mistake", "value": "1000", "say": "A secret slip."}]
QUESTIONS = [
    make.choice(options=OPTIONS, **ident("choice")),
    make.multi(options=[*OPTIONS, option("delta", right=True)], **ident("multi")),
    make.with_reasons(reasons=OPTIONS, **ident("judged")),
    make.truefalse(
        reason={"accept": {"en": ["secretword"], "ko": ["secretword"]}}, **ident("typed")
    ),
    make.question("numeric", answer="271828", mistakes=MISTAKES, **ident("numeric")),
    make.text(
        accept={"en": ["secretword"], "ko": ["secretword"]},
        mistakes=[
            {
                "id": "secret-slip",
                "forms": {"en": ["beta"], "ko": ["beta"]},
                "say": "A secret slip.",
            }
        ],
        others={"en": ["secretother"], "ko": ["secretother"]},
        **ident("text"),
    ),
    make.cloze(
        prompt={"en": "It is [[secretword]].", "ko": "[[secretword]]입니다."}, **ident("cloze")
    ),
    make.order(**ident("order")),
    make.match(**ident("match")),
    make.trace(**ident("trace")),
    make.discuss(points=["One secret.", "Two secrets."], **ident("discuss")),
]


class Record:
    """Every frame that anybody was sent, and when."""

    def __init__(self, peers: dict[str, FakePeer]) -> None:
        self.peers = peers

    def take(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for role, peer in self.peers.items():
            for frame in peer.take():
                yield role, frame


def wrong(posed: Any) -> str:
    """Return an answer that is wrong, and not one that a secret stands in."""
    return next(text for text in examples(posed).wrong if WORD not in text)


def table(hosted: Hosted) -> tuple[Record, list[Joiner]]:
    mina = hosted.join("민아")
    jun = hosted.join("Jun", audience="page")
    peers = {"host": hosted.host, "mina": mina.peer, "jun": jun.peer}
    return Record(peers), [mina, jun]


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda one: one.id.removeprefix("t.secret-"))
@pytest.mark.parametrize("own_numbers", [False, True], ids=["same", "own"])
def test_no_frame_tells_the_answer_before_the_reveal(
    tmp_path: Path, asked: Any, *, own_numbers: bool
) -> None:
    venue = Venue(tmp_path)
    settings = RoomSettings(own_numbers=own_numbers, lock_when_all=False)
    hosted = venue.open(plan_of([asked], settings))
    record, players = table(hosted)
    early: list[tuple[str, dict[str, Any]]] = []

    def look() -> None:
        venue.clock.ahead(0.2)
        venue.hub.wake()
        early.extend(record.take())

    hosted.act("next")
    look()
    round_ = hosted.room.rounds[-1]
    if is_open_question(asked):
        hosted.act("pause")
        hosted.act("resume")
        look()
    else:
        for player in players:
            player.vote("\x00 malformed", sure=1)
            player.vote(wrong(round_.posed_for(player.id)), sure=3, reason="I think so")
        look()
        hosted.act("lock")
        look()
        late = hosted.join("Late")
        early += [("late", frame) for frame in late.entered]
        venue.send(hosted.host, t="discuss", talk="pairs", moves=hosted.room.moves)
        look()
        hosted.act("next")
        look()
        for player in players:
            player.vote(wrong(round_.posed_for(player.id)), sure=2, reason="still")
        back = FakePeer()
        venue.send(back, t="enter", v=1, code=hosted.code, token=players[0].token)
        early += [("back", frame) for frame in back.take()]
        hosted.act("lock")
        look()
    for role, frame in early:
        told = json.dumps(frame, ensure_ascii=False).lower()
        for secret in (WORD, "271828", "271,828", 'is_right": true', 'is_right": false'):
            assert secret not in told, (role, frame["t"])
    hosted.act("lock" if is_open_question(asked) else "reveal")
    told = {frame["t"]: json.dumps(frame).lower() for _, frame in record.take()}
    assert "the secret why." in told["revealed"]  # what was looked for is there, once it may be
    assert asked.id in told["result"]


def frames_before_the_reveal(folder: Path, right: int) -> list[str]:
    """Return all that is told of a question whose right option is the given one."""
    venue = Venue(folder)
    options = [option(text, right=index == right) for index, text in enumerate("abcd")]
    plan = plan_of([make.choice(options=options, shuffle=False)], RoomSettings(lock_when_all=False))
    hosted = venue.open(plan)
    record, players = table(hosted)
    hosted.act("next")
    for player, vote in zip(players, "12", strict=True):
        player.vote(vote, sure=2)
    venue.clock.ahead(1)
    venue.hub.wake()
    return [json.dumps(frame) for _, frame in record.take()]


def test_frames_before_the_lock_do_not_depend_on_which_option_is_right(tmp_path: Path) -> None:
    told = {right: frames_before_the_reveal(tmp_path / str(right), right) for right in range(4)}
    assert told[0] == told[1] == told[2] == told[3]
    assert len(told[0]) > 8


def test_a_token_is_told_to_its_owner_alone(tmp_path: Path) -> None:
    venue = Venue(tmp_path)
    hosted = venue.open()
    mina, jun = hosted.join("민아"), hosted.join("Jun")
    hosted.act("next")
    mina.vote("1")
    jun.vote("2")
    venue.send(hosted.host, t="rename", player=mina.id, name="Mina")
    for do in ("reveal", "next", "end"):
        hosted.act(do)
    venue.clock.ahead(1)
    venue.hub.wake()
    heard = {name: "".join(who.peer.sent) for name, who in (("mina", mina), ("jun", jun))}
    heard["host"] = "".join(hosted.host.sent)
    secrets = {"mina": mina.token, "jun": jun.token, "host": hosted.token}
    for who, said in heard.items():
        for owner, token in secrets.items():
            assert token not in said or owner == who, (who, owner)
    assert mina.token in heard["mina"]  # the new name came with it
    kept = (tmp_path / f"{hosted.code}.jsonl").read_text()
    assert not any(token in kept for token in secrets.values())
