"""The notes of a session."""

from __future__ import annotations

import re
from datetime import UTC

import pytest
from pydantic import ValidationError

from tests.kinds.questions import choice, discuss, numeric, trace
from tests.session.room.rooms import (
    after,
    asking,
    bank,
    later,
    locked,
    right,
    seated,
    vote,
    voted,
    wrong,
)
from tutor.session.room.events import (
    Conclude,
    Discuss,
    Joined,
    Lock,
    Next,
    Reveal,
    Skip,
    Tick,
)
from tutor.session.room.markdown import to_markdown
from tutor.session.room.report import SessionReport, make_report
from tutor.session.room.state import Room
from tutor.text.localized import Localized
from tutor.text.speaker import ENGLISH, Speaker
from tutor.text.words import Words

KOREAN = Speaker("ko")  # the words of content alone; the program's own stay English


def say(words: Words) -> Localized:
    return Localized(ENGLISH.say(words), KOREAN.say(words))


def report(room: Room, seconds: float = 600) -> SessionReport:
    return make_report(room, later(seconds), say)


def notes(room: Room, speaker: Speaker = ENGLISH) -> str:
    return to_markdown(report(room), speaker, UTC)


def talked_over() -> Room:
    """A numeric question: one right, two with the same mistake; one of them changes."""
    room = asking(4, numeric(), lock_when_all=False)
    slip = wrong(room.rounds[-1].posed)
    room = after(
        room,
        vote(room, "p1", None, 1, sure=3, reason="four | blocks"),
        vote(room, "p2", slip, 2, sure=2, reason="three gates"),
        vote(room, "p3", slip, 3, sure=1),
        Lock(later(4)),
        Discuss("pairs", later(5)),
        Next(later(6)),
    )
    room = after(room, vote(room, "p2", None, 7, sure=3))
    return after(room, Lock(later(8)), Reveal(later(9)), Conclude("Four.\n<b>Always</b>", later(9)))


def test_every_vote_is_kept_with_its_reason_and_mistake() -> None:
    [each] = report(talked_over()).rounds
    by_name = {answer.player: answer for answer in each.answers}
    assert set(by_name) == {"Player p1", "Player p2", "Player p3"}
    second = by_name["Player p2"]
    assert second.first is not None
    assert (second.first.sure, second.first.reason, second.first.is_right) == (
        2, "three gates", False,
    )  # fmt: skip
    assert second.last is not None
    assert second.last.is_right
    assert by_name["Player p3"].second is None
    [mistake] = each.mistakes
    assert mistake.players == ("Player p2", "Player p3")
    assert each.before == pytest.approx(1 / 3)
    assert each.after == pytest.approx(2 / 3)
    assert each.gain == pytest.approx(0.5)
    assert each.conclusion == "Four.\n<b>Always</b>"
    assert sum(answer.points for answer in each.answers) == sum(
        player.points for player in report(talked_over()).players
    )


def test_the_markdown_shows_it_all() -> None:
    text = notes(talked_over())
    assert "# Gates · 2026-03-02" in text
    assert "**33%** right, after talking **67%**." in text
    assert "| Player p2 | ✗ 4,032 (fairly sure) | ✓ 5,376 (certain) |" in text
    assert "| Player p3 | ✗ 4,032 (a guess) | as before |" in text
    assert r"✓ Player p1: four \| blocks" in text
    assert "- Three blocks of 32. (Player p2, Player p3)" in text
    assert "**Conclusion:** Four.\\\n\\<b\\>Always\\</b\\>" in text
    assert "`tutor study --card t.numeric@11`" in text
    assert "- [ ] t: Sizes 8 and 32: how many? `tutor study --card t.numeric@11`" in text


def test_options_are_listed_as_they_were_shown() -> None:
    room = after(locked("rw", choice()), Reveal(later(4)))
    shown = [option.text for option in room.rounds[0].posed.options]  # type: ignore[union-attr]
    listed = re.findall(r"^\d\. (.*)$", notes(room), re.MULTILINE)
    assert listed == [str(text) for text in shown]


def test_an_open_question_has_its_points_and_no_answer() -> None:
    room = after(asking(2, discuss()), Lock(later(1)), Tick(1, is_on=True, at=later(2)))
    text = notes(room)
    assert re.findall(r"^- \[(.)\]", text, re.MULTILINE) == [" ", "x", " "]
    assert "**Answer:**" not in text


def test_a_table_to_fill_is_shown_with_its_given_cells() -> None:
    room = after(locked("rw", trace()), Reveal(later(4)))
    table = next(part for part in notes(room).split("\n\n") if part.startswith("|  |"))
    assert "…" in table
    assert len({line.count("|") for line in table.splitlines()}) == 1


def test_who_was_closest_is_named() -> None:
    room = asking(2, numeric(), lock_when_all=False, closest=True)
    room = after(room, vote(room, "p1", "5000", 1), vote(room, "p2", "100", 1))
    text = notes(after(room, Lock(later(2)), Reveal(later(3))))
    assert "**Closest:** Player p1" in text


def test_teams_stand_by_their_mean() -> None:
    room = after(locked("rrw", numeric(), teams=2), Reveal(later(4)))
    assert "| A | 0.5 | Player p1, Player p3 |" in notes(room)
    assert "| B | 1 | Player p2 |" in notes(room)


def test_what_is_not_revealed_or_was_skipped_is_left_out() -> None:
    assert report(locked("rw", numeric())).rounds == ()
    room = after(locked("rw", numeric(), choice()), Skip(later(4)))
    found = report(room)
    assert found.rounds == ()
    assert found.skipped == ("t.numeric",)


def test_own_numbers_are_named_with_their_seeds() -> None:
    room = voted(asking(2, numeric(), own_numbers=True, lock_when_all=False), "rw")
    room = after(room, Lock(later(3)), Reveal(later(4)))
    text = notes(room)
    for answer in report(room).rounds[0].answers:
        assert f"`t.numeric@{answer.seed}`" in text
        assert answer.answer is not None


def test_many_players_are_counted_instead_of_named() -> None:
    room = after(locked("rrrrrwwwwv", numeric()), Reveal(later(4)))
    text = notes(room)
    assert "| ✓ 5,376 | 5 |" in text
    assert "| ✗ 4,032 | 4 |" in text
    assert "| Player p1 |" not in text.split("## Points")[0]


def test_a_hostile_name_is_text() -> None:
    room = after(
        seated(0, [numeric()]),
        Joined("p1", "<img src=x> | **@all**", "d", later(0)),
        Next(later(1)),
    )
    room = after(room, vote(room, "p1", right(room.rounds[0].posed), 2))
    room = after(room, Reveal(later(3))) if room.phase == "locked" else room
    text = notes(room)
    assert r"\<img src=x\> \| \*\*&#64;all\*\*" in text
    assert not re.search(r"(?<!\\)<img", text)


def test_json_comes_back_as_it_was_and_unsafe_text_is_refused() -> None:
    found = report(talked_over())
    text = found.model_dump_json()
    assert SessionReport.model_validate_json(text) == found
    with pytest.raises(ValidationError):
        SessionReport.model_validate_json(text.replace("three gates", "three \\u001b[31m"))


def test_a_room_in_any_phase_has_notes() -> None:
    room = seated(2, bank())
    assert notes(room).startswith("# Gates")
    room = after(room, Next(later(1)))
    assert "## 1." not in notes(room)
