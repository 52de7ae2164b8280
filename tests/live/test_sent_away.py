"""Who was sent away is not shown to the others any more: neither the name nor the words."""

from __future__ import annotations

from pathlib import Path

from tests.kinds.questions import choice
from tests.live.venue import Hosted, Joiner, Venue, plan_of
from tutor.session.room.settings import RoomSettings


def divided(tmp_path: Path, reason: str = "mine") -> tuple[Hosted, list[Joiner]]:
    """Return a room with a closed vote, after which one who gave a reason was sent away."""
    hosted = Venue(tmp_path).open(plan_of([choice()], RoomSettings(lock_when_all=False)))
    players = [hosted.join(name) for name in ("Rude", "Mina", "Juno")]
    hosted.act("next")
    for player, text, why in zip(players, "123", ("RUDE WORDS", "", reason), strict=True):
        player.vote(text, sure=3, reason=why)
    hosted.act("lock")
    hosted.venue.send(hosted.host, t="kick", player=players[0].id)
    for player in players:
        player.peer.take()
    hosted.host.take()
    return hosted, players[1:]


def test_their_reason_is_nobodys_opposing_one(tmp_path: Path) -> None:
    hosted, (mina, juno) = divided(tmp_path, reason="")
    moves = hosted.room.moves
    hosted.venue.send(hosted.host, t="discuss", talk="pairs", moves=moves)
    talking = mina.peer.take()[-1]
    assert (talking["partners"], talking["reason"]) == (["Juno"], "")
    assert juno.peer.take()[-1]["reason"] == ""


def test_they_are_not_named_at_the_reveal_and_their_reason_is_not_told(tmp_path: Path) -> None:
    hosted, (mina, _) = divided(tmp_path)
    hosted.act("reveal")
    revealed = next(frame for frame in mina.peer.take() if frame["t"] == "revealed")
    assert sorted(name for group in revealed["groups"] for name in group["names"]) == [
        "Juno",
        "Mina",
    ]
    assert sum(group["count"] for group in revealed["groups"]) == 3  # what was answered stays
    assert [reason["reason"] for reason in revealed["reasons"]] == ["mine"]
    hosted.act("next")
    (dispute,) = next(f for f in mina.peer.take() if f["t"] == "board")["disputes"]
    assert "Rude" not in str(dispute)


def test_the_panel_counts_who_is_seated(tmp_path: Path) -> None:
    hosted, _ = divided(tmp_path)
    hosted.venue.clock.ahead(1)
    hosted.venue.hub.wake()
    hosted.act("reveal")
    hosted.venue.clock.ahead(1)
    hosted.venue.hub.wake()
    panel = hosted.host.take()[-1]
    assert (panel["count"], panel["answered"]) == (2, 2)
